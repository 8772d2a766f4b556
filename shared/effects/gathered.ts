import { type Gathered, type MissingReason, missing } from '../domain/facts.ts';
import { awsFailure } from './aws-failure.ts';
import { within } from './budget.ts';
import { UnreachablePlaceError } from './places/unreachable-place.ts';

/** What is asked of AWS, in the words that a missing answer is told with. */
export interface Question {
  /** The permission it takes: `ecs:DescribeServices`. */
  readonly action: string;
  /** The end of "`action` is not allowed …"; "for this function" when nothing narrower is known. */
  readonly on?: string;
  /** The whole sentence for a thing that does not exist. */
  readonly notFound: string;
}

/** Asks within the time that `signal` gives. An error becomes a missing fact, which names no caller and no secret. */
export async function gathered<Value>(
  question: Question,
  signal: AbortSignal,
  read: (signal: AbortSignal) => Promise<Gathered<Value>>,
): Promise<Gathered<Value>> {
  try {
    return await within(signal, read);
  } catch (error) {
    if (error instanceof UnreachablePlaceError) return missing(error.reason, error.message);
    const { reason, name } = awsFailure(error);
    return missing(reason, sentence(question, reason, name));
  }
}

function sentence({ action, on, notFound }: Question, reason: MissingReason, name: string): string {
  switch (reason) {
    case 'denied':
      return `${action} is not allowed ${on ?? 'for this function'}`;
    case 'not-found':
      return notFound;
    case 'throttled':
      return `AWS throttled ${action}`;
    case 'timeout':
      return `${action} did not answer in time`;
    case 'failed':
    case 'not-applicable':
      return `${action} failed (${name})`;
  }
}
