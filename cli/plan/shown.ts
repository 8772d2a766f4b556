import type { Instant } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import type { Slot } from '../../shared/domain/plan/candidates.ts';
import type { Order } from '../../shared/domain/plan/order.ts';
import { nameOf, type Plan, type PlannedService } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import type { Proof, Run, Stage } from '../../shared/domain/plan/stage.ts';
import type { PlannedTask } from '../../shared/domain/plan/tasks/standalone.ts';
import type { TaskRun } from '../../shared/domain/plan/tasks/task-run.ts';

export const isoOf = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/**
 * The objects of `plan show --json`, each with its `kind`. What does not apply is absent. Every field is named here and
 * none is passed on whole: what it takes to start a task again may hold secrets. Public contract.
 */
export function shownLines({ plan, log, madeAt, dueAt, id }: PlanRecord): readonly object[] {
  const logged = log.map(({ at, by, text }) => ({ kind: 'log', at: isoOf(at), by, text }));
  if (plan === undefined) return [{ kind: 'plan', plan: id, madeAt: isoOf(madeAt), dueAt: isoOf(dueAt) }, ...logged];
  return [
    { ...planLine(plan), dueAt: isoOf(dueAt) },
    ...plan.services.map(serviceLine),
    ...plan.tasks.map(taskLine),
    ...plan.approvals.map(({ by, at, services }) => ({
      kind: 'approval',
      by,
      at: isoOf(at),
      services: agreedIn(services, plan),
    })),
    ...plan.vetoes.map(({ by, at }) => ({ kind: 'objection', by, at: isoOf(at) })),
    ...plan.orders.map((order) => orderLine(order, plan)),
    ...logged,
  ];
}

const planLine = ({ id, occasion, place, madeAt, deadline, boundary, hash, account }: Plan) => ({
  kind: 'plan',
  plan: id,
  occasion,
  account: place.account,
  region: place.region,
  madeAt: isoOf(madeAt),
  deadline: isoOf(deadline),
  boundary: isoOf(boundary.at),
  boundaryFrom: boundary.from,
  hash,
  waitPeriodDays: account?.waitPeriod.status === 'found' ? account.waitPeriod.value : undefined,
  eventWindows: account?.eventWindows.status === 'found' ? account.eventWindows.value : undefined,
});

function serviceLine(service: PlannedService) {
  const { verdict, work, hash, run, lookedAt } = service;
  const { kind: answer, ...why } = verdict;
  return {
    kind: 'service',
    service: nameOf(service),
    verdict: answer,
    ...why,
    old: work?.old,
    of: work?.of,
    controller: work?.controller,
    strategy: work?.strategy,
    taskDefinition: work?.revision,
    digests: work?.digests,
    mode: work?.mode,
    oneByOne: work?.isPinned,
    expectedSeconds: work && work.expected.length / 1_000,
    latestSafeStart: isoOf(work?.latestSafeStart),
    openings: work?.slots.map(slotLine),
    checks: work?.checks,
    hash,
    ...runFields(run),
    lookedAt: isoOf(lookedAt),
  };
}

const slotLine = ({ windows, opens, closes, cutoff }: Slot) => ({
  windows,
  opens: isoOf(opens),
  cutoff: isoOf(cutoff),
  closes: isoOf(closes),
});

const runFields = ({ stage, failures, last }: Run) => ({
  stage: stage.kind,
  ...stageFields(stage),
  failures,
  last: last && { end: last.end, at: isoOf(last.at), deployment: last.deployment },
});

function stageFields(stage: Stage) {
  switch (stage.kind) {
    case 'waiting':
      return { held: stage.held?.because };
    case 'handing-over':
      return { since: isoOf(stage.since) };
    case 'ended':
      return {
        since: isoOf(stage.at),
        end: stage.end,
        endBecause: stage.because,
        proof: stage.proof && proofFields(stage.proof),
      };
    case 'starting':
    case 'running':
    case 'replacing':
    case 'verifying':
      return {
        since: isoOf(stage.startedAt),
        deployment: 'deployment' in stage ? stage.deployment : undefined,
        trouble: 'trouble' in stage ? stage.trouble : undefined,
      };
  }
}

const proofFields = ({ old, running, desired, deployment, took, changes }: Proof) => ({
  old,
  running,
  desired,
  deployment,
  tookSeconds: took && took / 1_000,
  changes,
});

const taskLine = ({ taskId, cluster, verdict, run }: PlannedTask) => ({
  kind: 'task',
  task: taskId,
  cluster: cluster?.cluster,
  verdict: verdict.kind,
  because: verdict.because,
  stage: run.kind,
  ...taskFields(run),
});

function taskFields(run: TaskRun) {
  switch (run.kind) {
    case 'waiting':
      return {};
    case 'ended':
      return { since: isoOf(run.at), end: run.end, endBecause: run.because };
    case 'started':
    case 'stopping':
      return { since: isoOf(run.startedAt), relaunch: run.order, trouble: run.trouble };
  }
}

/** By `CLUSTER/SERVICE`: the hash that it had, and the questions. */
const agreedIn = (
  services: Readonly<Record<string, { readonly hash: string; readonly asks: readonly string[] }>>,
  plan: Plan,
) =>
  Object.fromEntries(Object.entries(services).map(([arn, { hash, asks }]) => [shortName(arn, plan), { hash, asks }]));

/** What left the plan is named in full. */
export function shortName(arn: string, { services }: Pick<Plan, 'services'>): string {
  const known = services.find(({ at }) => serviceArn(at) === arn);
  return known === undefined ? arn : nameOf(known);
}

function orderLine(order: Order, plan: Plan) {
  const { by, at } = order;
  const ordered = { kind: 'order', order: order.kind, by, at: isoOf(at) };
  switch (order.kind) {
    case 'run-now':
      return { ...ordered, until: isoOf(order.until), services: agreedIn(order.services, plan) };
    case 'pin':
    case 'hand-over':
      return { ...ordered, services: order.services.map((arn) => shortName(arn, plan)) };
    case 'lift-freeze':
      return { ...ordered, freeze: order.freeze };
  }
}
