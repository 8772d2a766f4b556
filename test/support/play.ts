import { type PlayedEcs, type PlayedService, playEcs } from '../../cli/plan/ecs.ts';
import { playTasks } from '../../cli/plan/ecs-tasks.ts';
import { type Played, playOnce, type Stage } from '../../cli/plan/play.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import type { Order } from '../../shared/domain/plan/order.ts';
import { approve, veto } from '../../shared/domain/plan/people/approval.ts';
import { order, runNow } from '../../shared/domain/plan/people/orders.ts';
import type { PlannedService } from '../../shared/domain/plan/plan.ts';
import { stepKey } from '../../shared/domain/plan/run/step-words.ts';
import type { ActiveService, StandaloneTask } from '../../shared/domain/plan/situation.ts';
import { DEFAULT_RUN_CONFIG, type PlanNews, type PlanStep, type RunConfig } from '../../shared/domain/plan/step.ts';
import { aNotice, aPlan, aSituation, DEADLINE, DELIVERED } from './plans.ts';

type Facts = Partial<Omit<ActiveService, 'status' | 'tasks' | 'deployments'>>;

/** A service whose deployments take ten minutes and succeed, unless it is said otherwise. */
export function aPlayedService(facts: Facts = {}, terms: Partial<PlayedService> = {}): PlayedService {
  const { status: _, at, allowance, tasks, deployments, ...service } = aSituation(facts);
  const createdAt = tasks.map((task) => task.createdAt ?? 0);
  return { at, allowance, service, tasks: createdAt, deployments, takes: minutes(10), ends: 'succeeded', ...terms };
}

/** A plan on a stage, with hands that can do to it what people and the world do. */
export function aPlay(
  services: readonly PlayedService[],
  config: Partial<RunConfig> = {},
  { notice = aNotice(), standalone = [] }: { notice?: Notice; standalone?: readonly StandaloneTask[] } = {},
) {
  const ecs: PlayedEcs = playEcs(services, { boundary: DELIVERED, deadline: DEADLINE });
  const tasks = playTasks(standalone, DEADLINE);
  const plan = aPlan(ecs.look(DELIVERED), { notice, tasks: tasks.look(DELIVERED) });
  const stage: Stage = { ecs, tasks, plan, locks: [], outcomes: {} };
  const looks: Played[] = [];
  const look = (now: Instant): Played => {
    const played = playOnce(stage, { notice, tz: '2026a' }, { ...DEFAULT_RUN_CONFIG, ...config }, now);
    looks.push(played);
    return played;
  };
  return {
    stage,
    ecs,
    look,
    /** Looks every minute, or as often as is said, up to and at `to`. */
    run(from: Instant, to: Instant, every = minutes(1)): void {
      for (let now = from; now <= to; now += every) look(now);
    },
    approve(now: Instant, by = 'ada', arns?: readonly string[]): void {
      const { hash } = stage.plan;
      const answer = approve(stage.plan, { by, hash, ...(arns && { services: arns }) }, now);
      if (answer === 'changed') throw new Error('the plan has changed');
      stage.plan = answer;
    },
    /** Throws where it is refused. */
    order(given: Order): void {
      const answer = order(stage.plan, given, given.at);
      if ('refused' in answer) throw new Error(answer.refused);
      stage.plan = answer;
    },
    runNow(now: Instant, until = now + hours(4), name = 'checkout'): void {
      const { hash } = stage.plan;
      const arns = stage.plan.services.filter(({ at }) => at.service === name).map(({ at }) => serviceArn(at));
      const answer = runNow(stage.plan, { by: 'ada', hash, services: arns, until }, now);
      if (answer === 'changed' || 'refused' in answer) throw new Error('the order is refused');
      stage.plan = answer;
    },
    veto(now: Instant, by = 'bob'): void {
      stage.plan = veto(stage.plan, by, now);
    },
    /** How far each service is, by name. */
    stages: (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        stage.plan.services.map(({ at, run }) => [
          at.service,
          run.stage.kind === 'ended' ? run.stage.end : run.stage.kind,
        ]),
      ),
    service(name = 'checkout'): PlannedService {
      const service = stage.plan.services.find(({ at }) => at.service === name);
      if (service === undefined) throw new Error(`there is no ${name}`);
      return service;
    },
    /** When ECS was asked for a deployment, and of which service. */
    deploys: () =>
      looks.flatMap(({ at, steps }) =>
        steps.flatMap((step) => (step.kind === 'deploy' ? [{ at, service: step.at.service }] : [])),
      ),
    /** Every step but those for locks, by how many minutes after `since`. */
    steps: (since: Instant): readonly (readonly [number, PlanStep['kind'], string])[] =>
      looks.flatMap(({ at, steps }) =>
        steps.flatMap((step) =>
          step.kind === 'lock' || step.kind === 'unlock'
            ? []
            : [[(at - since) / minutes(1), step.kind, 'taskId' in step ? step.taskId : stepKey(step)] as const],
        ),
      ),
    news: (): readonly (PlanNews & { readonly seen: Instant })[] =>
      looks.flatMap(({ at, news }) => news.map((one) => ({ ...one, seen: at }))),
  };
}
