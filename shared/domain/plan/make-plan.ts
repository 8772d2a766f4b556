import type { Notice } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { serviceArn } from '../place.ts';
import { shortHash } from '../short-hash.ts';
import { REDEPLOYMENT_REQUEST, TASK_RETIREMENT } from '../signal.ts';
import { boundaryOf } from './boundary.ts';
import { type PlanVerdict, verdictOf } from './checks/verdict.ts';
import type { Order } from './order.ts';
import { asksOf, needsApproval } from './people/approval.ts';
import { leftAloneBy } from './people/ordered.ts';
import type { Plan, PlannedService } from './plan.ts';
import { planIdOf } from './plan-record.ts';
import type { AccountFacts, ServiceSituation, StandaloneTask } from './situation.ts';
import { NOT_BEGUN } from './stage.ts';
import { planTask } from './tasks/standalone.ts';
import { type Terms, workHash, workOf } from './work.ts';

export interface Circumstances {
  /** The tasks of no service that the notice names. */
  readonly tasks: readonly StandaloneTask[];
  /** Version of the tz database. */
  readonly tz: string;
  readonly account?: AccountFacts;
  readonly now: Instant;
}

/** A notice that names no instant, or is about something else, cannot be planned for. */
export type Planned =
  | { readonly status: 'planned'; readonly plan: Plan }
  | { readonly status: 'none'; readonly because: string };

/** What is planned for: AWS's own notice, and what somebody asked for. */
const PLANNED_FOR: ReadonlySet<string> = new Set([TASK_RETIREMENT, REDEPLOYMENT_REQUEST]);

/**
 * The plan for a retirement notice, of which more pages may arrive later, or for a request. With `before`, the same plan
 * worked out anew: what was approved, ordered, told and done is kept, and everything else is as things are now. What is not
 * among `services` and `tasks` was not looked at, and stays. The deadline is the instant that the notice names and never a
 * number of days, because wait periods and AWS's own windows both move it.
 */
export function makePlan(
  notice: Notice,
  services: readonly ServiceSituation[],
  { tasks, tz, account, now }: Circumstances,
  before?: Plan,
): Planned {
  const { startsAt: deadline, typeCode } = notice;
  if (!PLANNED_FOR.has(typeCode)) return { status: 'none', because: `${typeCode} retires no tasks` };
  if (deadline === undefined) return { status: 'none', because: 'the notice does not say when it begins' };
  const facts = account ?? before?.account;
  const head = {
    id: before?.id ?? planIdOf(notice.fingerprint),
    notice: notice.fingerprint,
    occasion: notice.request === undefined ? 'retirement' : 'request',
    ...(notice.request && { requestedBy: notice.request.by }),
    place: notice.affected,
    ...(notice.accountName && { accountName: notice.accountName }),
    madeAt: before?.madeAt ?? now,
    deadline,
    boundary: boundaryOf(notice),
    orders: before?.orders ?? [],
    ...(facts && { account: facts }),
  } as const;
  const { planned, orders } = planServices(services, { head, before, request: notice.request, now });
  const all = withKept(planned, before?.services ?? [], ({ at }) => serviceArn(at));
  return {
    status: 'planned',
    plan: {
      ...head,
      services: all,
      tasks: withKept(
        tasks.map((task) =>
          planTask(
            task,
            { ...head, now },
            before?.tasks.find(({ taskId }) => taskId === task.taskId),
          ),
        ),
        before?.tasks ?? [],
        ({ taskId }) => taskId,
      ),
      hash: planHash(all),
      approvals: before?.approvals ?? [],
      vetoes: before?.vetoes ?? [],
      told: before?.told ?? [],
      orders,
      tz,
    },
  };
}

/** What a later page does not repeat is still in the notice, and what was not asked about in this look is still planned. */
function withKept<Thing>(
  now: readonly Thing[],
  before: readonly Thing[],
  nameOf: (thing: Thing) => string,
): readonly Thing[] {
  const named = new Set(now.map(nameOf));
  const kept = before.filter((one) => !named.has(nameOf(one)));
  return [...now, ...kept].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

interface Planning {
  readonly head: Terms & Pick<Plan, 'account'>;
  readonly before: Plan | undefined;
  readonly request: Notice['request'];
  readonly now: Instant;
}

/** Whoever asks for something at once has ordered it for every service as it was when it was first seen. */
function planServices(services: readonly ServiceSituation[], { head, before, request, now }: Planning) {
  const known = new Map(before?.services.map((one) => [serviceArn(one.at), one]));
  const plan = (orders: readonly Order[]) =>
    services.map((service) => planService(service, { ...head, orders, now }, known.get(serviceArn(service.at))));
  const planned = plan(head.orders);
  const fresh = planned.filter(({ at, work }) => work !== undefined && known.get(serviceArn(at))?.work === undefined);
  if (request?.now !== true || fresh.length === 0) return { planned, orders: head.orders };
  const wanted: Order = {
    kind: 'run-now',
    by: request.by,
    at: now,
    until: head.deadline,
    // Nobody was shown what preflight asks, so it is not agreed to.
    services: Object.fromEntries(fresh.map(({ at, hash }) => [serviceArn(at), { hash, asks: [] }])),
  };
  const orders = [...head.orders, wanted];
  return { planned: plan(orders), orders };
}

type Context = Planning['head'] & { readonly now: Instant };

function planService(service: ServiceSituation, context: Context, before: PlannedService | undefined): PlannedService {
  const { at } = service;
  const { now, account, orders } = context;
  const run = before?.run ?? NOT_BEGUN;
  if (service.status !== 'active') {
    const verdict: PlanVerdict =
      service.status === 'gone'
        ? { kind: 'gone', reason: 'no-service', because: service.because }
        : { kind: 'blocked', reason: 'unread', because: service.because };
    return { ...(before ?? { hash: '' }), at, run, verdict, lookedAt: now };
  }
  const work = workOf(service, context, now, before?.work);
  const left = leftAloneBy(orders, at);
  const verdict = verdictOf({
    work,
    allowance: service.allowance,
    needsApproval: needsApproval({ work, run }),
    occasion: context,
    ...(account && { account }),
    ...(left !== undefined && { leftAloneBy: left }),
    now,
  });
  return { at, work, run, hash: workHash(work, run.failures), verdict, lookedAt: now };
}

/** Of what is still to be done. */
const planHash = (services: readonly PlannedService[]): string =>
  shortHash(
    JSON.stringify(
      services
        .filter(({ run }) => run.stage.kind !== 'ended')
        .map(({ at, hash, work }) => [serviceArn(at), hash, work === undefined ? [] : asksOf(work)]),
    ),
  );
