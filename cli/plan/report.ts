import type { Instant } from '../../shared/domain/instant.ts';
import { nameOf, type Plan, type PlannedService } from '../../shared/domain/plan/plan.ts';
import { stepText } from '../../shared/domain/plan/run/step-words.ts';
import type { PlanStep } from '../../shared/domain/plan/step.ts';
import type { PlannedTask } from '../../shared/domain/plan/tasks/standalone.ts';
import { taskName } from '../../shared/domain/plan/tasks/task-look.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { inWords } from '../../shared/render/duration.ts';
import { clean } from '../../shared/render/escape.ts';
import type { Terminal } from '../terminal.ts';
import type { Played } from './play.ts';

/** What is printed as a simulation goes on. */
export interface Report {
  readonly planned: (plan: Plan) => void;
  readonly looked: (played: Played) => void;
  readonly approved: (at: Instant) => void;
  readonly over: (plan: Plan) => void;
}

/** For people: the plan, then what happens when, then how every service ended. */
export function textReport({ out }: Pick<Terminal, 'out'>): Report {
  const say = (text: string): unknown => out(clean(text));
  return {
    planned(plan) {
      const from = plan.boundary.from === 'description' ? 'the notice says so' : 'the delivery of the notice';
      say(
        `Plan ${plan.id}: AWS begins ${utcMinute(plan.deadline)}. Old are tasks from before ${utcMinute(plan.boundary.at)} (${from}).`,
      );
      for (const service of plan.services) say(serviceText(service));
      for (const task of plan.tasks) say(taskText(task));
      say('');
    },
    looked({ at, steps, news }) {
      for (const { text } of news) for (const line of text.split('\n')) say(`${utcMinute(at)}  ${line}`);
      for (const step of steps) {
        const text = stepText(step);
        if (text !== undefined) say(`${utcMinute(at)}  ${text}`);
      }
    },
    approved: (at) => say(`${utcMinute(at)}  somebody approves the plan.`),
    over(plan) {
      say('');
      for (const service of plan.services) say(endText(service));
      for (const task of plan.tasks) say(taskEndText(task));
    },
  };
}

/** For programs: one object a line, each with `at` and `kind`. Public contract. */
export function jsonReport({ out }: Pick<Terminal, 'out'>): Report {
  const say = (object: object): unknown => out(JSON.stringify(object));
  return {
    planned({ id, hash, madeAt, deadline, boundary, services, tasks }) {
      say({
        at: iso(madeAt),
        kind: 'plan',
        plan: id,
        hash,
        deadline: iso(deadline),
        boundary: iso(boundary.at),
        boundaryFrom: boundary.from,
      });
      for (const service of services) {
        const { verdict, work } = service;
        const slots = work?.slots.map(({ windows, opens, closes, cutoff }) => ({
          windows,
          opens: iso(opens),
          cutoff: iso(cutoff),
          closes: iso(closes),
        }));
        say({
          at: iso(madeAt),
          kind: 'service',
          service: nameOf(service),
          ...verdictFields(verdict),
          old: work?.old,
          of: work?.of,
          expectedSeconds: work && work.expected.length / 1_000,
          openings: slots,
        });
      }
      for (const { taskId, cluster, verdict } of tasks)
        say({
          at: iso(madeAt),
          kind: 'task',
          task: taskId,
          cluster: cluster?.cluster,
          verdict: verdict.kind,
          because: verdict.because,
        });
    },
    looked({ at, steps, news }) {
      for (const { kind, text, audience } of news) say({ at: iso(at), kind: 'news', news: kind, audience, text });
      for (const step of steps.filter(changesEcs))
        say({ at: iso(at), kind: 'step', step: step.kind, ...subjectOf(step) });
    },
    approved: (at) => say({ at: iso(at), kind: 'approved' }),
    over({ services, tasks }) {
      for (const service of services) {
        const { stage } = service.run;
        if (stage.kind !== 'ended') continue;
        say({
          at: iso(stage.at),
          kind: 'end',
          service: nameOf(service),
          end: stage.end,
          because: stage.because,
          proof: stage.proof,
        });
      }
      for (const { taskId, run } of tasks)
        if (run.kind === 'ended')
          say({ at: iso(run.at), kind: 'end', task: taskId, end: run.end, because: run.because });
    },
  };
}

const verdictFields = ({ kind, ...why }: PlannedService['verdict']) => ({ verdict: kind, ...why });

const iso = (at: Instant): string => new Date(at).toISOString();

type ChangingStep = Exclude<PlanStep, { readonly kind: 'lock' | 'unlock' }>;

const changesEcs = (step: PlanStep): step is ChangingStep => step.kind !== 'lock' && step.kind !== 'unlock';

/** What the step is about; never what a copy is started with, which may hold secrets. */
function subjectOf(step: ChangingStep): { readonly service?: string; readonly task?: string } {
  switch (step.kind) {
    case 'deploy':
    case 'roll-back':
      return { service: nameOf(step) };
    case 'replace-task':
      return { service: nameOf(step), task: step.taskId };
    case 'run-task':
      return { task: step.launch.taskId };
    case 'stop-task':
      return { task: step.taskId };
  }
}

function serviceText(service: PlannedService): string {
  const { verdict, work } = service;
  const expected =
    work === undefined ? '' : ` Expected to take ${inWords(work.expected.length)} (${work.expected.from}).`;
  const choices = verdict.kind === 'escalated' ? ` You can: ${verdict.choices.join(', ')}.` : '';
  return `  ${nameOf(service)}  ${verdict.kind.toUpperCase()}  ${verdict.because}${choices}${expected}`;
}

const taskText = (task: PlannedTask): string =>
  `  ${taskName(task)}  ${task.verdict.kind.toUpperCase()}  ${task.verdict.because}`;

function endText(service: PlannedService): string {
  const { stage } = service.run;
  if (stage.kind !== 'ended') return `  ${nameOf(service)}  has not ended: ${stage.kind}`;
  const took = stage.proof?.took === undefined ? '' : ` Took ${inWords(stage.proof.took)}.`;
  return `  ${nameOf(service)}  ${stage.end.toUpperCase()}  ${utcMinute(stage.at)}  ${stage.because}${took}`;
}

function taskEndText(task: PlannedTask): string {
  const { run } = task;
  return run.kind === 'ended'
    ? `  ${taskName(task)}  ${run.end.toUpperCase()}  ${utcMinute(run.at)}  ${run.because}`
    : `  ${taskName(task)}  has not ended: ${run.kind}`;
}
