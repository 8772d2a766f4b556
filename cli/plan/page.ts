import { serviceArn } from '../../shared/domain/place.ts';
import { accountText } from '../../shared/domain/plan/account.ts';
import type { Order } from '../../shared/domain/plan/order.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import type { PlannedTask } from '../../shared/domain/plan/tasks/standalone.ts';
import type { TaskRun } from '../../shared/domain/plan/tasks/task-run.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { phaseOf, whatFor } from './listing.ts';
import { paragraph, type Row, runRows, termRows, verdictTitle } from './service-text.ts';
import { shortName } from './shown.ts';
import { logText } from './terms.ts';

/** What `plan show` prints for people, safe to print. What it takes to start a task again is not in it. */
export function planPage(record: PlanRecord): string {
  const { plan } = record;
  const parts = [
    paragraph([record.id, phaseOf(record).replace('-', ' ')], headRows(record)),
    ...(plan?.services.map(servicePart) ?? []),
    ...(plan?.tasks.map(taskPart) ?? []),
    ...(plan === undefined ? [] : section('Decided', decisions(plan))),
    ...section('Log', record.log.map(logText)),
  ];
  return parts.join('\n\n');
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [[title, ...lines.map((line) => `    ${line}`)].join('\n')];

function headRows({ plan, madeAt, dueAt }: PlanRecord): readonly Row[] {
  const next: readonly Row[] = dueAt === undefined ? [] : [['looks', `again ${utcMinute(dueAt)}`]];
  if (plan === undefined) return [['made', `${utcMinute(madeAt)}; nobody has looked at its services yet`], ...next];
  const { boundary, hash, account } = plan;
  return [
    ['for', whatFor(plan)],
    ['made', utcMinute(madeAt)],
    ['old', `tasks from before ${utcMinute(boundary.at)} (${BOUNDARIES[boundary.from]})`],
    ['hash', `${hash}, for --hash`],
    ...(account === undefined ? [] : [['account', accountText(account)] as const]),
    ...next,
  ];
}

/** Why that is when old and new part. */
const BOUNDARIES: Readonly<Record<Plan['boundary']['from'], string>> = {
  description: 'the notice says so',
  delivery: 'the delivery of the notice',
  request: 'it was asked for then',
};

/** The rest is in `--json`. */
const OPENINGS = 3;

function servicePart(service: PlannedService): string {
  const looked: readonly Row[] =
    service.lookedAt === undefined ? [] : [['looked', `at ${utcMinute(service.lookedAt)}`]];
  return paragraph(verdictTitle(service), [...termRows(service, OPENINGS), ...runRows(service), ...looked]);
}

function taskPart({ taskId, cluster, verdict, run }: PlannedTask): string {
  const name = `${cluster === undefined ? '' : `${cluster.cluster}/`}${taskId}`;
  const rows: readonly Row[] = run.kind === 'waiting' ? [] : [['stage', taskStageText(run)]];
  return paragraph([name, verdict.kind.toUpperCase(), verdict.because], rows);
}

/** Named field by field: what it takes to start the task again is kept beside them. */
function taskStageText(run: Exclude<TaskRun, { readonly kind: 'waiting' }>): string {
  if (run.kind === 'ended') return `${run.end} ${utcMinute(run.at)}: ${run.because}`;
  const trouble = run.trouble === undefined ? '' : `: ${run.trouble}`;
  return `${run.kind} (${run.order}), begun ${utcMinute(run.startedAt)}${trouble}`;
}

/** Who agreed to what, who objects, and what was ordered, in the order of time. */
function decisions(plan: Plan): readonly string[] {
  const { approvals, vetoes, orders } = plan;
  return [
    ...approvals.map(({ at, by, services }) => ({ at, text: `${by} approved ${agreedText(services, plan)}` })),
    ...vetoes.map(({ at, by }) => ({ at, text: `${by} objects` })),
    ...orders.map((order) => ({ at: order.at, text: `${order.by} ${orderText(order, plan)}` })),
  ]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `${utcMinute(at)}  ${oneLine(text)}`);
}

/** A hash that is not the service's any more has to be agreed to anew. */
function agreedText(agreed: Readonly<Record<string, { readonly hash: string }>>, plan: Plan): string {
  const texts = Object.entries(agreed).map(([arn, { hash }]) => {
    const now = plan.services.find(({ at }) => serviceArn(at) === arn)?.hash;
    return `${shortName(arn, plan)} (${hash}${now === hash ? '' : `, which is ${now ?? 'gone'} now`})`;
  });
  return texts.join(', ') || 'nothing';
}

function orderText(order: Order, plan: Plan): string {
  switch (order.kind) {
    case 'run-now':
      return `ordered to run now, until ${utcMinute(order.until)}: ${agreedText(order.services, plan)}`;
    case 'pin':
      return `ordered one task after the other for ${namesOf(order.services, plan)}`;
    case 'hand-over':
      return `gave up ${namesOf(order.services, plan)}`;
    case 'lift-freeze':
      return `lifted freeze ${order.freeze}`;
  }
}

const namesOf = (arns: readonly string[], plan: Plan): string => arns.map((arn) => shortName(arn, plan)).join(', ');
