import { parseArgs } from 'node:util';
import type { AuditEntry } from '../shared/domain/chat/audit.ts';
import { utcMinute } from '../shared/domain/utc.ts';
import { createAuditStore, MOST_ENTRIES } from '../shared/effects/stores/audit-store.ts';
import { oneLine } from '../shared/render/escape.ts';
import { TABLE_OPTIONS, withTable } from './incidents/table.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';
import { countIn } from './windows/given.ts';

const OPTIONS = { ...TABLE_OPTIONS, limit: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

const STANDARD = '20';

/**
 * `slackwater audit [TARGET] --table NAME`: who decided what, the newest first. Answers 0, or 1 when nothing of it is on
 * record.
 */
export async function audit(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  const { limit: count = STANDARD, json: isJson, ...given } = values;
  const [target, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('give one target at a time');
  const limit = countIn(count, '--limit', MOST_ENTRIES);
  if (limit === 0) throw new UsageError(`--limit takes a whole number from 1 to ${MOST_ENTRIES}`);
  return withTable(given, terminal, async ({ clients: { table: client }, tableName }) => {
    const store = createAuditStore({ client, tableName, clock: terminal.clock });
    const entries = await (target === undefined ? store.listRecent(limit) : store.listAbout(target, limit));
    for (const entry of entries) terminal.out(isJson ? JSON.stringify(objectOf(entry)) : lineOf(entry));
    if (entries.length > 0) return 0;
    if (!isJson) terminal.out(`nothing is on record${target === undefined ? '' : ` about ${oneLine(target)}`}`);
    return 1;
  });
}

const objectOf = ({ at, ...entry }: AuditEntry) => ({ at: new Date(at).toISOString(), ...entry });

/** `2026-11-21 08:05 UTC  ada (cli)  approve  pln-4f0c2a9d1e  done: approved everything`. */
function lineOf({ at, by, via, channel, action, target, verdict, because }: AuditEntry): string {
  const where = channel === undefined ? via : `${via}, ${channel}`;
  return oneLine(`${utcMinute(at)} ${by} (${where}) ${action} ${target} ${verdict}: ${because}`);
}
