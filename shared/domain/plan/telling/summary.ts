import type { Instant } from '../../instant.ts';
import type { Budget } from '../../windows/maintenance.ts';
import { accountText } from '../account.ts';
import type { Boundary } from '../boundary.ts';
import type { Slot } from '../candidates.ts';
import { withAnswer } from '../checks/check.ts';
import { type Voice, voicesOn } from '../people/voices.ts';
import { type Votes, votesOn } from '../people/votes.ts';
import { isOver, nameOf, type Plan, type PlanId, type PlannedService } from '../plan.ts';
import type { PlanRecord } from '../plan-record.ts';
import { inFlight } from '../stage.ts';
import type { Quorum, RunConfig } from '../step.ts';
import { isRelaunching } from '../tasks/task-run.ts';
import { clip } from './clip.ts';
import { type PlanRow, rowOf } from './summary-row.ts';
import { ROW_STATUSES, type RowStatus } from './summary-status.ts';
import { TASK_STATUSES, type TaskRow, taskRow } from './task-row.ts';

/** A plan as its message shows it: bounded, so that it fits into the notice's record whatever the plan holds. */
export interface PlanSummary {
  readonly id: PlanId;
  /** Of what an approver agrees to. */
  readonly hash: string;
  /** Number of the last news that the record has taken in. */
  readonly heard: number;
  readonly occasion: 'retirement' | 'request';
  readonly phase: 'planned' | 'under-way' | 'over';
  readonly deadline: Instant;
  readonly boundary: Boundary;
  /** Of all services of the plan. */
  readonly counts: Readonly<Partial<Record<RowStatus, number>>>;
  /** Old and running Fargate tasks of all services. */
  readonly old: number;
  readonly of: number;
  /** What needs somebody first. */
  readonly rows: readonly PlanRow[];
  /** Services that have no row. */
  readonly leftOut: number;
  readonly tasks: readonly TaskRow[];
  readonly tasksLeftOut: number;
  /** The opening that is used now, or the next one. */
  readonly slot?: Slot;
  /** How much at the same time, where the budget says: `3 at a time, one before the others`. */
  readonly pace?: string;
  /** Of the service that has to begin first. */
  readonly latestSafeStart?: Instant;
  readonly votes: Votes;
  /** Services that wait and may get another image than the one they run. */
  readonly newImages?: number;
  /** Who decided what, once it is over. */
  readonly decided?: readonly Voice[];
  /** Decisions that are not among them. */
  readonly decidedLeftOut?: number;
  /** The account's own settings, in words: `wait period 7 days, event windows off`. */
  readonly account?: string;
}

/** Bounds of what a message can show, and of the record that it is kept in, which has 400 KB for everything. */
const ROWS = { most: 30, bytes: 7_000 };
const TASKS = { most: 15, bytes: 1_800 };
const DECISIONS = 5;

/** The plan of a record for its message. Throws a TypeError for a record without a plan. */
export function summarize(record: PlanRecord, config: Quorum & Pick<RunConfig, 'onDeadline'>): PlanSummary {
  const { plan } = record;
  if (plan === undefined) throw new TypeError(`${record.id} has no plan yet`);
  const all = plan.services.map((service) => rowOf(service, plan, config)).toSorted(byUrgency);
  const rows = fitting(all, ROWS);
  const allTasks = plan.tasks.map(taskRow).toSorted(byUrgencyOfTasks);
  const tasks = fitting(allTasks, TASKS);
  const slot = slotOf(all, plan.tasks);
  const left = plan.services.filter(({ run: { stage } }) => stage.kind === 'waiting');
  const safe = Math.min(...left.flatMap(latestOf));
  const pace = paceOf(left.flatMap(({ work }) => work?.budget ?? []));
  const newImages = left.filter(mayGetNewImage).length;
  const phase = phaseOf(plan);
  const decided = phase === 'over' ? voicesOn(plan) : [];
  return {
    id: plan.id,
    hash: plan.hash,
    heard: record.said,
    occasion: plan.occasion,
    phase,
    deadline: plan.deadline,
    boundary: plan.boundary,
    counts: Object.fromEntries(
      [...Map.groupBy(all, ({ status }) => status)].map(([status, members]) => [status, members.length]),
    ),
    old: all.reduce((sum, { old }) => sum + old, 0),
    of: all.reduce((sum, { of }) => sum + of, 0),
    rows,
    leftOut: all.length - rows.length,
    tasks,
    tasksLeftOut: allTasks.length - tasks.length,
    ...(slot && { slot }),
    ...(pace !== undefined && { pace }),
    ...(Number.isFinite(safe) && { latestSafeStart: safe }),
    votes: votesOn(plan, config),
    ...(newImages > 0 && { newImages }),
    ...(decided.length > 0 && { decided: decided.slice(0, DECISIONS) }),
    ...(decided.length > DECISIONS && { decidedLeftOut: decided.length - DECISIONS }),
    ...(plan.account && { account: clip(accountText(plan.account)) }),
  };
}

const mayGetNewImage = ({ work }: PlannedService): boolean =>
  work !== undefined && withAnswer(work.checks, 'ask').some(({ id }) => id === 'image-changed');

/** What has something to say comes before what has not. */
const byUrgency = (a: PlanRow, b: PlanRow): number =>
  ROW_STATUSES.indexOf(a.status) - ROW_STATUSES.indexOf(b.status) ||
  Number(isPlain(a)) - Number(isPlain(b)) ||
  compare(nameOf({ at: a.service }), nameOf({ at: b.service }));

const byUrgencyOfTasks = (a: TaskRow, b: TaskRow): number =>
  TASK_STATUSES.indexOf(a.status) - TASK_STATUSES.indexOf(b.status) || compare(a.name, b.name);

const isPlain = ({ asks, changes }: PlanRow): boolean => asks === undefined && changes === undefined;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The first that fit. */
function fitting<Row>(all: readonly Row[], { most, bytes }: typeof ROWS): readonly Row[] {
  let room = bytes;
  const cut = all.findIndex((row, index) => {
    room -= new TextEncoder().encode(JSON.stringify(row)).length;
    return index === most || room < 0;
  });
  return cut === -1 ? all : all.slice(0, cut);
}

/** Once anything was begun, or AWS has, it is under way; that something needs nothing is no beginning. */
function phaseOf(plan: Plan): PlanSummary['phase'] {
  if (isOver(plan)) return 'over';
  const hasBegun =
    plan.services.some(
      ({ run: { stage, last } }) =>
        last !== undefined || inFlight(stage) || (stage.kind === 'ended' && stage.end !== 'skipped'),
    ) || plan.tasks.some(({ run }) => isRelaunching(run) || (run.kind === 'ended' && run.end !== 'skipped'));
  return hasBegun ? 'under-way' : 'planned';
}

const isMoving = ({ status }: PlanRow): boolean => status === 'running' || status === 'verifying';

/** What is in flight is in the opening that is used now. */
function slotOf(rows: readonly PlanRow[], tasks: Plan['tasks']): Slot | undefined {
  const used = [
    ...rows.filter(isMoving).flatMap(({ slot }) => slot ?? []),
    ...tasks.flatMap(({ run }) => (isRelaunching(run) ? run.slot : [])),
  ];
  const next = [
    ...rows.flatMap(({ slot }) => slot ?? []),
    ...tasks.flatMap(({ run, verdict }) => (run.kind === 'waiting' && verdict.kind === 'relaunch' ? verdict.slot : [])),
  ];
  return (used.length > 0 ? used : next).toSorted((a, b) => a.opens - b.opens || a.closes - b.closes)[0];
}

const latestOf = ({ work }: PlannedService): readonly Instant[] =>
  work !== undefined && work.old > 0 ? [work.latestSafeStart] : [];

/** Where the budgets of services meet, the strictest holds. */
function paceOf(budgets: readonly Budget[]): string | undefined {
  if (budgets.length === 0) return undefined;
  const together = Math.min(...budgets.map(({ maxServices }) => maxServices));
  const inCluster = Math.min(...budgets.map(({ maxServicesPerCluster }) => maxServicesPerCluster));
  const alone = Math.max(...budgets.map(({ canary }) => canary?.count ?? 0));
  return [
    `${countText(together)} at a time`,
    inCluster < together ? `${countText(inCluster)} in a cluster` : [],
    alone > 0 && together > alone ? `${countText(alone)} before the others` : [],
  ]
    .flat()
    .join(', ');
}

const countText = (count: number): string => (count === 1 ? 'one' : String(count));
