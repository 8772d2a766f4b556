import type { Notice } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { serviceArn } from '../place.ts';
import { consentTo, needsApproval } from './approval.ts';
import { follow } from './flight.ts';
import { remind } from './ladder.ts';
import { type LockView, releaseLock, withSteps } from './lock.ts';
import { ended, type Look, type Move, stay, tell } from './look.ts';
import { makePlan } from './make-plan.ts';
import type { Plan, PlannedService } from './plan.ts';
import { AWS_TAKES, watchAws } from './proof.ts';
import type { ActiveService, ServiceSituation, StandaloneTask } from './situation.ts';
import type { PlanNews, RunConfig, Stepped } from './step.ts';
import { wait } from './waiting.ts';

/** Everything that is looked at, as it is at one moment. */
export interface Observed {
  readonly notice: Notice;
  readonly services: readonly ServiceSituation[];
  readonly tasks: readonly StandaloneTask[];
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
  const moved = plan.services.reduce<Stepped>(
    (so, service) => {
      const look = { observed, config, now, locks: withSteps(locks, so.steps) };
      const { run, steps, news } = move(service, so.plan, look);
      const services = so.plan.services.map((one) => (one === service ? { ...service, run } : one));
      return { plan: { ...so.plan, services }, steps: [...so.steps, ...steps], news: [...so.news, ...news] };
    },
    { plan, steps: [], news: changed },
  );
  const reminded = remind(moved.plan, config, now);
  return { plan: reminded.plan, steps: moved.steps, news: [...moved.news, ...reminded.news] };
}

/** One step of one service; the services before it have taken theirs. */
function move(
  service: PlannedService,
  plan: Plan,
  { observed, config, locks, now }: { observed: Observed; config: RunConfig; locks: LockView; now: Instant },
): Move {
  const { stage } = service.run;
  const release = releaseLock(locks, plan, service.at, now);
  if (stage.kind === 'ended') return stay({ service }, release);
  const situation = observed.services.find(({ at }) => serviceArn(at) === serviceArn(service.at));
  if (situation?.status === 'gone')
    return ended({ service, now }, { end: 'skipped', because: situation.because, steps: release });
  if (situation?.status !== 'active' || service.work === undefined) return unseen({ service, now }, plan);
  const look: Look = {
    plan,
    service,
    work: service.work,
    situation,
    situations: observed.services.filter((one): one is ActiveService => one.status === 'active'),
    locks,
    ...(observed.totalTasks !== undefined && { totalTasks: observed.totalTasks }),
    config,
    now,
  };
  switch (stage.kind) {
    case 'waiting':
      return wait(look, stage);
    case 'handing-over':
      return watchAws(look);
    case 'starting':
    case 'running':
    case 'verifying':
      return follow(look, stage);
  }
}

const LOUD: ReadonlySet<PlannedService['verdict']['kind']> = new Set(['escalated', 'handed-over']);

const isLate = ({ work }: PlannedService, now: Instant): boolean => work !== undefined && now > work.latestSafeStart;

/** Nothing is decided about what cannot be seen, but not for ever: the deadline is not missed in silence. */
function unseen(look: Pick<Look, 'service' | 'now'>, { deadline }: Plan): Move {
  if (look.now <= deadline + AWS_TAKES) return stay(look);
  return ended(look, { end: 'escalated', because: `What became of it is not known. ${look.service.verdict.because}` });
}

/** What the world has changed about a service since the last look, in sentences for those who follow it. */
function changesOf(
  service: PlannedService,
  {
    before,
    plan,
    config,
    now,
  }: { readonly before: Plan; readonly plan: Plan; readonly config: RunConfig; readonly now: Instant },
): readonly PlanNews[] {
  const known = before.services.find(({ at }) => serviceArn(at) === serviceArn(service.at));
  const { verdict, run } = service;
  if (run.stage.kind !== 'waiting') return [];
  const audience = verdict.kind === 'escalated' ? 'owners' : 'thread';
  const isOther = known?.verdict.kind !== verdict.kind || known.verdict.reason !== verdict.reason;
  // Blocked and ready again within minutes is nobody's news, as long as the window is not open; then `held` is told. That
  // the last opening was missed, and that it is too late, are told as what they are.
  const isToldOtherwise = (service.work?.slot === undefined && run.stage.aim !== undefined) || isLate(service, now);
  const isWorth = isOther && !isToldOtherwise && (known === undefined || LOUD.has(verdict.kind));
  const wasAgreed = known !== undefined && needsApproval(known) && consentTo(known, before, config.votes).isGiven;
  const isLost = wasAgreed && known.run.failures === run.failures && !consentTo(service, plan, config.votes).isGiven;
  return [
    ...(isWorth ? [tell({ service }, 'verdict', verdict.because, audience)] : []),
    ...(isLost
      ? [tell({ service }, 'changed', `It is not what was approved any more. ${verdict.because}`, 'channel')]
      : []),
  ];
}
