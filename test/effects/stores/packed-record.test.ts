import { createHash } from 'node:crypto';
import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { packed, unpacked } from '../../../shared/effects/stores/packed-record.ts';
import { PACKING_WORDS } from '../../../shared/effects/stores/packing-words.ts';
import { itemOf } from '../../../shared/effects/stores/record-item.ts';
import { record } from '../../render/random-records.ts';
import { anIncident } from '../../support/records.ts';

describe('a packed record', () => {
  test.prop([record])('is read as it was, whatever is in it', (some) => {
    const item = itemOf(some);
    // A table keeps no field without a value either.
    expect(unpacked(packed(item)).record).toEqual(JSON.parse(JSON.stringify(item.record)));
  });

  it('leaves everything by which the table finds it as it is', () => {
    const { record: _, ...rest } = itemOf(anIncident());
    expect(packed(itemOf(anIncident()))).toEqual({ ...rest, record: expect.any(Uint8Array) });
  });

  it('is read years later: these bytes were written by the first version', () => {
    const bytes = Buffer.from(
      'I645jtFONkkzSDZKtEwxTMVoMRsaGhoaGRkZGRsbGyvD40k5I7EoKb9It6AoPwXepgb3P/NLSxBtaxxdUJRiyRhH6xaHXhyNSGytxsSCAlBbTiG/tATUDoQYCIox3EnB0tTIxMLYAASISRW4bIitBQA=',
      'base64',
    );
    expect(unpacked({ record: bytes }).record).toMatchObject({
      kind: 'incident',
      state: { status: 'open' },
      occurrences: 3,
    });
  });

  it('is packed against words of which none may ever change', () => {
    expect(createHash('sha256').update(PACKING_WORDS).digest('hex')).toBe(
      '4126193077d149d718198c1d1c23782c0e616be43aa954540101c89254020279',
    );
  });

  it('takes a quarter of its JSON', () => {
    const item = itemOf(anIncident());
    expect(packed(item).record.length * 4).toBeLessThan(JSON.stringify(item.record).length);
  });

  it.each([
    ['a map, as somebody put it there by hand', { record: { kind: 'incident' } }],
    ['nothing', { record: undefined }],
  ])('is not looked for in an item that holds %s', (_what, item) => {
    expect(unpacked(item)).toBe(item);
  });
});
