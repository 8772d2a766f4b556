import type { Details, Incident, Origin, Origins } from './incident.ts';
import type { Instant } from './instant.ts';
import { keyHash } from './short-hash.ts';

/**
 * Details that are taken together from one observation, so that what belongs together stays together. The parts of
 * `task` follow the diagnosis: the container, exit code and reasons shown are those that it rests on.
 */
const PARTS = {
  definition: ['taskDefinition'],
  task: [
    'image',
    'imageDigest',
    'launchType',
    'availabilityZone',
    'stopCode',
    'stoppedReason',
    'container',
    'containerReason',
    'exitCode',
    'startedBy',
    'cpu',
    'memory',
  ],
  latest: ['latestTaskId'],
  deployment: ['deploymentId'],
  reason: ['deploymentReason'],
  failed: ['deploymentFailed'],
  rollback: ['rollback'],
  hook: ['hook'],
  serving: ['servingTaskDefinition'],
  service: ['desired', 'running', 'serviceEvents'],
  log: ['log'],
  change: ['change', 'circuitBreaker'],
  actor: ['actor'],
  missing: ['missing'],
} as const satisfies Readonly<Record<string, readonly (keyof Details)[]>>;

type Part = keyof typeof PARTS;

/** What is merged: details with the origin of each part. */
export type Sourced = Pick<Incident, 'details' | 'origins'>;

/** Where an observation stands among others about one problem; `rank` is what its diagnosis is worth. */
export const originOf = (rank: number, at: Instant, key: string): Origin => [rank, at, keyHash(key, 7)];

/** The details of one observation, each part it has with this origin. */
export const sourced = (details: Details, origin: Origin): Sourced => ({
  details,
  origins: Object.fromEntries(partsOf(details).map((part) => [part, originFor(part, origin)])),
});

/** Of each part the greatest origin wins: in any order and however often, the same details. */
export function mergeDetails(known: Sourced, added: Sourced): Sourced {
  const taken = partsOf(added.details).filter((part) => isGreater(added.origins[part], known.origins[part]));
  // The casts are true: a pair is copied from one Details to another under its own key, and `missing` stays.
  const kept = Object.entries(known.details).filter(([key]) => !taken.some((part) => holds(part, key)));
  const news = Object.entries(added.details).filter(([key]) => taken.some((part) => holds(part, key)));
  const details = { missing: [], ...Object.fromEntries([...kept, ...news]) } as Details;
  const origins: Origins = {
    ...known.origins,
    ...Object.fromEntries(taken.map((part) => [part, added.origins[part] as Origin])),
  };
  return { details, origins };
}

export const isGreater = (a: Origin | undefined, b: Origin | undefined): boolean => {
  if (a === undefined || b === undefined) return a !== undefined;
  const [rankA, atA, keyA] = a;
  const [rankB, atB, keyB] = b;
  return rankA !== rankB ? rankA > rankB : atA !== atB ? atA > atB : keyA > keyB;
};

/** Only what the diagnosis rests on is ranked by it; everything else is simply the newest. */
const originFor = (part: Part, [rank, at, key]: Origin): Origin => [part === 'task' ? rank : 0, at, key];

// True because PARTS has no other keys.
const ALL = Object.keys(PARTS) as readonly Part[];

const partsOf = (details: Details): readonly Part[] =>
  ALL.filter((part) => PARTS[part].some((key) => isSaid(details[key])));

const isSaid = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

const holds = (part: Part, key: string): boolean => (PARTS[part] as readonly string[]).includes(key);
