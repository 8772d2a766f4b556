import { nameOf } from '../domain/plan/plan.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import type { PlanRow } from '../domain/plan/telling/summary-row.ts';
import { ROW_STATUSES, type RowStatus } from '../domain/plan/telling/summary-status.ts';
import type { TaskRow } from '../domain/plan/telling/task-row.ts';
import type { Group } from './card.ts';
import { inWords } from './duration.ts';
import { listing, plural } from './listing.ts';
import { standing, TASK_WORDS } from './plan-words.ts';

type Entry = Group['entries'][number];

/**
 * How much of a message the lists may take, in bytes of Slack's JSON: what else a plan says takes up to half of one. What
 * does not fit is counted. Services have what the others leave.
 */
const ALL = 6_300;
const SERVICES = 20;
const REASONS = { most: 10, bytes: 2_300 };
const TASKS = { most: 6, bytes: 1_300 };

/** The services of a plan, exceptions first, why they are exceptions, and the tasks of no service. */
export function planGroups(plan: PlanSummary): readonly Group[] {
  const beside = [reasonsOf(plan), tasksOf(plan)].filter(({ entries }) => entries.length > 0);
  const room = ALL - beside.flatMap(({ entries }) => entries.map(size)).reduce((sum, bytes) => sum + bytes, 0);
  const services = servicesOf(plan, { most: SERVICES, bytes: room });
  return services.entries.length > 0 ? [services, ...beside] : beside;
}

function servicesOf(plan: PlanSummary, room: Room): Group {
  const lines = plan.rows.map((row) => serviceLine(row, plan));
  const shown = fitting(lines, room);
  return { title: 'Services', entries: [...shown, ...moreServices(plan, plan.rows.slice(0, shown.length))] };
}

/** `🟡 harbor-prod/checkout`, `to be approved · 4 of 6 old · ROLLING · about 12 min`. */
function serviceLine(row: PlanRow, plan: PlanSummary): Entry {
  const { icon, word } = standing(row.status, plan);
  return {
    term: `${icon} ${nameOf({ at: row.service })}`,
    text: [
      word,
      row.of === 0 ? [] : `${row.old} of ${row.of} old`,
      row.expected === undefined ? [] : (row.strategy ?? []),
      row.took !== undefined ? `took ${inWords(row.took)}` : [],
      row.expected !== undefined && row.old > 0 ? `about ${inWords(row.expected)}` : [],
    ]
      .flat()
      .join(' · '),
  };
}

function moreServices(plan: PlanSummary, shown: readonly PlanRow[]): readonly Entry[] {
  const rest = ROW_STATUSES.map((status) => ({ status, left: (plan.counts[status] ?? 0) - ofStatus(shown, status) }));
  const words = rest.filter(({ left }) => left > 0).map(({ status, left }) => `${left} ${standing(status, plan).word}`);
  const all = rest.reduce((sum, { left }) => sum + left, 0);
  return all === 0 ? [] : [{ term: `… ${all} more`, text: `(${words.join(', ')})` }];
}

const ofStatus = (rows: readonly PlanRow[], wanted: RowStatus): number =>
  rows.filter(({ status }) => status === wanted).length;

/** Each sentence once, with the services that it is true of. */
function reasonsOf(plan: PlanSummary): Group {
  const said = plan.rows.flatMap((row) => reasonsFor(row).map((text) => ({ name: nameOf({ at: row.service }), text })));
  const entries = [...Map.groupBy(said, ({ text }) => text)].map(([text, members]) => ({
    term: `${listing(members.map(({ name }) => name))}:`,
    text,
  }));
  const shown = fitting(entries, REASONS);
  const more = entries.length - shown.length;
  const rest = more === 0 ? [] : [{ term: `… ${more} more`, text: `in slackwater plan show ${plan.id}` }];
  return { title: reasonsTitle(plan), entries: [...shown, ...rest] };
}

function reasonsTitle({ phase, rows }: PlanSummary): string {
  if (phase === 'over') return 'Worth a look';
  return rows.some(({ asks }) => asks !== undefined) ? 'Why, and what an approval agrees to' : 'Why';
}

/** What is as planned needs no words. */
const EXCEPTIONS: ReadonlySet<RowStatus> = new Set(['escalated', 'failed', 'rolled-back', 'superseded', 'blocked']);

const reasonsFor = ({ status, because, asks = [], changes = [] }: PlanRow): readonly string[] => [
  ...(EXCEPTIONS.has(status) ? [because] : []),
  ...asks,
  ...changes,
];

function tasksOf({ tasks, tasksLeftOut, occasion }: PlanSummary): Group {
  const alike = [...Map.groupBy(tasks, ({ status, because }) => `${TASK_WORDS[status]}: ${because}`)];
  const lines = fitting(alike.map(taskLine), TASKS);
  const hidden = alike.slice(lines.length).reduce((sum, [, members]) => sum + members.length, tasksLeftOut);
  const more = hidden === 0 ? [] : [{ term: `… ${hidden} more`, text: '' }];
  const fate = occasion === 'retirement' ? ': AWS stops them, and ECS starts nothing in their place' : '';
  return { title: `Tasks of no service${fate}`, entries: [...lines, ...more] };
}

const taskLine = ([text, members]: readonly [string, readonly TaskRow[]]): Entry => ({
  term:
    members.length === 1
      ? listing(namesOf(members))
      : `${plural(members.length, 'task')}: ${listing(namesOf(members))}`,
  text,
});

const namesOf = (tasks: readonly TaskRow[]): readonly string[] => tasks.map(({ name }) => name);

interface Room {
  readonly most: number;
  readonly bytes: number;
}

/** The first that fit, and the first one in any case. */
function fitting(entries: readonly Entry[], { most, bytes }: Room): readonly Entry[] {
  let room = bytes;
  const cut = entries.findIndex((entry, index) => {
    room -= size(entry);
    return index === most || (room < 0 && index > 0);
  });
  return cut === -1 ? entries : entries.slice(0, cut);
}

/** What Slack's JSON around an entry takes. */
const AROUND = 120;

const size = (entry: Entry): number => Buffer.byteLength(JSON.stringify(entry)) + AROUND;
