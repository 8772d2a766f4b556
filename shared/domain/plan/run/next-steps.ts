import type { Notice } from '../../incident.ts';
import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import { type LockView, releaseLock, withSteps } from '../lock.ts';
import { makePlan } from '../make-plan.ts';
import type { Plan, PlannedService } from '../plan.ts';
import type { AccountFacts, ServiceSituation, StandaloneTask } from '../situation.ts';
import type { RunConfig, StepOutcome, Stepped } from '../step.ts';
import { moveTasks } from '../tasks/task-life.ts';
import { changesOf } from './changes.ts';
import { follow } from './flight.ts';
import { AWS_TAKES, watch } from './handing-over.ts';
import { remind } from './ladder.ts';
import { ended, type Look, type Move, stay } from './look.ts';
import { wait } from './waiting.ts';

/** Everything that is looked at, as it is at one moment. */
export interface Observed {
  readonly notice: Notice;
  /** Those that this look asked about; the others stay as they were. */
  readonly services: readonly ServiceSituation[];
  readonly tasks: readonly StandaloneTask[];
  /** What the account does about retirements; absent: not asked in this look. */
  readonly account?: AccountFacts;
  /** What came of the last steps that did not just work, by the ARN of the service or the id of the task. */
  readonly outcomes?: Readonly<Record<string, StepOutcome>>;
  /** Running tasks of everything that the windows select, for their budgets; absent: not counted. */
  readonly totalTasks?: number;
  readonly tz: string;
}

/**
 * The next steps of a plan: compares what should be with what is, and so needs to know of nothing that happened between
 * two looks. Save the plan, then take the steps in order, then look again; a step that was not taken, or whose answer was
 * lost, shows at the next look. Whatever needs a person is news.
 */
export function nextSteps(before: Plan, observed: Observed, config: RunConfig, locks: LockView, now: Instant): Stepped {
  const planned = makePlan(observed.notice, observed.services, { ...observed, now }, before);
  // A notice that lost its date in an update is followed by the date it had.
  const plan = planned.status === 'planned' ? planned.plan : before;
  const changed = plan.services.flatMap((service) => changesOf(service, { before, plan, config, now }));
  const seen = new Map(observed.services.map((one) => [serviceArn(one.at), one]));
  const moved = plan.services.reduce<Stepped>(
    (so, service) => {
      const look = { observed, config, now, locks: withSteps(locks, so.steps) };
      const { run, steps, news } = move(service, so.plan, { ...look, situation: seen.get(serviceArn(service.at)) });
      const services = so.plan.services.map((one) => (one === service ? { ...service, run } : one));
      return { plan: { ...so.plan, services }, steps: [...so.steps, ...steps], news: [...so.news, ...news] };
    },
    { plan, steps: [], news: changed },
  );
  const tasks = moveTasks(moved.plan, { before, observed, config, now });
  const reminded = remind({ ...moved.plan, tasks: tasks.tasks }, config, now);
  return {
    plan: reminded.plan,
    steps: [...moved.steps, ...tasks.steps],
    news: [...moved.news, ...tasks.news, ...reminded.news],
  };
}

interface Looking {
  readonly observed: Observed;
  readonly config: RunConfig;
  readonly locks: LockView;
  readonly now: Instant;
  readonly situation: ServiceSituation | undefined;
}

/** One step of one service; the services before it have taken theirs. */
function move(service: PlannedService, plan: Plan, { observed, config, locks, now, situation }: Looking): Move {
  const { stage } = service.run;
  const release = releaseLock(locks, plan, service.at, now);
  if (stage.kind === 'ended') return stay({ service }, release);
  if (situation === undefined) return stay({ service });
  if (situation.status === 'gone')
    return ended({ service, now }, { end: 'skipped', because: situation.because, steps: release });
  if (situation.status === 'unread' || service.work === undefined) return unseen({ service, now }, plan);
  const look: Look = {
    plan,
    service,
    work: service.work,
    situation,
    outcomes: observed.outcomes ?? {},
    locks,
    ...(observed.totalTasks !== undefined && { totalTasks: observed.totalTasks }),
    config,
    now,
  };
  switch (stage.kind) {
    case 'waiting':
      return wait(look, stage);
    case 'handing-over':
      return watch(look);
    case 'starting':
    case 'running':
    case 'replacing':
    case 'verifying':
      return follow(look, stage);
  }
}

/** Nothing is decided about what cannot be seen, but not for ever: the deadline is not missed in silence. */
function unseen(look: Pick<Look, 'service' | 'now'>, { deadline }: Plan): Move {
  if (look.now <= deadline + AWS_TAKES) return stay(look);
  return ended(look, { end: 'escalated', because: `What became of it is not known. ${look.service.verdict.because}` });
}
