import { parseArgs } from 'node:util';
import type { Digest } from '../shared/domain/digest.ts';
import type { AnnouncedRecord } from '../shared/domain/incident.ts';
import type { RecordStore } from '../shared/domain/store.ts';
import { isOver, worstFirst } from '../shared/domain/worst-first.ts';
import { listed, listedLine, listedText, subjectOf } from './incidents/listing.ts';
import { MOST_RECORDS } from './incidents/records.ts';
import { onTable, TABLE_OPTIONS } from './incidents/table.ts';
import { createProgress } from './progress.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

/**
 * `slackwater incidents --table NAME`: what is open now or still to be told, the worst first, and who was told. Answers 1
 * when something is open or not everything was read, otherwise 0.
 */
export async function incidents(args: readonly string[], terminal: Terminal): Promise<number> {
  const { all, json, service, ...options } = readArguments(args);
  return onTable(options, terminal, async ({ store, clock, loadAll, loadOpen }) => {
    const progress = createProgress(terminal);
    progress.start(`reading ${all ? 'all' : 'open'} records`);
    const { records, isCut } = await (all ? loadAll(progress.at) : loadOpen());
    progress.end();
    const wanted = records.filter((record) => isWanted(record, service)).toSorted(worstFirst);
    const shown = listed(wanted, await digestsOf(wanted, store), clock());
    if (json) for (const one of shown) terminal.out(JSON.stringify(listedLine(one)));
    else terminal.out([title(wanted), ...shown.map(listedText)].join('\n\n'));
    if (isCut) terminal.err(`slackwater incidents: only ${MOST_RECORDS} records were read, and there are more`);
    return isCut || !wanted.every(isOver) ? 1 : 0;
  });
}

/** A digest that has never told anything only counts. */
function isWanted(record: AnnouncedRecord, service: string | undefined): boolean {
  if (record.kind === 'digest' && record.state === 'calm') return false;
  return service === undefined || (record.kind === 'incident' && subjectOf(record) === service);
}

/** The digests that tell these records, also those that are no longer due. */
async function digestsOf(records: readonly AnnouncedRecord[], store: RecordStore): Promise<readonly Digest[]> {
  const folded = records.flatMap(({ announcements }) =>
    announcements.flatMap((announcement) => (announcement.status === 'folded' ? announcement.digest : [])),
  );
  const digests = await store.loadMany([...new Set(folded)]);
  return digests.filter((record) => record.kind === 'digest');
}

function title(records: readonly AnnouncedRecord[]): string {
  const over = records.filter(isOver).length;
  return `${records.length - over} open${over === 0 ? '' : `, ${over} over`}${records.length === 0 ? '' : '; the worst first'}`;
}

function readArguments(args: readonly string[]) {
  const { values } = understood(() =>
    parseArgs({
      args: [...args],
      options: {
        ...TABLE_OPTIONS,
        service: { type: 'string' },
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }),
  );
  if (values.service === '') throw new UsageError('--service is empty; expected CLUSTER/SERVICE');
  return values;
}
