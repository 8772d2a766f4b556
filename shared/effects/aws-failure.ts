import type { MissingReason } from '../domain/facts.ts';
import { UnreachablePlaceError } from './places/unreachable-place.ts';

/** What went wrong in an AWS call, as far as a caller has to know. */
export interface AwsFailure {
  readonly reason: Exclude<MissingReason, 'not-applicable'>;
  /** The error's own name, such as `ThrottlingException`; never its message, which names callers and resources. */
  readonly name: string;
}

/** The first match wins. Services spell the same failure differently, some with and some without `Exception`. */
const REASONS: readonly (readonly [RegExp, AwsFailure['reason']])[] = [
  [/AccessDenied|AuthorizationError|NotAuthorized|Unauthorized/, 'denied'],
  [/Throttl|TooManyRequests|RequestLimitExceeded|ThroughputExceeded|SlowDown/, 'throttled'],
  [/^(AbortError|TimeoutError|RequestTimeout|ETIMEDOUT)/, 'timeout'],
  [/NotFound|DoesNotExist/, 'not-found'],
];

/** Classifies whatever an SDK call threw. */
export function awsFailure(error: unknown): AwsFailure {
  if (error instanceof UnreachablePlaceError) return { reason: error.reason, name: error.name };
  const name = nameOf(error);
  const reason = REASONS.find(([pattern]) => pattern.test(name))?.[1] ?? 'failed';
  return { reason, name };
}

/** System errors (`ECONNREFUSED`) are all named `Error`; their code says more. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UnknownError';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const name = error.name === 'Error' && code !== undefined ? code : error.name;
  return /^\w{1,80}$/.test(name) ? name : 'UnknownError';
}
