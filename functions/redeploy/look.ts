import type { Gathered } from '../../shared/domain/facts.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { days, type Instant } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { liftedFreezes } from '../../shared/domain/plan/people/orders.ts';
import { type PlanRecord, planIdOf } from '../../shared/domain/plan/plan-record.ts';
import { attentionOf } from '../../shared/domain/plan/run/attention.ts';
import type { Observed } from '../../shared/domain/plan/run/next-steps.ts';
import type { ServiceSituation } from '../../shared/domain/plan/situation.ts';
import { inFlight } from '../../shared/domain/plan/stage.ts';
import { relaunchToken } from '../../shared/domain/plan/tasks/standalone.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import type { AccessLook } from '../../shared/effects/places/access-look.ts';
import type { SituationReader } from '../../shared/effects/situation/situation-reader.ts';

/** What the world is read with. */
export interface Sight {
  readonly reader: SituationReader;
  /** Absent where nothing is ever changed. */
  readonly accessTo?: AccessLook;
  /** Version of the tz database. */
  readonly tz: string;
}

interface Given {
  readonly maintenance: Maintenance;
  readonly now: Instant;
  /** Answers by then with what it has. */
  readonly deadline: Instant;
  /** Whose lock was just taken. */
  readonly locked: readonly ServiceRef[];
}

/** Services that one look asks ECS about: so many fit into half a minute under ECS's request limits. */
const MOST = 40;
/** Openings after the start of a retirement are of no use, and those of a request are looked for this far. */
const BEYOND = days(1);

/** Everything that the next steps of a plan follow from, as it is now. */
export async function observe(
  { plan, outcomes }: PlanRecord,
  notice: Notice,
  { maintenance, now, deadline, locked }: Given,
  { reader, accessTo, tz }: Sight,
): Promise<Observed> {
  const lifted = plan === undefined ? [] : liftedFreezes(plan, maintenance.freezes);
  const end = Math.max(notice.startsAt ?? now, now) + BEYOND;
  const terms = { maintenance, lifted, range: { from: now - BEYOND, to: end }, deadline };
  const [services, tasks, account, access] = await Promise.all([
    reader.services(attentionOf(notice, plan, { now, most: MOST, locked }), terms),
    reader.tasks(tasksOf(notice), terms),
    // Settings change rarely: they are asked for again while nothing is in flight.
    plan?.account !== undefined && plan.services.some(({ run }) => inFlight(run.stage))
      ? plan.account
      : reader.account(notice.affected),
    accessTo?.(notice.affected),
  ]);
  return { notice, services: services.map((one) => withAccess(one, access)), tasks, account, outcomes, tz };
}

/** All services of a plan are in one account. */
const withAccess = (service: ServiceSituation, access: Gathered<'granted'> | undefined): ServiceSituation =>
  service.status === 'active' && access !== undefined ? { ...service, access } : service;

const tasksOf = ({ entities, fingerprint, affected: place }: Notice) =>
  entities.flatMap((entity) =>
    entity.kind === 'task'
      ? [
          {
            taskId: entity.taskId,
            place,
            ...(entity.cluster && { cluster: entity.cluster }),
            token: relaunchToken(planIdOf(fingerprint), entity.taskId),
          },
        ]
      : [],
  );
