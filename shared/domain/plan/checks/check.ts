import type { Gathered, MissingReason } from '../../facts.ts';

/** What preflight looks at, in the order in which it is told. Public ids. */
export const CHECK_IDS = [
  'plan',
  'approval',
  'window',
  'duration',
  'lock',
  'access',
  'controller',
  'desired',
  'deployment',
  'task-definition',
  'room',
  'running',
  'targets',
  'blockers',
  'alarms',
  'stack',
  'image-kept',
  'image-changed',
  'pause-hooks',
  'stop-first',
  'last-deployment',
  'protection',
  'headroom',
  'circuit-breaker',
  'alarms-configured',
  'version-consistency',
  'spot',
  'registry',
  'early-success',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/**
 * `block`: nothing starts. `ask`: somebody has to agree to this very fact. `warn`: told, and nothing more. What is not
 * known is never `ok`.
 */
export type Answer = 'block' | 'ask' | 'warn' | 'ok';

export interface Check {
  readonly id: CheckId;
  readonly answer: Answer;
  /** A sentence with the value that was seen. */
  readonly because: string;
}

export const check = (id: CheckId, answer: Answer, because: string): Check => ({ id, answer, because });

export const withAnswer = (checks: readonly Check[], answer: Answer): readonly Check[] =>
  checks.filter((one) => one.answer === answer);

/** Several sentences as one. */
export const sentences = (checks: readonly Check[]): string => checks.map(({ because }) => because).join(' ');

/** What was asked in vain just now will be answered in a minute or two: nothing starts, and nobody is asked about it. */
const PASSING: ReadonlySet<MissingReason> = new Set(['throttled', 'timeout']);

/** What answers to a fact that people would have to agree to, where it could not be read. */
export const unknown = (reason: MissingReason): 'block' | 'ask' => (PASSING.has(reason) ? 'block' : 'ask');

/** What answers to a fact, and to one that could not be read. What does not apply is no danger. */
export function ofFact<Value>(
  gathered: Gathered<Value>,
  { id, unread, none }: { readonly id: CheckId; readonly unread: 'block' | 'ask'; readonly none: string },
  look: (value: Value) => Check,
): Check {
  if (gathered.status === 'found') return look(gathered.value);
  const { reason, because } = gathered;
  if (reason === 'not-applicable') return check(id, 'ok', none);
  return check(id, unread === 'block' ? unread : unknown(reason), `Not known: ${because}`);
}

/**
 * The checks, with the questions of the look before whose facts cannot be read now: a read that failed neither takes back
 * what people agreed to nor asks them anew.
 */
export const withQuestionsKept = (checks: readonly Check[], before: readonly Check[]): readonly Check[] => [
  ...checks,
  ...withAnswer(before, 'ask').filter(
    ({ id }) =>
      checks.some((one) => one.id === id && one.answer === 'block') &&
      !checks.some((one) => one.id === id && one.answer === 'ask'),
  ),
];
