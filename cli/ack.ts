import { parseArgs } from 'node:util';
import { acknowledge } from '../shared/domain/acknowledge.ts';
import type { Incident } from '../shared/domain/incident.ts';
import { utcMinute } from '../shared/domain/utc.ts';
import { worstFirst } from '../shared/domain/worst-first.ts';
import { oneLine, shorten } from '../shared/render/escape.ts';
import { writeDown } from './audited.ts';
import { type Changed, saveChanged } from './incidents/change.ts';
import { subjectOf } from './incidents/listing.ts';
import { MOST_RECORDS } from './incidents/records.ts';
import { onTable, TABLE_OPTIONS } from './incidents/table.ts';
import { PERSON_OPTIONS, personIn } from './person.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

/**
 * `slackwater ack ID|CLUSTER/SERVICE --table NAME`: says in messages and threads that somebody has taken open incidents.
 * Answers 0 when each was taken now, and 1 when one had been before, is over, or there is none.
 */
export async function ack(args: readonly string[], terminal: Terminal): Promise<number> {
  const { name, by, ...options } = readArguments(args, terminal);
  return onTable(options, terminal, async (table) => {
    const { records, isCut } = await table.loadOpen();
    const meant = records
      .filter((record) => record.kind === 'incident')
      .filter((incident) => incident.id === name || subjectOf(incident) === name)
      .toSorted(worstFirst);
    if (meant.length === 0) {
      terminal.err(`slackwater ack: ${notFound(name, isCut)}`);
      return 1;
    }
    let taken = 0;
    for (const incident of meant) {
      const now = table.clock();
      const changed = await saveChanged(incident, (current) => acknowledge(current, { by }, now), table);
      if (changed.result === 'saved') taken += 1;
      const because = `${incident.id} (${subjectOf(incident)}, ${incident.diagnosis.cause}): ${words(changed, by)}`;
      terminal.out(because);
      const verdict = changed.result === 'saved' ? 'done' : 'refused';
      await writeDown({ by, action: 'acknowledge', target: subjectOf(incident), verdict, because }, table);
    }
    if (taken > 0) terminal.out('Messages and threads in Slack say so within a minute or two.');
    return taken === meant.length ? 0 : 1;
  });
}

function words({ result, record }: Changed<Incident>, by: string): string {
  switch (result) {
    case 'saved':
      return `acknowledged by ${by}`;
    case 'already': {
      const before = record.state.status === 'open' ? record.state.acknowledged : undefined;
      return `not changed, acknowledged before${before ? ` by ${oneLine(before.by)}, ${utcMinute(before.at)}` : ''}`;
    }
    case 'resolved':
    case 'gone':
      return 'not changed, it is over';
  }
}

function notFound(name: string, isCut: boolean): string {
  const read = isCut ? ` among the first ${MOST_RECORDS} records` : '';
  return `nothing open${read} is called ${name}: it is over, or it never was; "slackwater incidents" lists what is open`;
}

function readArguments(args: readonly string[], terminal: Terminal) {
  const options = { ...TABLE_OPTIONS, ...PERSON_OPTIONS } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [given = '', ...rest] = positionals;
  const name = shorten(oneLine(given), 600);
  if (name === '' || rest.length > 0) throw new UsageError('give one ID or CLUSTER/SERVICE');
  return { ...values, name, by: personIn(values.by, terminal, 'who has taken it') };
}
