import { hours, type Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { consentTo } from '../people/approval.ts';
import { nameOf, type Plan, type PlannedService, RUNGS, type Rung } from '../plan.ts';
import type { PlanNews, Quorum } from '../step.ts';
import type { PlannedTask } from '../tasks/standalone.ts';
import { taskName } from '../tasks/task-look.ts';

/** Milliseconds before the deadline. */
const OWNERS_AT = hours(72);
const PAGE_AT = hours(24);

const DUE: Readonly<Record<Rung, (plan: Plan) => Instant>> = {
  half: (plan) => passed(plan, 1 / 2),
  owners: (plan) => (plan.occasion === 'retirement' ? plan.deadline - OWNERS_AT : passed(plan, 3 / 4)),
  page: (plan) => (plan.occasion === 'retirement' ? plan.deadline - PAGE_AT : passed(plan, 9 / 10)),
};

/** When so much of the time between the plan and its deadline is gone. */
const passed = ({ madeAt, deadline }: Plan, share: number): Instant => madeAt + (deadline - madeAt) * share;

/** What somebody asked for wakes nobody at night: nothing happens if it is not done. */
const AUDIENCE: Readonly<Record<Plan['occasion'], Readonly<Record<Rung, PlanNews['audience']>>>> = {
  retirement: { half: 'channel', owners: 'owners', page: 'page' },
  request: { half: 'thread', owners: 'channel', page: 'owners' },
};

/** When somebody is reminded next, if somebody has to be then. */
export function nextRung(plan: Plan, now: Instant): Instant | undefined {
  const due = RUNGS.filter((rung) => !plan.told.includes(rung)).map((rung) => DUE[rung](plan));
  return due.filter((at) => at > now && at < plan.deadline).toSorted((a, b) => a - b)[0];
}

/** Who is reminded as time runs out, each rung once; of several that are due at once, the loudest alone is said. */
export function remind(
  plan: Plan,
  quorum: Quorum,
  now: Instant,
): { readonly plan: Plan; readonly news: readonly PlanNews[] } {
  const due = RUNGS.filter((rung) => !plan.told.includes(rung) && DUE[rung](plan) <= now && now < plan.deadline);
  const rung = due.at(-1);
  if (rung === undefined) return { plan, news: [] };
  const waiting = [
    ...plan.services
      .filter((service) => wantsSomebody(service, plan, { rung, quorum }))
      .map((service) => `${nameOf(service)}: ${service.verdict.because}`),
    ...plan.tasks
      .filter((task) => isForSomebody(task, rung))
      .map((task) => `${taskName(task)}: ${task.verdict.because}`),
  ];
  // Not told is not used up: a service may come to need somebody later.
  if (waiting.length === 0) return { plan, news: [] };
  const told = [...plan.told, ...due];
  return {
    plan: { ...plan, told },
    news: [{ kind: 'reminder', text: textOf(waiting, plan), audience: AUDIENCE[plan.occasion][rung] }],
  };
}

interface Asked {
  readonly rung: Rung;
  readonly quorum: Quorum;
}

/** A service that is scheduled and agreed to needs nobody, but on the last day whatever is not done is somebody's. */
function wantsSomebody(service: PlannedService, plan: Plan, { rung, quorum }: Asked): boolean {
  const { stage } = service.run;
  if (stage.kind === 'handing-over') return rung === 'page' && stage.why === 'late';
  if (stage.kind !== 'waiting') return false;
  return rung === 'page' || service.verdict.kind === 'escalated' || !consentTo(service, plan, quorum).isGiven;
}

/** Of tasks of no service those whose owners do not know by themselves; on the last day also such as wait for a window. */
const isForSomebody = ({ run, verdict }: PlannedTask, rung: Rung): boolean =>
  run.kind === 'waiting' &&
  (verdict.kind === 'notify' ? verdict.need !== 'none' && rung !== 'half' : rung === 'page' && verdict.kind !== 'gone');

const textOf = (waiting: readonly string[], { occasion, deadline }: Plan): string => {
  const when =
    occasion === 'retirement' ? `AWS begins ${utcMinute(deadline)}` : `It is to be over by ${utcMinute(deadline)}`;
  return [
    `${when}, and ${waiting.length === 1 ? 'one still waits' : `${waiting.length} still wait`}.`,
    ...waiting,
  ].join('\n');
};
