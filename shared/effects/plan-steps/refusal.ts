import type { StepOutcome } from '../../domain/plan/step.ts';
import { type AwsFailure, awsFailure } from '../aws-failure.ts';
import { UnreachablePlaceError } from '../places/unreachable-place.ts';
import type { Deed } from './attempt.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

/** What an error of a call means for the step. A message that names callers, or may hold secrets, is not passed on. */
export function refusalOf(error: unknown, deed: Deed): StepOutcome {
  if (error instanceof UnreachablePlaceError) return notReached(error, deed);
  const failure = awsFailure(error);
  const text = error instanceof Error ? error.message : '';
  const refusal = REFUSALS.find((row) => fits(row, deed, failure, text));
  if (refusal === undefined && (failure.reason === 'timeout' || !isRefused(error))) return noAnswer(failure.name, deed);
  const { means, says } = refusal ?? OTHER;
  const quote = means === 'refused' && failure.reason !== 'denied' ? quoted(text, deed) : '';
  const because = `${deed.action} of ${deed.on} was refused (${failure.name}). ${says}${quote}`;
  return means === 'over'
    ? { status: 'skipped', because }
    : { status: 'failed', because, retryable: means === 'later' };
}

/** Keys come before the call, so it is known that nothing was done. */
const notReached = ({ message, retryable }: UnreachablePlaceError, { action, on }: Deed): StepOutcome => ({
  status: 'failed',
  because: `${action} of ${on} was not asked for: ${message}.`,
  retryable,
});

/** A timeout, a 5xx, a broken connection: it may have been done. */
export const noAnswer = (name: string, { action, on, shownBy }: Deed): StepOutcome => ({
  status: 'failed',
  because: `${action} of ${on} was not answered (${name}). It is not known whether AWS did it; ${shownBy} show it.`,
  retryable: true,
});

const OTHER = { means: 'refused', says: 'AWS does not accept it.' } as const;

function fits({ error, text }: Refusal, { action }: Deed, { name, reason }: AwsFailure, message: string): boolean {
  return error.test(`${action} ${name} ${reason}`) && (text === undefined || text.test(message));
}

/** AWS has answered, and the fault is the caller's: nothing was done. */
function isRefused(error: unknown): boolean {
  // True of everything: what is not an SDK's error has no such field.
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

const MOST_CHARACTERS = 200;

function quoted(message: string, { isSecret }: Deed): string {
  const characters = Array.from(message.replace(/\s+/g, ' ').trim());
  if (isSecret || characters.length === 0) return '';
  const cut = characters.length > MOST_CHARACTERS ? '…' : '';
  return ` AWS says: ${characters.slice(0, MOST_CHARACTERS - cut.length).join('')}${cut}`;
}
