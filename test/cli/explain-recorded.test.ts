import { describe, expect, it } from 'vitest';
import { objectsIn } from './command.ts';
import { aLiveAccount, arnOf } from './live-account.ts';
import { aLiveTable } from './live-table.ts';

const { explain } = aLiveAccount([]);
const table = aLiveTable();
const ledger = arnOf('service', 'ledger');

describe('slackwater explain of a service with its table', () => {
  it('shows after the present what is recorded, the last seen first, which is no problem of now', async () => {
    const { out, code } = await explain([ledger, '--table', table()]);
    expect(out).toMatch(/^harbor-prod\/ledger: ACTIVE/);
    expect(out).toContain(`\n\nRecorded in ${table()}: 2 incidents\n\n🔴 app/exited-nonzero · ledger`);
    expect(out.indexOf('🔴 memory/container-oom')).toBeGreaterThan(out.indexOf('🔴 app/exited-nonzero'));
    expect(code).toBe(0);
  });

  it('gives it as objects of their own with --json', async () => {
    const { out } = await explain([ledger, '--json', '--table', table()]);
    expect(objectsIn(out)).toMatchObject([
      { kind: 'service', problem: false },
      { kind: 'recorded', cause: 'app/exited-nonzero', problem: false, card: expect.any(String) },
      { kind: 'recorded', cause: 'memory/container-oom' },
    ]);
  });

  it('says that nothing is recorded', async () => {
    const { out } = await explain([arnOf('service', 'web'), '--table', table()]);
    expect(out).toMatch(/\n\nRecorded in [\w-]+: nothing$/);
  });

  it('answers 2 for a table that cannot be read, and says why', async () => {
    const { err, code } = await explain([ledger, '--table', 'unheard-of']);
    expect(err).toContain('table unheard-of could not be read: dynamodb:Query failed (ResourceNotFoundException)');
    expect(code).toBe(2);
  });
});
