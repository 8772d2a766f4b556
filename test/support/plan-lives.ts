import { lastLook, nextLook } from '../../cli/plan/clock.ts';
import { type PlayedEcs, type PlayedService, playEcs } from '../../cli/plan/ecs.ts';
import { type PlayedTasks, playTasks } from '../../cli/plan/ecs-tasks.ts';
import { note, type Stage, take } from '../../cli/plan/play.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import { isUnderWay } from '../../shared/domain/plan/deployments.ts';
import { isOver } from '../../shared/domain/plan/plan.ts';
import { nextSteps } from '../../shared/domain/plan/run/next-steps.ts';
import { type ServiceDeployment, type ServiceSituation } from '../../shared/domain/plan/situation.ts';
import { inFlight } from '../../shared/domain/plan/stage.ts';
import { DEFAULT_RUN_CONFIG, type PlanNews, type PlanStep, type StepOutcome } from '../../shared/domain/plan/step.ts';
import { playedOf, taskOf } from './plan-cast.ts';
import { act, type Voices } from './plan-deeds.ts';
import { faultsAt, isTaskOpen } from './plan-faults.ts';
import { type Aws, BEGINS, type World } from './plan-worlds.ts';
import { aNotice, aPlan, aService, DELIVERED } from './plans.ts';

interface Start {
  readonly name: string;
  readonly how: 'deploy' | 'replace-task' | 'run-task' | 'stop-task';
  readonly at: Instant;
  readonly wrong: readonly string[];
}

/** A whole life of a plan, with everything that went wrong at each start; nothing may have. */
export function live(world: World) {
  let now = DELIVERED;
  let clock = now;
  const voices: Voices = { isApproved: false, isObjected: false, isFrozen: false };
  const played = world.services.map((one, index) => playedOf(one, index, world));
  const truth = playEcs(played, { boundary: DELIVERED, deadline: BEGINS });
  const copies = playTasks(
    world.tasks.map((one, index) => taskOf(one, index, world)),
    BEGINS,
  );
  const ours: { readonly arn: string; readonly id: string }[] = [];
  const starts: Start[] = [];
  const news: (PlanNews & { readonly seen: Instant })[] = [];
  const notice = aNotice({ startsAt: BEGINS });

  const frozen = (one: ServiceSituation): ServiceSituation =>
    one.status === 'active' && voices.isFrozen ? { ...one, allowance: { ...one.allowance, openings: [] } } : one;
  // ECS shows what was asked of it with a delay.
  const lagging = (one: ServiceSituation): ServiceSituation => {
    if (one.status !== 'active') return one;
    const isShown = ({ id, createdAt }: ServiceDeployment): boolean =>
      createdAt + seconds(90) <= now || !ours.some((our) => our.id === id && our.arn === serviceArn(one.at));
    return { ...one, deployments: one.deployments.filter(isShown) };
  };
  const real = () => truth.look(now).map(frozen);
  const seen = () => real().map(lagging);

  /** What a deployment of ours moves, or a task that was stopped and has not come back. */
  const moving = (): readonly string[] =>
    truth.look(now).flatMap((one) => {
      if (one.status !== 'active') return [];
      const arn = serviceArn(one.at);
      const isOurs = ({ id }: ServiceDeployment): boolean => ours.some((our) => our.arn === arn && our.id === id);
      const comesBack = one.pending > 0 && played.find(({ at }) => serviceArn(at) === arn)?.ends === 'succeeded';
      const isMoved = one.deployments.some((deployment) => isUnderWay(deployment) && isOurs(deployment));
      return isMoved || comesBack ? [arn] : [];
    });

  function begin(how: 'deploy' | 'replace-task', at: PlayedService['at']): void {
    const terms = world.services[played.findIndex((one) => serviceArn(one.at) === serviceArn(at))];
    const { plan, locks } = stage;
    const judged = { world, plan, locks, situations: real(), moving: moving(), ...voices, clock };
    starts.push({ name: at.service, how, at: clock, wrong: faultsAt(at, terms, judged) });
  }

  const ecs: PlayedEcs = {
    ...truth,
    deploy(at) {
      begin('deploy', at);
      truth.deploy(at, now);
      const [newest] = truth
        .look(now)
        .flatMap((one) => (one.status === 'active' && serviceArn(one.at) === serviceArn(at) ? one.deployments : []));
      if (newest !== undefined) ours.push({ arn: serviceArn(at), id: newest.id });
    },
    rollBack: (at, deployment) => truth.rollBack(at, deployment, now),
    replaceTask(at, taskId) {
      const isThere = truth
        .look(now)
        .some((one) => one.status === 'active' && one.tasks.some((task) => task.taskId === taskId));
      // Of a task that has gone already nothing is stopped.
      if (isThere) begin('replace-task', at);
      truth.replaceTask(at, taskId, now);
    },
  };
  const tasks: PlayedTasks = {
    ...copies,
    run(launch) {
      starts.push({ name: launch.taskId, how: 'run-task', at: clock, wrong: relaunchFaults(launch.taskId, 'run') });
      copies.run(launch, now);
    },
    stop(taskId) {
      starts.push({ name: taskId, how: 'stop-task', at: clock, wrong: relaunchFaults(taskId, 'stop') });
      copies.stop(taskId, now);
    },
  };

  /** What begins a relaunch has to be in a window; what ends it has to come second. */
  function relaunchFaults(taskId: string, what: 'run' | 'stop'): readonly string[] {
    const terms = world.tasks[Number(taskId.slice('alone-'.length))];
    const situation = copies.look(now).find((one) => one.taskId === taskId);
    if (terms === undefined || terms.order === 'neither' || terms.mode === 'notify') return ['not to be relaunched'];
    const isFirst = (terms.order === 'start-then-stop') === (what === 'run');
    const isOldGone = situation?.task?.lastStatus === 'STOPPED';
    if (isFirst)
      return isOldGone || (isTaskOpen(world, clock) && !voices.isObjected) ? [] : ['outside of every opening'];
    const isReady = what === 'run' ? isOldGone : situation?.copy?.lastStatus === 'RUNNING';
    return isReady ? [] : ['before its time'];
  }

  const stage: Stage = {
    ecs,
    tasks,
    plan: aPlan(seen(), { notice, tasks: tasks.look(now) }),
    locks: [],
    outcomes: {},
  };

  for (const [index, { isPinned }] of world.services.entries())
    if (isPinned)
      act('pin', stage, voices, { at: aService(`s${index}`, world.services[index]?.cluster), truth, now, clock });

  const isMoving = ({ at }: ServiceSituation): boolean =>
    stage.plan.services.some((one) => serviceArn(one.at) === serviceArn(at) && inFlight(one.run.stage));

  const todo = world.deeds.toSorted((a, b) => a.at - b.at);
  for (const { cutAfter, clock: error, isBlind, late, skips, aws } of world.looks) {
    if (isOver(stage.plan) || now > lastLook(stage.plan) + hours(12)) break;
    clock = now + error;
    while (todo[0] !== undefined && DELIVERED + minutes(todo[0].at) <= now) {
      const next = todo.shift();
      const one = next && played[next.which % played.length];
      if (next && one) act(next.deed, stage, voices, { at: one.at, truth, now, clock });
    }
    const services = isBlind
      ? seen().map(({ at }): ServiceSituation => ({ status: 'unread', at, because: 'throttled' }))
      : seen().filter((one, index) => index !== skips || isMoving(one));
    const standalone = tasks.look(now).map((one) => (isBlind ? { taskId: one.taskId, unread: 'throttled' } : one));
    const { outcomes } = stage;
    const observed = { notice, services, tasks: standalone, outcomes, tz: '2026a' };
    const config = { ...DEFAULT_RUN_CONFIG, onDeadline: world.onDeadline };
    const { plan, steps, news: said } = nextSteps(stage.plan, observed, config, stage.locks, clock);
    if (typeof cutAfter === 'number') {
      stage.plan = plan;
      stage.outcomes = {};
      news.push(...said.map((one) => ({ ...one, seen: now })));
      for (const step of steps.slice(0, cutAfter)) note(stage, step, answered(stage, step, aws, clock));
    }
    const isNear = todo[0] === undefined ? [] : [DELIVERED + minutes(todo[0].at)];
    now = nextLook(stage.plan, isNear, now) + late;
  }
  return { plan: stage.plan, starts, news, truth, copies, at: now };
}

/** What AWS makes of a step; the table of locks always answers. */
function answered(stage: Stage, step: PlanStep, aws: Aws, clock: Instant): StepOutcome {
  if (step.kind === 'lock' || step.kind === 'unlock' || aws === 'works') return take(stage, step, clock);
  if (aws === 'throttles') return { status: 'failed', because: 'Too many calls.', retryable: true };
  if (aws === 'refuses') return { status: 'failed', because: 'The call is not allowed.', retryable: false };
  const outcome = take(stage, step, clock);
  return outcome.status === 'done' ? { status: 'failed', because: 'No answer came.', retryable: true } : outcome;
}
