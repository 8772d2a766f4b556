import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportLine } from '../../cli/export/line.ts';
import { everyPage } from '../../cli/export/scan.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { Start } from '../../shared/effects/pages.ts';
import { aPlan } from '../support/plans.ts';
import { aNotice, anIncident } from '../support/records.ts';
import { objectsIn } from './command.ts';
import { aPlanRecord, aPlanTable, NOW } from './plan-table.ts';

const scene = aPlanTable();
const PLAN = aPlanRecord(aPlan());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slackwater-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A table in which something of everything is kept. */
async function aFullTable() {
  const table = scene();
  const incident = anIncident({ lastSeen: NOW });
  for (const record of [incident, aNotice({ lastSeen: NOW })]) await table.records.save(record, NOW);
  await table.keep(PLAN);
  await table.configure({ version: 1, note: 'password=hunter2hunter2' });
  await table.slackwater('mute', 'harbor-prod', '--for', '1h', '--reason', 'a test');
  return { ...table, incident };
}

describe('slackwater export', () => {
  it('writes an object a line, each with its kind, and counts them in the last', async () => {
    const { slackwater, incident } = await aFullTable();
    const { out, err, code } = await slackwater('export', '--region', 'eu-west-1');
    const [first, ...lines] = objectsIn(out);
    const last = lines.pop();
    expect(first).toEqual({
      kind: 'export',
      format: 1,
      table: expect.any(String),
      region: 'eu-west-1',
      at: new Date(NOW).toISOString(),
    });
    const kinds = { audit: 1, configuration: 1, incident: 1, notice: 1, plan: 1, standing: 1 };
    expect(last).toEqual({ kind: 'end', lines: 6, kinds, passedOver: 0 });
    expect(lines.find(({ kind }) => kind === 'incident')).toEqual({ ...incident, version: 1 });
    expect(lines.find(({ kind }) => kind === 'plan')).toMatchObject({ id: PLAN.id, plan: { hash: PLAN.plan?.hash } });
    expect(lines.find(({ kind }) => kind === 'standing')).toMatchObject({ mutes: [expect.anything()], freezes: [] });
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });

  it('has no secret in it, not even one that somebody wrote into the configuration', async () => {
    const { slackwater } = await aFullTable();
    const { out } = await slackwater('export');
    expect(out).not.toContain('hunter2');
    expect(objectsIn(out)).toContainEqual(
      expect.objectContaining({ kind: 'configuration', document: { version: 1, note: 'password=[redacted]' } }),
    );
  });

  it('takes a file of that name only when it is whole, for its owner alone', async () => {
    const { slackwater } = await aFullTable();
    const path = join(folder, 'kept.jsonl');
    expect(await slackwater('export', '--out', path)).toEqual({ code: 0, out: `6 lines in ${path}`, err: '' });
    expect(objectsIn(readFileSync(path, 'utf8')).at(-1)).toMatchObject({ kind: 'end', lines: 6 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('leaves what it had behind under another name when the table fails', async () => {
    const { slackwater, before } = await aFullTable();
    before(async (operation) => (operation === 'Scan' ? 'AccessDeniedException' : undefined));
    const path = join(folder, 'kept.jsonl');
    expect(await slackwater('export', '--out', path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('dynamodb:Scan failed (AccessDeniedException)'),
    });
    expect(existsSync(path)).toBe(false);
    expect(objectsIn(readFileSync(`${path}.part`, 'utf8'))).toMatchObject([{ kind: 'export' }]);
  });

  it.each([
    ['a file that is there', 'there.jsonl', /there\.jsonl is there already/],
    ['a folder that is not', 'nowhere/kept.jsonl', /cannot write .*kept\.jsonl\.part \(ENOENT\)/],
  ])('does not touch %s', async (_, name, problem) => {
    writeFileSync(join(folder, 'there.jsonl'), 'mine');
    const { code, err } = await scene().slackwater('export', '--out', join(folder, name));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(problem) });
    expect(readFileSync(join(folder, 'there.jsonl'), 'utf8')).toBe('mine');
  });
});

describe('an item', () => {
  it('of a newer Slackwater is kept as it is', () => {
    const item = { pk: 'plans', sk: 'pln-1', format: 2, body: new Uint8Array([255, 0]) };
    expect(exportLine(item, NOW)).toEqual({ kind: 'unknown', item: { ...item, body: '/wA=' } });
    const stranger = { pk: 'omens', sk: '1', text: 'token=abcdefgh12345678' };
    expect(exportLine(stranger, NOW)).toEqual({ kind: 'unknown', item: { ...stranger, text: 'token=[redacted]' } });
  });

  it.each([
    ['a plan that cannot be unpacked', { pk: 'plans', sk: 'pln-1', body: new Uint8Array([1, 2, 3]) }],
    ['a document that is no JSON', { pk: 'configuration', sk: 'current', document: '{' }],
    ['a record of no kind', { pk: 'x', sk: 'y', record: {} }],
  ])('that is %s does not keep the others from being written', (_, item) => {
    expect(exportLine(item, NOW)).toMatchObject({ kind: 'unknown', item: { pk: item.pk, sk: item.sk } });
  });

  it.each([
    ['a lock', { pk: 'locks', sk: 'arn' }],
    ['the progress of a sweep', { pk: 'system', sk: 'sweep' }],
    ['a signature that was seen', { pk: 'chat#replay', sk: 'x' }],
    ['what has expired', { pk: 'audit#x', sk: 'y', entry: { at: 1 }, expiresAt: NOW / 1_000 }],
  ])('that is %s is passed over', (_, item) => {
    expect(exportLine(item, NOW)).toBe('passing');
  });
});

describe('the pages of a table', () => {
  const failure = (retryable: boolean) => new AdapterError({ code: 'store-failed', message: 'throttled', retryable });

  /** Three pages, of which each is answered once the failures before it are used up. */
  async function read(failures: readonly boolean[]) {
    const left = [...failures];
    const waits: number[] = [];
    const load = async ({ ExclusiveStartKey }: Start) => {
      const retryable = left.shift();
      if (retryable !== undefined) throw failure(retryable);
      const page = Number(ExclusiveStartKey?.['page'] ?? 1);
      return { items: [page], next: page < 3 ? { page: page + 1 } : undefined };
    };
    const pages: number[] = [];
    for await (const items of everyPage(load, async (milliseconds) => waits.push(milliseconds))) pages.push(...items);
    return { pages, waits };
  }

  it('are read one after the other', async () => {
    expect(await read([])).toEqual({ pages: [1, 2, 3], waits: [] });
  });

  it('are waited for, ever longer, while the table is throttled', async () => {
    const { pages, waits } = await read(Array<boolean>(7).fill(true));
    expect(pages).toEqual([1, 2, 3]);
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30].map((wait) => wait * 1_000));
  });

  it.each([
    ['after eight attempts', Array<boolean>(8).fill(true)],
    ['at once where waiting is of no use', [false]],
  ])('are given up %s', async (_, failures) => {
    await expect(read(failures)).rejects.toThrow('throttled');
  });
});
