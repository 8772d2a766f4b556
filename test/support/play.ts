import { type PlayedEcs, type PlayedService, playEcs } from '../../cli/plan-ecs.ts';
import { type Played, playOnce, type Stage } from '../../cli/plan-play.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { approve, veto } from '../../shared/domain/plan/approval.ts';
import type { PlannedService } from '../../shared/domain/plan/plan.ts';
import type { ActiveService } from '../../shared/domain/plan/situation.ts';
import { DEFAULT_RUN_CONFIG, type PlanNews, type RunConfig } from '../../shared/domain/plan/step.ts';
import { aNotice, aPlan, aSituation, DEADLINE, DELIVERED } from './plans.ts';

type Facts = Partial<Omit<ActiveService, 'status' | 'tasks' | 'deployments'>>;

/** A service whose deployments take ten minutes and succeed, unless it is said otherwise. */
export function aPlayedService(facts: Facts = {}, terms: Partial<PlayedService> = {}): PlayedService {
  const { status: _, at, allowance, tasks, deployments, ...service } = aSituation(facts);
  const createdAt = tasks.map((task) => task.createdAt ?? 0);
  return { at, allowance, service, tasks: createdAt, deployments, takes: minutes(10), ends: 'succeeded', ...terms };
}

/** A plan on a stage, with hands that can do to it what people and the world do. */
export function aPlay(services: readonly PlayedService[], config: Partial<RunConfig> = {}) {
  const ecs: PlayedEcs = playEcs(services, { boundary: DELIVERED, deadline: DEADLINE });
  const notice = aNotice();
  const stage: Stage = { ecs, plan: aPlan(ecs.look(DELIVERED), { notice }), locks: [] };
  const looks: Played[] = [];
  const look = (now: Instant): Played => {
    const played = playOnce(stage, { notice, tasks: [], tz: '2026a' }, { ...DEFAULT_RUN_CONFIG, ...config }, now);
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
    approve(now: Instant, by = 'ada'): void {
      const answer = approve(stage.plan, { by, hash: stage.plan.hash }, now);
      if (answer === 'changed') throw new Error('the plan has changed');
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
    news: (): readonly (PlanNews & { readonly seen: Instant })[] =>
      looks.flatMap(({ at, news }) => news.map((one) => ({ ...one, seen: at }))),
  };
}
