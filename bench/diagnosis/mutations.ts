import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import { type Case, observedOf } from './corpus.ts';
import { areaOf } from './score.ts';

/** A harmless change of the texts of a case: what ECS, a console or another account might have written instead. */
export interface Mutation {
  readonly name: string;
  readonly change: (text: string) => string;
  /** Causes that the change makes sense for; absent means all. */
  readonly only?: (cause: string) => boolean;
}

const cutAt = (length: number): Mutation => ({
  name: `cut at ${length} characters`,
  change: (text) => text.slice(0, length),
});

const elsewhere = (text: string): string =>
  text
    .replaceAll('arn:aws:', 'arn:aws-cn:')
    .replace(/\b(?:us|eu|ap|sa|ca)-[a-z]+-\d\b/g, 'cn-northwest-1')
    .replaceAll('.amazonaws.com', '.amazonaws.com.cn')
    .replace(/\b\d{12}\b/g, '444455556666')
    .replace(/\b(i|subnet|vpc|fs|sg|fsap)-[0-9a-f]{3,17}\b/g, '$1-0fedcba9876543210');

const failsToStart = (cause: string): boolean =>
  ['image', 'network', 'secrets', 'logging', 'config', 'storage', 'iam'].includes(areaOf(cause));

export const MUTATIONS: readonly Mutation[] = [
  cutAt(60),
  cutAt(120),
  cutAt(200),
  { name: 'upper case', change: (text) => text.toUpperCase() },
  { name: 'lower case', change: (text) => text.toLowerCase() },
  {
    name: 'wrapped in a service event',
    change: (text) => `(service oom-killed) was unable to place a task. Reason: ${text}`,
    only: failsToStart,
  },
  { name: 'another account, Region and partition', change: elsewhere },
];

/**
 * What became of the answer. `fallback` is the open answer of the area, or of the stage whose wrapper is all that a cut
 * leaves; `unspecified` says that ECS did not tell.
 */
export type Fate = 'stays' | 'fallback' | 'unspecified' | 'other';

export interface Outcome {
  readonly asked: Case;
  readonly before: string;
  readonly after: string;
  readonly fate: Fate;
  /** The changed text led to a cause that is neither the earlier answer nor an accepted one, and stated as a fact. */
  readonly isWrongWhileCertain: boolean;
}

/** What a stage says when the text ends before its cause. */
const FALLBACKS: ReadonlySet<string> = new Set([
  'image/pull-failed',
  'network/eni-provisioning-failed',
  'secrets/retrieval-failed',
  'logging/driver-failed',
  'storage/volume-failed',
  'app/exit-unknown',
  'health/lb-check-failed',
  'platform/runtime-failure',
  'deployment/tasks-failed-to-start',
]);

/** The outcomes for the cases whose texts the mutation changes. */
export function mutate(cases: readonly Case[], { change, only }: Mutation): readonly Outcome[] {
  return cases.flatMap((asked) => {
    if (only?.(asked.label) === false) return [];
    const input = changeTexts(asked.input, change);
    if (JSON.stringify(input) === JSON.stringify(asked.input)) return [];
    const before = diagnose(observedOf(asked)).cause;
    const { cause: after, confidence } = diagnose(observedOf({ ...asked, input }));
    const isAccepted = after === before || after === asked.label || asked.also.includes(after);
    const isWrongWhileCertain = !isAccepted && confidence === 'certain';
    return [{ asked, before, after, fate: fateOf(before, after), isWrongWhileCertain }];
  });
}

function fateOf(before: string, after: string): Fate {
  if (after === before) return 'stays';
  if (after === 'platform/unspecified-failure') return 'unspecified';
  return FALLBACKS.has(after) ? 'fallback' : 'other';
}

/** The fields that ECS writes sentences into, wherever they are. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['stoppedReason', 'reason', 'message', 'rolloutStateReason', 'value']);

function changeTexts(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => changeTexts(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      TEXT_FIELDS.has(key) && typeof field === 'string' ? change(field) : changeTexts(field, change),
    ]),
  );
}
