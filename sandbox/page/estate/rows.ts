import type { AnnouncedRecord, Incident } from '../../../shared/domain/incident.ts';
import { rowOf as planRowOf } from '../../../shared/domain/plan/telling/summary-row.ts';
import { describeSubject } from '../../../shared/domain/subject.ts';
import { stageOf } from '../../../shared/render/incident-stage.ts';
import type { Survey, SurveyedDeployment, SurveyedService, SurveyedTask } from '../../ecs/survey.ts';
import type { Knowledge } from '../knowledge.ts';

/** A service as the page lists it. */
export interface EstateRow {
  readonly service: SurveyedService;
  /** `cluster/service`. */
  readonly name: string;
  /** Those that have not stopped. */
  readonly tasks: readonly EstateTask[];
  /** How many of them are to be retired. */
  readonly retiring: number;
  readonly underWay?: SurveyedDeployment;
  /** What Slackwater says of it, the loudest first. */
  readonly known: readonly KnownFact[];
}

export interface EstateTask extends SurveyedTask {
  /** A plan that is not over wants it replaced. */
  readonly isRetiring: boolean;
}

export interface KnownFact {
  readonly kind: 'incident' | 'plan';
  readonly id: string;
  /** `open`, `ready`. */
  readonly status: string;
  readonly text: string;
}

/** By cluster, in the order of the survey. */
export function estateOf(survey: Survey, knowledge: Knowledge): ReadonlyMap<string, readonly EstateRow[]> {
  return Map.groupBy(
    survey.services.map((service) => rowOf(service, knowledge)),
    ({ service }) => service.cluster,
  );
}

function rowOf(service: SurveyedService, { plans, records, policy }: Knowledge): EstateRow {
  const name = `${service.cluster}/${service.service}`;
  const known = plans.flatMap(({ plan, dueAt, id }) =>
    (plan?.services ?? []).flatMap((planned) =>
      plan !== undefined && planned.at.cluster === service.cluster && planned.at.service === service.service
        ? [{ id, isOver: dueAt === undefined, boundary: plan.boundary.at, row: planRowOf(planned, plan, policy.run) }]
        : [],
    ),
  );
  const boundary = Math.max(Number.NEGATIVE_INFINITY, ...known.filter((it) => !it.isOver).map((it) => it.boundary));
  const tasks = service.tasks
    .filter(({ status }) => status !== 'STOPPED')
    .map((task) => ({ ...task, isRetiring: task.createdAt < boundary }));
  const underWay = service.deployments.find((it) => it.isUnderWay);
  return {
    service,
    name,
    tasks,
    retiring: tasks.filter(({ isRetiring }) => isRetiring).length,
    ...(underWay && { underWay }),
    known: [
      ...incidentsOf(name, records).map(
        (incident): KnownFact => ({
          kind: 'incident',
          id: incident.id,
          status: stageOf(incident),
          text: incident.diagnosis.summary,
        }),
      ),
      ...known.map(({ id, row }): KnownFact => ({ kind: 'plan', id, status: row.status, text: row.because })),
    ],
  };
}

const incidentsOf = (name: string, records: readonly AnnouncedRecord[]): readonly Incident[] =>
  records
    .filter((record) => record.kind === 'incident')
    .filter(({ subject }) => describeSubject(subject) === name)
    .toSorted((a, b) => b.lastSeen - a.lastSeen);

/** How far a deployment is: its running tasks of those wanted, 0 to 1. */
export const progressOf = ({ running, desired }: SurveyedDeployment): number =>
  desired === 0 ? 1 : Math.min(1, running / desired);

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** `30 d`, `2 h`, `5 min`; `now` below a minute. */
export function ageText(milliseconds: number): string {
  const unit = UNITS.find(([, length]) => milliseconds >= length);
  return unit === undefined ? 'now' : `${Math.floor(milliseconds / unit[1])} ${unit[0]}`;
}
