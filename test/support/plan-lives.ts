import { lastLook, nextLook } from '../../cli/plan-clock.ts';
import { type PlayedEcs, type PlayedService, playEcs } from '../../cli/plan-ecs.ts';
import { type Stage, take } from '../../cli/plan-play.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import type { Allowance } from '../../shared/domain/plan/allowance.ts';
import { approve, veto } from '../../shared/domain/plan/approval.ts';
import { nextSteps } from '../../shared/domain/plan/next-steps.ts';
import { isOver, type Plan, type PlanId } from '../../shared/domain/plan/plan.ts';
import { isUnderWay, type ServiceDeployment, type ServiceSituation } from '../../shared/domain/plan/situation.ts';
import { DEFAULT_RUN_CONFIG, type PlanNews } from '../../shared/domain/plan/step.ts';
import { latestStart } from '../../shared/domain/windows/usable-openings.ts';
import { BEGINS, SAFE, type World } from './plan-worlds.ts';
import { aNotice, anAllowance, aPlan, aService, DELIVERED, tasks } from './plans.ts';
import { aPlayedService } from './play.ts';

// True enough for a test: the domain names plans itself.
const OTHER_PLAN = 'pln-other' as PlanId;

interface Start {
  readonly name: string;
  readonly cluster: string;
  readonly at: Instant;
  readonly wrong: readonly string[];
}

/** A whole life of a plan, with everything that went wrong at each start; nothing may have. */
export function live({ services, openings: openAt, budget: limits, deeds, looks, onDeadline }: World) {
  let isFrozen = false;
  let now = DELIVERED;
  let clock = now;
  const voices = { approvedAt: undefined as Instant | undefined, vetoed: false };
  const played = services.map((one, index): PlayedService => {
    const allowance: Allowance = anAllowance({
      openings: openAt,
      mode: one.mode,
      budget: limits,
      overrun: one.overrun,
    });
    const count = one.old + one.fresh;
    return aPlayedService(
      {
        at: aService(`s${index}`, one.cluster),
        allowance,
        desired: count,
        running: count,
        durations: { past: [1, 1, 1].map(() => minutes(one.takes)) },
      },
      {
        tasks: tasks(one.old, one.fresh).map(({ createdAt }) => createdAt ?? 0),
        takes: minutes(one.takes),
        ends: one.ends,
      },
    );
  });
  const truth = playEcs(played, { boundary: DELIVERED, deadline: BEGINS });
  const frozen = (one: ServiceSituation): ServiceSituation =>
    one.status === 'active' && isFrozen ? { ...one, allowance: { ...one.allowance, openings: [] } } : one;
  // ECS shows what was asked of it with a delay.
  const lagging = (one: ServiceSituation): ServiceSituation => {
    if (one.status !== 'active') return one;
    const isShown = ({ id, createdAt }: ServiceDeployment): boolean =>
      createdAt + seconds(90) <= now || !ours.some((our) => our.id === id && our.arn === serviceArn(one.at));
    return { ...one, deployments: one.deployments.filter(isShown) };
  };
  const real = () => truth.look(now).map(frozen);
  const seen = () => real().map(lagging);
  const notice = aNotice({ startsAt: BEGINS });
  const starts: Start[] = [];
  const news: (PlanNews & { readonly seen: Instant })[] = [];
  const ours: { readonly arn: string; readonly id: string }[] = [];
  const stage: Stage = { ecs: truth, plan: aPlan(seen(), { notice }), locks: [] };

  function underWay(): readonly string[] {
    return truth
      .look(now)
      .flatMap((one) =>
        one.status === 'active' &&
        one.deployments.some(
          (deployment) =>
            isUnderWay(deployment) && ours.some(({ arn, id }) => arn === serviceArn(one.at) && id === deployment.id),
        )
          ? [serviceArn(one.at)]
          : [],
      );
  }

  /** Everything that must not be so when a deployment is asked for, by the only clock that the plan has. */
  function faults(at: (typeof played)[number]['at']): readonly string[] {
    const arn = serviceArn(at);
    const situation = real().find((one) => serviceArn(one.at) === arn);
    const terms = services[played.findIndex((one) => serviceArn(one.at) === arn)];
    if (situation?.status !== 'active' || terms === undefined) return ['not there'];
    const expected = minutes(terms.takes);
    const isInTime = situation.allowance.openings.some(
      (opening) =>
        opening.opens <= clock && clock <= Math.min(latestStart(opening, expected), opening.closes - expected),
    );
    const planned = stage.plan.services.find((one) => serviceArn(one.at) === arn);
    const mustAsk = terms.mode === 'approve' || (planned?.run.failures ?? 0) > 0;
    const flying = underWay().filter((one) => one !== arn);
    return [
      ...(isInTime && clock <= SAFE ? [] : ['outside of every opening']),
      ...(terms.mode === 'notify' ? ['only to be told'] : []),
      ...(mustAsk && voices.approvedAt === undefined && onDeadline === 'handover' ? ['not approved'] : []),
      ...(mustAsk && voices.approvedAt === undefined && (planned?.run.failures ?? 0) > 0 ? ['not approved anew'] : []),
      ...(voices.vetoed ? ['objected to'] : []),
      ...(situation.deployments.some(isUnderWay) ? ['a deployment is under way'] : []),
      ...(situation.tasks.some(({ createdAt = 0 }) => createdAt < DELIVERED) ? [] : ['nothing is old']),
      ...(flying.length >= limits.maxServices ? ['over the budget'] : []),
      ...(flying.filter((one) => one.includes(`/${at.cluster}/`)).length >= limits.maxServicesPerCluster
        ? ['over the budget of the cluster']
        : []),
      ...(stage.locks.some((lock) => serviceArn(lock.at) === arn && lock.owner === OTHER_PLAN && clock < lock.expiresAt)
        ? ['locked by another plan']
        : []),
    ];
  }

  const watched: PlayedEcs = {
    ...truth,
    deploy(at) {
      starts.push({ name: at.service, cluster: at.cluster, at: clock, wrong: faults(at) });
      truth.deploy(at, now);
      const [newest] = truth
        .look(now)
        .flatMap((one) => (one.status === 'active' && serviceArn(one.at) === serviceArn(at) ? one.deployments : []));
      if (newest !== undefined) ours.push({ arn: serviceArn(at), id: newest.id });
    },
    rollBack: (at, deployment) => truth.rollBack(at, deployment, now),
  };
  stage.ecs = watched;

  function act({ deed: what, which }: (typeof deeds)[number]): void {
    const one = played[which % played.length];
    if (one === undefined) return;
    switch (what) {
      case 'approve':
        // Whoever objected agrees too.
        stage.plan = ['ada', 'bob'].reduce((plan, by) => agreed(plan, by, clock), stage.plan);
        voices.approvedAt = clock;
        voices.vetoed = false;
        return;
      case 'veto':
        stage.plan = veto(stage.plan, 'bob', clock);
        voices.vetoed = true;
        return;
      case 'deploy':
        return truth.deploy(one.at, now);
      case 'release':
        return truth.deploy(one.at, now, 'checkout:43');
      case 'lock':
        if (!stage.locks.some(({ at, expiresAt }) => serviceArn(at) === serviceArn(one.at) && clock < expiresAt)) {
          const fence = 1 + Math.max(0, ...stage.locks.map((lock) => lock.fence));
          stage.locks = [
            ...stage.locks.filter(({ at }) => serviceArn(at) !== serviceArn(one.at)),
            { at: one.at, owner: OTHER_PLAN, fence, expiresAt: clock + minutes(40), tasks: 1 },
          ];
        }
        return;
      case 'freeze':
        isFrozen = true;
        return;
      case 'unfreeze':
        isFrozen = false;
    }
  }

  const todo = deeds.toSorted((a, b) => a.at - b.at);
  for (const { cutAfter, clock: error, isBlind, late } of looks) {
    if (isOver(stage.plan) || now > lastLook(stage.plan) + hours(12)) break;
    clock = now + error;
    while (todo[0] !== undefined && DELIVERED + minutes(todo[0].at) <= now) {
      const next = todo.shift();
      if (next !== undefined) act(next);
    }
    const look = isBlind
      ? seen().map(({ at }): ServiceSituation => ({ status: 'unread', at, because: 'throttled' }))
      : seen();
    const {
      plan,
      steps,
      news: said,
    } = nextSteps(
      stage.plan,
      { notice, services: look, tasks: [], tz: '2026a' },
      { ...DEFAULT_RUN_CONFIG, onDeadline },
      stage.locks,
      clock,
    );
    if (typeof cutAfter === 'number') {
      stage.plan = plan;
      news.push(...said.map((one) => ({ ...one, seen: now })));
      for (const step of steps.slice(0, cutAfter)) take(stage, step, clock);
    }
    const isNear = todo[0] === undefined ? [] : [DELIVERED + minutes(todo[0].at)];
    now = nextLook(stage.plan, isNear, now) + late;
  }
  return { plan: stage.plan, starts, news, truth, at: now };
}

function agreed(plan: Plan, by: string, at: Instant): Plan {
  const answer = approve(plan, { by, hash: plan.hash }, at);
  if (answer === 'changed') throw new Error('what is stored is what is shown');
  return answer;
}
