import type { Notice } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { serviceArn } from '../place.ts';
import { shortHash } from '../short-hash.ts';
import { TASK_RETIREMENT } from '../signal.ts';
import { asksOf, needsApproval } from './approval.ts';
import { type Boundary, boundaryOf, isOld } from './boundary.ts';
import { candidatesOf, isWithin, latestSafeStart } from './candidates.ts';
import { expectedDuration } from './expected.ts';
import type { Plan, PlanId, PlannedService, Work } from './plan.ts';
import { serviceChecks } from './service-checks.ts';
import {
  type ActiveService,
  digestsOf,
  fargateTasks,
  type ServiceSituation,
  type StandaloneTask,
} from './situation.ts';
import { NOT_BEGUN } from './stage.ts';
import { planTask } from './standalone.ts';
import { type PlanVerdict, verdictOf } from './verdict.ts';

export interface Circumstances {
  /** The tasks of no service that the notice names. */
  readonly tasks: readonly StandaloneTask[];
  /** Version of the tz database. */
  readonly tz: string;
  readonly now: Instant;
}

/** A notice that names no instant, or is about something else, cannot be planned for. */
export type Planned =
  | { readonly status: 'planned'; readonly plan: Plan }
  | { readonly status: 'none'; readonly because: string };

/**
 * The plan for a retirement notice, of which more pages may arrive later. With `before`, the same plan worked out anew: what
 * was approved, told and done is kept, and everything else is as things are now. The deadline is the instant that the notice
 * names and never a number of days, because wait periods and AWS's own windows both move it.
 */
export function makePlan(
  notice: Notice,
  services: readonly ServiceSituation[],
  { tasks, tz, now }: Circumstances,
  before?: Plan,
): Planned {
  const { startsAt: deadline, typeCode } = notice;
  if (typeCode !== TASK_RETIREMENT) return { status: 'none', because: `${typeCode} retires no tasks` };
  if (deadline === undefined) return { status: 'none', because: 'the notice does not say when it begins' };
  const boundary = boundaryOf(notice);
  const context = { boundary, deadline, now };
  const planned = services.map((service) => planService(service, context, plannedOf(before, service)));
  // What a later page does not repeat is still in the notice, and what ECS did not answer for is still planned.
  const kept = before?.services.filter(
    ({ at }) => !services.some((service) => serviceArn(service.at) === serviceArn(at)),
  );
  const all = [...planned, ...(kept ?? [])].toSorted((a, b) => (serviceArn(a.at) < serviceArn(b.at) ? -1 : 1));
  return {
    status: 'planned',
    plan: {
      // The cast is true by construction: this is the only place that makes plan ids.
      id: before?.id ?? (`pln-${shortHash(`${notice.fingerprint}@${notice.firstSeen}`)}` as PlanId),
      notice: notice.fingerprint,
      occasion: 'retirement',
      place: notice.affected,
      madeAt: before?.madeAt ?? now,
      deadline,
      boundary,
      services: all,
      tasks: tasks.map((task) => planTask(task, deadline)),
      hash: planHash(all),
      approvals: before?.approvals ?? [],
      vetoes: before?.vetoes ?? [],
      told: before?.told ?? [],
      orders: before?.orders ?? [],
      ...(before?.account && { account: before.account }),
      tz,
    },
  };
}

const plannedOf = (plan: Plan | undefined, { at }: ServiceSituation): PlannedService | undefined =>
  plan?.services.find((planned) => serviceArn(planned.at) === serviceArn(at));

interface Context {
  readonly boundary: Boundary;
  readonly deadline: Instant;
  readonly now: Instant;
}

function planService(service: ServiceSituation, context: Context, before: PlannedService | undefined): PlannedService {
  const { at } = service;
  const run = before?.run ?? NOT_BEGUN;
  if (service.status !== 'active') {
    const verdict: PlanVerdict =
      service.status === 'gone'
        ? { kind: 'gone', reason: 'no-service', because: service.because }
        : { kind: 'blocked', reason: 'unread', because: service.because };
    return { ...(before ?? { hash: '' }), at, run, verdict };
  }
  const work = workOf(service, context, before?.work);
  const hash = workHash(work, run.failures);
  const judged = { ...context, work, allowance: service.allowance, needsApproval: needsApproval({ work, run }) };
  return { at, work, run, hash, verdict: verdictOf(judged) };
}

function workOf(service: ActiveService, { boundary, deadline, now }: Context, before: Work | undefined): Work {
  const { allowance, controller, strategy, revision } = service;
  const running = fargateTasks(service);
  const expected = expectedDuration(service);
  const safe = latestSafeStart(deadline, expected.length);
  const left = candidatesOf(allowance.openings, { expected: expected.length, safe }, now);
  const slots = before !== undefined && isWithin(left, before.slots) ? before.slots : left;
  const [slot] = left;
  return {
    old: running.filter((task) => isOld(task, boundary)).length,
    of: running.length,
    controller,
    strategy,
    revision,
    digests: digestsOf(service),
    mode: allowance.mode,
    expected,
    latestSafeStart: safe,
    slots,
    left: left.length,
    ...(slot && { slot }),
    checks: serviceChecks(service, slot?.closes).filter(({ answer }) => answer !== 'ok'),
  };
}

/** Openings that have passed do not change it, new ones do; so does a failure, after which it is another question. */
const workHash = ({ revision, digests, mode, slots }: Work, failures: number): string =>
  shortHash(
    JSON.stringify([
      revision,
      Object.entries(digests).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      mode,
      slots.map(({ windows, opens, closes }) => [windows, opens, closes]),
      failures,
    ]),
  );

/** Of what is still to be done. */
const planHash = (services: readonly PlannedService[]): string =>
  shortHash(
    JSON.stringify(
      services
        .filter(({ run }) => run.stage.kind !== 'ended')
        .map(({ at, hash, work }) => [serviceArn(at), hash, work === undefined ? [] : asksOf(work)]),
    ),
  );
