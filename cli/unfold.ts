import { parseArgs } from 'node:util';
import { destinationKey } from '../shared/domain/destination.ts';
import type { Digest } from '../shared/domain/digest.ts';
import type { Incident } from '../shared/domain/incident.ts';
import { foldedInto, unfoldDigest, unfoldIncident } from '../shared/domain/unfold.ts';
import { worstFirst } from '../shared/domain/worst-first.ts';
import { oneLine, shorten } from '../shared/render/escape.ts';
import { plural } from '../shared/render/listing.ts';
import { writeDown } from './audited.ts';
import { saveChanged } from './incidents/change.ts';
import { subjectOf } from './incidents/listing.ts';
import type { RecordsTable } from './incidents/records.ts';
import { onTable, TABLE_OPTIONS } from './incidents/table.ts';
import { PERSON_OPTIONS, personIn } from './person.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';
import { findDigest } from './unfold/digest.ts';

/**
 * `slackwater unfold DIGEST-ID --table NAME`: gives every open problem of a digest a message of its own; without `--yes`
 * it only lists them. Answers 0 when no open problem of it is left without one, or would be, otherwise 1.
 */
export async function unfold(args: readonly string[], terminal: Terminal): Promise<number> {
  const { id, by, ...options } = readArguments(args, terminal);
  return onTable(options, terminal, async (table) => {
    const digest = await findDigest(id, table);
    if (typeof digest === 'string') {
      terminal.err(`slackwater unfold: ${digest}`);
      return 1;
    }
    const folded = await foldedNow(digest, table);
    terminal.out(title(digest, folded));
    for (const incident of folded) terminal.out(line(incident));
    if (digest.unlisted > 0) terminal.out(`${digest.unlisted} more that it had no room to list stay as they are`);
    if (folded.length > 0 && by === undefined) terminal.out('nothing was changed, --yes does it');
    const isDone = by === undefined || (await unfoldAll(digest, { folded, by }, table, terminal));
    return isDone && digest.unlisted === 0 ? 0 : 1;
  });
}

async function foldedNow(digest: Digest, { store }: RecordsTable): Promise<readonly Incident[]> {
  // Two problems of a digest may have had the same place, one after the other.
  const places = new Set(digest.entries.map(({ fingerprint }) => fingerprint));
  const records = await store.loadMany([...places]);
  return foldedInto(digest, records).toSorted(worstFirst);
}

/** The digest first: cut off after that, another run finds the problems still folded and goes on. */
async function unfoldAll(
  digest: Digest,
  { folded, by }: { readonly folded: readonly Incident[]; readonly by: string },
  table: RecordsTable,
  { out, err, clock }: Terminal,
): Promise<boolean> {
  if (folded.length === 0) return true;
  const decided = { by, action: 'unfold', target: digest.id };
  const ids = new Set(folded.map(({ id }) => id));
  const { result } = await saveChanged(digest, (current) => unfoldDigest(current, ids), table);
  if (result === 'gone') {
    err(`slackwater unfold: nothing was changed, another storm has taken the place of ${digest.id} meanwhile`);
    await writeDown({ ...decided, verdict: 'refused', because: 'another storm had taken its place' }, table);
    return false;
  }
  let unfolded = 0;
  for (const incident of folded) {
    const changed = await saveChanged(
      incident,
      (current) => unfoldIncident(current, digest.fingerprint, clock()),
      table,
    );
    if (changed.result === 'saved') unfolded += 1;
    else out(`${incident.id}: over meanwhile`);
  }
  out(`unfolded ${unfolded}; their messages begin within a minute, and Slack takes about one a second`);
  await writeDown({ ...decided, verdict: 'done', because: `unfolded ${unfolded} of ${folded.length}` }, table);
  return true;
}

function title({ id, destination }: Digest, folded: readonly Incident[]): string {
  const where = oneLine(destinationKey(destination));
  return folded.length === 0
    ? `${id} at ${where}: no open problem is without a message of its own`
    : `${id} at ${where}: ${plural(folded.length, 'open problem')} without a message of their own`;
}

const line = (incident: Incident): string =>
  `  ${incident.id}  ${incident.severity.padEnd(6)}  ${subjectOf(incident)}: ${incident.diagnosis.cause}`;

/** `by` is whoever does it; absent: it is only to be listed. */
function readArguments(args: readonly string[], terminal: Terminal) {
  const options = { ...TABLE_OPTIONS, ...PERSON_OPTIONS, yes: { type: 'boolean', default: false } } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [given = '', ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('give one digest at a time');
  if (!/^dig-[0-9a-f]+$/.test(given)) {
    const was = given === '' ? 'the digest is missing' : `"${shorten(oneLine(given), 100)}" is not the id of a digest`;
    throw new UsageError(`${was}; expected one such as dig-4f0c2a9d1e, which "slackwater incidents" lists`);
  }
  const { yes, by, ...table } = values;
  return { ...table, id: given, ...(yes && { by: personIn(by, terminal, 'who unfolds it') }) };
}
