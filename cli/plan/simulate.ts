import type { Notice } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { boundaryOf } from '../../shared/domain/plan/boundary.ts';
import { makePlan } from '../../shared/domain/plan/make-plan.ts';
import { approve } from '../../shared/domain/plan/people/approval.ts';
import { isOver, type Plan } from '../../shared/domain/plan/plan.ts';
import type { StandaloneTask } from '../../shared/domain/plan/situation.ts';
import { DEFAULT_RUN_CONFIG } from '../../shared/domain/plan/step.ts';
import { NO_MAINTENANCE } from '../../shared/domain/windows/maintenance.ts';
import { parseSimulation, type Simulation } from '../../shared/parse/simulation.ts';
import { readDocument } from '../config/file.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { readMaintenance } from '../windows/given.ts';
import { lastLook, nextLook } from './clock.ts';
import { playedServices } from './described.ts';
import { playEcs } from './ecs.ts';
import { playTasks } from './ecs-tasks.ts';
import { readNotice } from './notice.ts';
import { type Played, playOnce, type Stage } from './play.ts';
import { jsonReport, type Report, textReport } from './report.ts';

export interface SimulateGiven {
  readonly notice: readonly string[];
  readonly services: string;
  readonly config?: string;
  /** When somebody approves the plan as it is then. */
  readonly approveAt?: Instant;
  readonly isJson: boolean;
}

/** Begins when AWS delivered the notice. Throws a UsageError that names the key for files that are not understood. */
export async function simulatePlan(given: SimulateGiven, terminal: Terminal): Promise<number> {
  const notice = await readNotice(given.notice, terminal);
  const simulation = await readSimulation(given.services, terminal);
  const maintenance = given.config === undefined ? NO_MAINTENANCE : await configured(given.config, terminal);
  const { startsAt: deadline } = notice;
  if (deadline === undefined)
    throw new UsageError('--notice: detail.startTime: expected the instant at which AWS begins');
  const ecs = playEcs(playedServices(simulation, { notice, deadline, maintenance }), {
    boundary: boundaryOf(notice).at,
    deadline,
  });
  const begins = notice.firstSeen;
  const tz = process.versions.tz ?? '';
  const tasks = playTasks(tasksOf(notice), deadline);
  const planned = makePlan(notice, ecs.look(begins), { tasks: tasks.look(begins), tz, now: begins });
  if (planned.status === 'none') throw new UsageError(`--notice: ${planned.because}`);
  const stage: Stage = { ecs, tasks, plan: planned.plan, locks: [], outcomes: {} };
  const report = given.isJson ? jsonReport(terminal) : textReport(terminal);
  report.planned(planned.plan);
  play(stage, { notice, tz }, { approveAt: given.approveAt, report });
  report.over(stage.plan);
  const isWell = stage.plan.services.every(
    ({
      run: {
        stage: { kind, ...end },
      },
    }) => kind === 'ended' && 'end' in end && WELL.has(end.end),
  );
  return isWell ? 0 : 1;
}

const WELL: ReadonlySet<string> = new Set(['done', 'skipped']);

interface Playing {
  readonly approveAt: Instant | undefined;
  readonly report: Report;
}

type Observing = Parameters<typeof playOnce>[1];

function play(stage: Stage, observed: Observing, { approveAt, report }: Playing): void {
  let now = observed.notice.firstSeen;
  let isApproved = false;
  const also = approveAt === undefined ? [] : [approveAt];
  while (!isOver(stage.plan) && now <= lastLook(stage.plan)) {
    const looked: Played = playOnce(stage, observed, DEFAULT_RUN_CONFIG, now);
    report.looked(looked);
    if (approveAt !== undefined && !isApproved && approveAt <= now) {
      stage.plan = approved(stage.plan, now);
      isApproved = true;
      report.approved(now);
    }
    now = nextLook(stage.plan, also, now);
  }
}

/** The plan as it was just shown, so it has not changed. */
function approved(plan: Plan, now: Instant): Plan {
  const answer = approve(plan, { by: 'somebody', hash: plan.hash }, now);
  return answer === 'changed' ? plan : answer;
}

/** Nothing describes them, so each runs and somebody started it. */
const tasksOf = ({ entities }: Notice): readonly StandaloneTask[] =>
  entities.flatMap((entity) =>
    entity.kind === 'task'
      ? [
          {
            taskId: entity.taskId,
            ...(entity.cluster && { cluster: entity.cluster }),
            task: { lastStatus: 'RUNNING', group: 'family:unknown', tags: {} },
          },
        ]
      : [],
  );

async function readSimulation(file: string, terminal: Terminal): Promise<Simulation> {
  const read = await readDocument(file, terminal, (document) => {
    const checked = parseSimulation(document);
    return checked.status === 'valid' ? [] : checked.problems;
  });
  if (read.status === 'invalid') throw new UsageError(`--services\n${read.problems.join('\n')}`);
  const parsed = parseSimulation(read.document);
  if (parsed.status === 'invalid') throw new TypeError('a document that was checked has no problems');
  return parsed.simulation;
}

async function configured(file: string, terminal: Terminal) {
  const read = await readMaintenance(file, terminal);
  if (read.status === 'invalid') throw new UsageError(`--config\n${read.problems.join('\n')}`);
  return read.maintenance;
}
