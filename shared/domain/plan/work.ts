import type { Instant } from '../instant.ts';
import { shortHash } from '../short-hash.ts';
import { isOld } from './boundary.ts';
import { candidatesOf, isWithin, latestSafeStart, type Slot } from './candidates.ts';
import { withQuestionsKept } from './checks/check.ts';
import { pinnedChecks } from './checks/pinned-checks.ts';
import { serviceChecks } from './checks/service-checks.ts';
import { isUnderWay, newestFirst } from './deployments.ts';
import { expectedDuration, oneByOne } from './expected.ts';
import { isPinned, orderedSlot } from './people/ordered.ts';
import type { Plan, Work } from './plan.ts';
import { fargateTasks } from './running.ts';
import { type ActiveService, digestsOf } from './situation.ts';

/** What of the plan the work on each of its services follows from. */
export type Terms = Pick<Plan, 'occasion' | 'boundary' | 'deadline' | 'orders'>;

/** What is to be done about a service as it is now; `before` is what a look before this one saw. */
export function workOf(service: ActiveService, terms: Terms, now: Instant, before?: Work): Work {
  const { at, allowance, controller, strategy, revision } = service;
  const running = fargateTasks(service);
  const old = running.filter((task) => isOld(task, terms.boundary)).length;
  const pinned = isPinned(terms.orders, at);
  const expected = pinned ? oneByOne(service, old) : expectedDuration(service);
  const stint = pinned ? oneByOne(service, Math.min(1, old)).length : expected.length;
  const safe = latestOf(terms, expected.length);
  const left = candidatesOf(allowance.openings, { expected: stint, safe }, now);
  const slot = orderedSlot(terms.orders, at, { stint, now }) ?? left[0];
  const known = before?.revision === revision ? before : undefined;
  const deploying = newestFirst(service.deployments).find(isUnderWay)?.id;
  const checks = pinned ? pinnedChecks(service, slot?.closes) : serviceChecks(service, slot?.closes);
  return {
    old,
    of: running.length,
    controller,
    strategy,
    revision,
    // Those of a revision do not change, but reading them may fail.
    digests: service.images.status === 'missing' ? (known?.digests ?? {}) : digestsOf(service),
    mode: allowance.mode,
    isPinned: pinned,
    budget: allowance.budget,
    expected,
    stint,
    latestSafeStart: safe,
    slots: offered(left, before),
    left: left.length,
    ...(slot && { slot }),
    checks: withQuestionsKept(
      checks.filter(({ answer }) => answer !== 'ok'),
      known?.isPinned === pinned ? known.checks : [],
    ),
    ...(deploying !== undefined && { deploying }),
  };
}

/** A day for AWS's own pace; what somebody asked for only has to be over. */
const latestOf = ({ occasion, deadline }: Terms, expected: number): Instant =>
  occasion === 'retirement' ? latestSafeStart(deadline, expected) : deadline - expected;

/** What passes or is frozen was offered all the same. */
const offered = (left: readonly Slot[], before: Work | undefined): readonly Slot[] =>
  before !== undefined && isWithin(left, before.slots) ? before.slots : left;

/**
 * Of what somebody agrees to. Openings that have passed do not change it, new ones do; so do another way of replacing and a
 * failure, after which it is another question.
 */
export const workHash = ({ revision, digests, mode, slots, isPinned: pinned }: Work, failures: number): string =>
  shortHash(
    JSON.stringify([
      revision,
      Object.entries(digests).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      mode,
      slots.map(({ windows, opens, closes }) => [windows, opens, closes]),
      failures,
      ...(pinned ? ['one by one'] : []),
    ]),
  );
