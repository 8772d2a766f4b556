import { countOf, type Digest } from '../domain/digest.ts';
import { type Card, facts, type Phrase, sentences } from './card.ts';
import { digestGroups } from './digest-groups.ts';
import { plural } from './listing.ts';

/** Many new problems at one destination, told together. */
export function digestCard(digest: Digest): Card {
  const open = openCount(digest);
  return {
    icon: icon(digest),
    headline: [title(digest, open), place(digest)],
    lead: sentences(...lead(digest, open)),
    facts: facts({ 'Last new problem': [{ instant: digest.lastSeen }] }),
    groups: digestGroups(digest),
    steps: [],
    quotes: [],
    missing: [],
    links: [],
    footer: [
      `${digest.severity} severity`,
      isAllResolved(digest) ? digest.id : `to get a message for each: slackwater unfold ${digest.id}`,
    ],
  };
}

const openCount = ({ entries }: Digest): number => entries.filter(({ isResolved }) => !isResolved).length;

/** Nobody follows what is not listed, so a digest with such problems never says that all are resolved. */
export const isAllResolved = (digest: Digest): boolean => openCount(digest) === 0 && digest.unlisted === 0;

function icon(digest: Digest): string {
  switch (digest.state) {
    case 'calm':
      return '🌤️';
    case 'storm':
      return '⛈️';
    case 'settling':
      return '🌧️';
    case 'over':
      return isAllResolved(digest) ? '✅' : '🌥️';
  }
}

function title(digest: Digest, open: number): string {
  const services = new Set(digest.entries.map(({ cluster, name }) => `${cluster}/${name}`)).size;
  const where = `in ${digest.unlisted > 0 ? 'at least ' : ''}${plural(services, 'service')}`;
  switch (digest.state) {
    case 'calm':
      return 'No storm';
    case 'storm':
      return `Storm: ${plural(countOf(digest), 'new problem')} ${where}`;
    case 'settling':
      return `Storm settling: ${plural(countOf(digest), 'problem')} ${where}, ${open} open`;
    case 'over':
      return `Storm over: ${plural(countOf(digest), 'problem')} ${where}, ${outcome(digest, open)}`;
  }
}

function outcome(digest: Digest, open: number): string {
  if (open > 0) return `${open} open`;
  return isAllResolved(digest) ? 'all resolved' : 'all listed ones resolved';
}

function place({ entries }: Digest): string {
  const [only, ...more] = new Set(entries.map(({ cluster }) => cluster));
  return only === undefined || more.length === 0 ? (only ?? '') : plural(more.length + 1, 'cluster');
}

function lead(digest: Digest, open: number): readonly Phrase[] {
  if (digest.state === 'calm') return [[closing(digest)]];
  const counts = [
    `${open} open`,
    `${digest.entries.length - open} resolved`,
    digest.unlisted > 0 ? `${digest.unlisted} not followed here` : [],
  ].flat();
  return [
    [`${plural(countOf(digest), 'problem')} since `, { instant: digest.firstSeen }, `: ${counts.join(', ')}.`],
    [closing(digest)],
  ];
}

function closing(digest: Digest): string {
  switch (digest.state) {
    case 'calm':
      return 'Each new problem has a message of its own.';
    case 'storm':
      return 'New ones are added here instead of a message each.';
    case 'settling':
      return 'No new ones have come for some minutes; this message is kept current until all are resolved.';
    case 'over':
      return isAllResolved(digest)
        ? 'The storm is over.'
        : 'No new one has come for long, so this message is no longer kept current.';
  }
}
