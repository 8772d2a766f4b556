import type { Digest, DigestEntry } from '../domain/digest.ts';
import { type Severity, worse } from '../domain/severity.ts';
import type { Group } from './card.ts';
import { compare, listing, plural } from './listing.ts';

/** With names of 255 characters these many fit one message; the rest is counted. */
const CAUSES_LIMIT = 12;

/** The same thing wrong in one cluster. */
interface SharedCause {
  readonly term: string;
  readonly severity: Severity;
  readonly entries: readonly DigestEntry[];
}

/** What is open by cause and cluster, the worst first; then what needs no further look. Nothing is left out uncounted. */
export function digestGroups({ entries, unlisted }: Digest): readonly Group[] {
  const open = entries.filter(({ isResolved }) => !isResolved);
  const resolved = entries.filter(({ isResolved }) => isResolved);
  const groups: readonly Group[] =
    open.length > 0
      ? [
          { title: 'Open, the worst first', entries: byCause(open) },
          { title: 'Also', entries: [...told(entries), ...missed(unlisted), ...named('Resolved', resolved)] },
        ]
      : [
          { title: 'What it was', entries: byCause(resolved) },
          { title: 'Also', entries: [...told(entries), ...missed(unlisted)] },
        ];
  return groups.filter((group) => group.entries.length > 0);
}

const told = (entries: readonly DigestEntry[]): Group['entries'] =>
  named(
    'With a message of their own',
    entries.filter(({ hasOwnMessage }) => hasOwnMessage),
  );

const missed = (unlisted: number): Group['entries'] =>
  unlisted === 0 ? [] : [{ term: 'Not listed', text: `(${unlisted}): there is no room for more in this message` }];

function named(term: string, entries: readonly DigestEntry[]): Group['entries'] {
  if (entries.length === 0) return [];
  return [{ term, text: `(${entries.length}): ${listing(namesOf(entries))}` }];
}

function byCause(entries: readonly DigestEntry[]): Group['entries'] {
  const causes = [...Map.groupBy(entries, ({ title, cluster }) => `${title} in ${cluster}`)]
    .map(([term, members]): SharedCause => ({ term, severity: worstOf(members), entries: members }))
    .sort(worstFirst);
  const hidden = causes.slice(CAUSES_LIMIT);
  return [...causes.slice(0, CAUSES_LIMIT).map(causeLine), ...(hidden.length === 0 ? [] : [restLine(hidden)])];
}

/** `Out of memory in harbor-prod (12 services, seen 340 times): checkout, ledger and 5 more`. */
function causeLine({ term, entries }: SharedCause): Group['entries'][number] {
  const names = namesOf(entries);
  const seen = entries.reduce((sum, { occurrences }) => sum + occurrences, 0);
  return { term, text: `(${plural(names.length, 'service')}, seen ${plural(seen, 'time')}): ${listing(names)}` };
}

const restLine = (hidden: readonly SharedCause[]): Group['entries'][number] => ({
  term: `and ${plural(hidden.length, 'more cause')}`,
  text: `(${plural(
    hidden.reduce((sum, { entries }) => sum + entries.length, 0),
    'problem',
  )})`,
});

/** Each name once, what was seen most first. */
const namesOf = (entries: readonly DigestEntry[]): readonly string[] => [
  ...new Set(
    entries.toSorted((a, b) => b.occurrences - a.occurrences || compare(a.name, b.name)).map(({ name }) => name),
  ),
];

const worstOf = (entries: readonly DigestEntry[]): Severity =>
  entries.reduce<Severity>((worst, { severity }) => worse(worst, severity), 'none');

const worstFirst = (a: SharedCause, b: SharedCause): number =>
  bySeverity(a.severity, b.severity) || b.entries.length - a.entries.length || compare(a.term, b.term);

function bySeverity(a: Severity, b: Severity): number {
  if (a === b) return 0;
  return worse(a, b) === a ? -1 : 1;
}
