import type { Notice } from '../../shared/domain/incident.ts';
import { days, type Instant, seconds } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import type { Check } from '../../shared/domain/plan/checks/check.ts';
import { preflight } from '../../shared/domain/plan/checks/preflight.ts';
import { holderOf } from '../../shared/domain/plan/lock.ts';
import { makePlan } from '../../shared/domain/plan/make-plan.ts';
import { consentTo } from '../../shared/domain/plan/people/approval.ts';
import { openRequest } from '../../shared/domain/plan/people/request.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** What would be planned for a service if somebody asked for it, with all of preflight. */
export interface Prospect {
  readonly plan: Plan;
  readonly service: PlannedService;
  readonly checks: readonly Check[];
}

/** A plan that is only looked at, or why there can be none. */
export type Prospected = Prospect | { readonly because: string };

/** Milliseconds that are left for the answer when reading ends. */
const RESERVE = seconds(8);
/** Openings of yesterday may still be open. */
const BEFORE = days(1);

/** Reads a service as it is now and plans for it as for a request of `asked`, which is to be over by `deadline`. */
export async function prospect(
  at: ServiceRef,
  { asked, deadline }: { readonly asked: Instant; readonly deadline: Instant },
  visit: Visit,
  deps: WorkerDeps,
): Promise<Prospected> {
  const { now, policy } = visit;
  const maintenance = await deps.maintenanceOf(policy);
  const range = { from: now - BEFORE, to: deadline };
  const terms = { maintenance, lifted: [], range, deadline: visit.deadline - RESERVE };
  const [[situation], locks] = await Promise.all([deps.reader.services([at], terms), deps.locks.load()]);
  if (situation === undefined) return { because: 'ECS could not be asked about the service: try again in a minute.' };
  if (situation.status !== 'active') return { because: situation.because };
  const planned = makePlan(requestOf(at, { asked, deadline }, visit), [situation], { tasks: [], tz: deps.tz, now });
  if (planned.status === 'none') return { because: planned.because };
  const { plan } = planned;
  const [service] = plan.services;
  if (service?.work === undefined) return { because: 'Nothing is known of the service: try again in a minute.' };
  const { work } = service;
  const checks = preflight(situation, {
    now,
    work,
    occasion: plan,
    ...(work.slot && { slot: work.slot }),
    consent: consentTo(service, plan, policy.run),
    lock: holderOf(locks, plan, at, now),
  });
  return { plan, service, checks };
}

const requestOf = (
  at: ServiceRef,
  { asked, deadline }: { readonly asked: Instant; readonly deadline: Instant },
  { request }: Visit,
): Notice => {
  const { partition, region, account } = at;
  const place = { partition, region, account };
  return openRequest({ by: request.user.id, why: 'asked', services: [at], deadline, place }, asked);
};
