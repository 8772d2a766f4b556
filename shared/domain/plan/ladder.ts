import { hours, type Instant } from '../instant.ts';
import { utcMinute } from '../utc.ts';
import { consentTo } from './approval.ts';
import { nameOf, type Plan, type PlannedService, RUNGS, type Rung } from './plan.ts';
import type { PlanNews, RunConfig } from './step.ts';

/** Milliseconds before the deadline. */
const OWNERS_AT = hours(72);
const PAGE_AT = hours(24);

const DUE: Readonly<Record<Rung, (plan: Plan) => Instant>> = {
  half: ({ madeAt, deadline }) => madeAt + (deadline - madeAt) / 2,
  owners: ({ deadline }) => deadline - OWNERS_AT,
  page: ({ deadline }) => deadline - PAGE_AT,
};

const AUDIENCE: Readonly<Record<Rung, PlanNews['audience']>> = { half: 'channel', owners: 'owners', page: 'page' };

/** Who is reminded as time runs out, each rung once; of several that are due at once, the loudest alone is said. */
export function remind(
  plan: Plan,
  { votes }: RunConfig,
  now: Instant,
): { readonly plan: Plan; readonly news: readonly PlanNews[] } {
  const due = RUNGS.filter((rung) => !plan.told.includes(rung) && DUE[rung](plan) <= now && now < plan.deadline);
  const rung = due.at(-1);
  if (rung === undefined) return { plan, news: [] };
  const waiting = plan.services.filter((service) => wantsSomebody(service, plan, { rung, votes }));
  // Not told is not used up: a service may come to need somebody later.
  if (waiting.length === 0) return { plan, news: [] };
  const told = [...plan.told, ...due];
  return {
    plan: { ...plan, told },
    news: [{ kind: 'reminder', text: textOf(waiting, plan), audience: AUDIENCE[rung] }],
  };
}

interface Asked {
  readonly rung: Rung;
  readonly votes: number;
}

/** A service that is scheduled and agreed to needs nobody, but on the last day whatever is not done is somebody's. */
function wantsSomebody(service: PlannedService, plan: Plan, { rung, votes }: Asked): boolean {
  const { stage } = service.run;
  if (stage.kind === 'handing-over') return rung === 'page' && stage.why === 'late';
  if (stage.kind !== 'waiting') return false;
  return rung === 'page' || service.verdict.kind === 'escalated' || !consentTo(service, plan, votes).isGiven;
}

const textOf = (services: readonly PlannedService[], { deadline }: Plan): string =>
  [
    `AWS begins ${utcMinute(deadline)}, and ${services.length === 1 ? 'one service still waits' : `${services.length} services still wait`}.`,
    ...services.map((service) => `${nameOf(service)}: ${service.verdict.because}`),
  ].join('\n');
