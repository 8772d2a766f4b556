import type { PlayedEcs } from '../../cli/plan/ecs.ts';
import type { Stage } from '../../cli/plan/play.ts';
import { hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import type { Order } from '../../shared/domain/plan/order.ts';
import { approve, veto } from '../../shared/domain/plan/people/approval.ts';
import { order, runNow } from '../../shared/domain/plan/people/orders.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import { OTHER_PLAN } from './plan-faults.ts';
import type { Deed } from './plan-worlds.ts';

/** What people have said so far, and what the world has come to. */
export interface Voices {
  isApproved: boolean;
  isObjected: boolean;
  isFrozen: boolean;
}

interface Given {
  readonly at: ServiceRef;
  readonly truth: PlayedEcs;
  /** The world's clock, and the plan's. */
  readonly now: Instant;
  readonly clock: Instant;
}

/** One thing that somebody does, or that happens, to one service. */
export function act(deed: Deed['deed'], stage: Stage, voices: Voices, { at, truth, now, clock }: Given): void {
  const arn = serviceArn(at);
  switch (deed) {
    case 'approve':
      // Whoever objected agrees too.
      stage.plan = ['ada', 'bob'].reduce((plan, by) => agreed(plan, by, clock), stage.plan);
      voices.isApproved = true;
      voices.isObjected = false;
      return;
    case 'veto':
      stage.plan = veto(stage.plan, 'bob', clock);
      voices.isObjected = true;
      return;
    case 'run-now': {
      const given = { by: 'bob', hash: stage.plan.hash, services: [arn], until: clock + hours(3) };
      const answer = runNow(stage.plan, given, clock);
      if (answer === 'changed') throw new Error('what is stored is what is shown');
      // Refused where it has ended already.
      if ('refused' in answer) return;
      stage.plan = answer;
      voices.isObjected = false;
      return;
    }
    case 'pin':
    case 'hand-over':
      stage.plan = ordered(stage.plan, { kind: deed, by: 'ada', at: clock, services: [arn] }, clock);
      return;
    case 'deploy':
      return truth.deploy(at, now);
    case 'release':
      return truth.deploy(at, now, 'checkout:43');
    case 'lock':
      return lock(stage, at, clock);
    case 'freeze':
      voices.isFrozen = true;
      return;
    case 'unfreeze':
      voices.isFrozen = false;
  }
}

function agreed(plan: Plan, by: string, at: Instant): Plan {
  const answer = approve(plan, { by, hash: plan.hash }, at);
  if (answer === 'changed') throw new Error('what is stored is what is shown');
  return answer;
}

/** What is refused changes nothing. */
function ordered(plan: Plan, given: Order, now: Instant): Plan {
  const answer = order(plan, given, now);
  return 'refused' in answer ? plan : answer;
}

/** Another plan takes the service, unless somebody holds it. */
function lock(stage: Stage, at: ServiceRef, clock: Instant): void {
  const arn = serviceArn(at);
  if (stage.locks.some((one) => serviceArn(one.at) === arn && clock < one.expiresAt)) return;
  const fence = 1 + Math.max(0, ...stage.locks.map((one) => one.fence));
  stage.locks = [
    ...stage.locks.filter((one) => serviceArn(one.at) !== arn),
    { at, owner: OTHER_PLAN, fence, expiresAt: clock + minutes(40), tasks: 1 },
  ];
}
