import { type Instant, minutes } from '../../domain/instant.ts';
import { type Place, placeText } from '../../domain/place.ts';
import { awsFailure } from '../aws-failure.ts';
import type { AssumeRole, SessionKeys } from './assume-role.ts';
import { UnreachablePlaceError } from './unreachable-place.ts';

/** Keys for what is at a place. Throws an UnreachablePlaceError where there are none. */
export type MemberCredentials = (place: Place) => Promise<SessionKeys>;

/** Keys are renewed so long before they expire, as the SDK does: a call that is under way is not cut off. */
const RENEWED_BEFORE = minutes(5);
/** So long nobody asks again for an account that refused: a storm of its events would ask STS for each of them. */
const REFUSAL_HOLDS = minutes(1);
/** Accounts whose keys are kept; of more than these the one that was asked for first is forgotten. */
const MOST_ACCOUNTS = 500;

interface Held {
  readonly answer: Promise<SessionKeys>;
  /** While the answer is on its way everybody waits for it. */
  until: Instant;
}

/**
 * Keys of the role of this name in other accounts, for all Regions of each: roles and their sessions are global. At most one
 * request at a time for each account, and none while what was answered holds.
 */
export function createMemberCredentials(deps: {
  readonly role: string;
  /** What has to be deployed in an account for it to have the role: `infra/member.yaml`. */
  readonly takes: string;
  readonly assume: AssumeRole;
  readonly clock: () => Instant;
}): MemberCredentials {
  const { role, takes, assume, clock } = deps;
  const accounts = new Map<string, Held>();

  function ask(place: Place): Held {
    const answer = assume(`arn:${place.partition}:iam::${place.account}:role/${role}`).catch((error: unknown) => {
      throw unreachable(error, { role, takes }, place);
    });
    const held: Held = { answer, until: Number.POSITIVE_INFINITY };
    answer.then(
      ({ expiration }) => {
        held.until = expiration.getTime() - RENEWED_BEFORE;
      },
      () => {
        held.until = clock() + REFUSAL_HOLDS;
      },
    );
    return held;
  }

  return (place) => {
    const known = accounts.get(place.account);
    if (known !== undefined && clock() < known.until) return known.answer;
    const [oldest] = accounts.keys();
    if (known === undefined && accounts.size >= MOST_ACCOUNTS && oldest !== undefined) accounts.delete(oldest);
    const held = ask(place);
    accounts.set(place.account, held);
    return held.answer;
  };
}

/** STS refuses in the same way whether there is no such role or the role does not trust whoever asks. */
function unreachable(
  error: unknown,
  { role, takes }: { readonly role: string; readonly takes: string },
  { account }: Place,
): UnreachablePlaceError {
  const { reason, name } = awsFailure(error);
  const message =
    reason === 'denied'
      ? `account ${account} does not let this installation in by its role ${role}: deploy ${takes} there, with this account as its hub`
      : `the role ${role} of account ${account} could not be assumed (${name})`;
  return new UnreachablePlaceError(reason, message, error);
}

/** For an installation that has no role to go elsewhere with; `takes` as above. */
export const noMemberCredentials =
  (takes: string): MemberCredentials =>
  async (place) => {
    throw new UnreachablePlaceError(
      'denied',
      `${placeText(place)} is not where this installation runs, and it has no role to go there with: set OrganizationId of this stack, and deploy ${takes} there`,
    );
  };
