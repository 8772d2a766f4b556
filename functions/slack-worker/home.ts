import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { isOver, worstFirst } from '../../shared/domain/worst-first.ts';
import { closedHomeView, type HomeTab, homeView } from '../../shared/render/home-view.ts';
import type { CommandDeps } from './commands/command.ts';
import { isStranger } from './commands/stranger.ts';
import { personFor } from './permission.ts';
import type { Visit } from './visit.ts';

const LAST_ACTIONS = 10;

/** What the home tab of whoever opened it shows now; `views.publish` puts it there. Failed I/O throws as the stores do. */
export async function homeOf(visit: Visit, deps: CommandDeps): Promise<HomeTab> {
  if (isStranger(await personFor(visit, deps)())) return closedHomeView();
  const [{ records, isCut }, plans, audit] = await Promise.all([
    deps.loadOpen(),
    deps.plans.list(),
    deps.audit.listRecent(LAST_ACTIONS),
  ]);
  return homeView({
    open: records.filter((record) => record.kind === 'incident' && !isOver(record)).toSorted(worstFirst),
    isCut,
    plans: plans.filter(({ dueAt }) => dueAt !== undefined).toSorted(byDeadline),
    audit,
    now: visit.now,
  });
}

/** One that nobody has looked at yet has none, and comes first. */
const byDeadline = (a: PlanRecord, b: PlanRecord): number => (a.plan?.deadline ?? 0) - (b.plan?.deadline ?? 0);
