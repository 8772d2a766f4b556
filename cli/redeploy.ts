import type { Notice } from '../shared/domain/incident.ts';
import { type Instant, seconds } from '../shared/domain/instant.ts';
import type { ServiceRef } from '../shared/domain/place.ts';
import { openRequest } from '../shared/domain/plan/people/request.ts';
import { nameOf } from '../shared/domain/plan/plan.ts';
import { newPlanRecord, type PlanRecord } from '../shared/domain/plan/plan-record.ts';
import { utcMinute } from '../shared/domain/utc.ts';
import { createAuditStore } from '../shared/effects/stores/audit-store.ts';
import { createPlanStore } from '../shared/effects/stores/plan-store.ts';
import { createRecordStore } from '../shared/effects/stores/record-store.ts';
import { plural } from '../shared/render/listing.ts';
import { writeDown } from './audited.ts';
import { type OpenTable, withTable } from './incidents/table.ts';
import { createProgress } from './progress.ts';
import { type RedeployGiven, redeployGiven } from './redeploy/arguments.ts';
import { findServices } from './redeploy/services.ts';
import type { Terminal } from './terminal.ts';

/**
 * `slackwater redeploy CLUSTER/SERVICE...`: asks for tasks to be replaced although AWS does not, by a plan as for a
 * retirement. Answers 0 once the request is stored, and 2 where `--now` lacks its `--yes`.
 */
export async function redeploy(args: readonly string[], terminal: Terminal): Promise<number> {
  const given = redeployGiven(args, terminal);
  return withTable(given, terminal, async (table) => {
    createProgress(terminal).start(`asking ECS about ${plural(given.names.length, 'service')}`);
    const services = await findServices(given.names, table.clients.ecs);
    const now = terminal.clock();
    terminal.out(intention(services, given));
    if (given.isNow && !given.isSure) {
      terminal.err('slackwater redeploy: nothing was asked for; if that is meant, run it again with --yes');
      return 2;
    }
    const plan = await store(requestOf(services, given, now), { ...table, now, clock: terminal.clock });
    terminal.out(`${plan.id}: asked for by ${given.by}`);
    await writeDownFor(services, plan, given, { ...table, clock: terminal.clock });
    terminal.out(
      `Slackwater looks at it within a minute or two; then "slackwater plan show ${plan.id}" tells how it goes.`,
    );
    return 0;
  });
}

/** One entry for each service, under its name. */
async function writeDownFor(
  services: readonly ServiceRef[],
  { id }: PlanRecord,
  { by, isNow, why, reason }: RedeployGiven,
  { clients, tableName, clock }: Omit<Storing, 'now'>,
): Promise<void> {
  const audit = createAuditStore({ client: clients.table, tableName, clock });
  const when = isNow ? 'at once' : 'in its windows';
  const because = `asked for ${id}, to be redeployed ${when} (${why})${reason === undefined ? '' : `: ${reason}`}`;
  for (const at of services)
    await writeDown({ by, action: 'redeploy', target: nameOf({ at }), verdict: 'done', because }, { audit, clock });
}

function intention(services: readonly ServiceRef[], { isNow, deadline, why }: RedeployGiven): string {
  const when = isNow ? 'at once, whatever windows and freezes say,' : 'in their windows,';
  const title = `${plural(services.length, 'service')} to be redeployed ${when} by ${utcMinute(deadline)} (${why}):`;
  return [title, ...services.map((at) => `    ${nameOf({ at })}`)].join('\n');
}

function requestOf(services: readonly ServiceRef[], given: RedeployGiven, now: Instant): Notice {
  const [place] = services;
  if (place === undefined) throw new TypeError('the arguments name a service');
  const { by, why, reason, deadline, isNow } = given;
  const { partition, region, account } = place;
  const asked = {
    by,
    why,
    services,
    deadline,
    place: { partition, region, account },
    isNow,
    ...(reason && { reason }),
  };
  // Whom to tell by default only the functions know: the reconciler takes it up.
  return { ...openRequest(asked, now), wakeAt: now };
}

/** By then the request itself is stored, or the command has said that it is not. */
const HEAD_START = seconds(15);

interface Storing extends OpenTable {
  readonly clock: () => Instant;
  readonly now: Instant;
}

/** The plan first: cut off in between, it finds nothing that it is for and ends, and nobody is told of a plan that never was. */
async function store(request: Notice, { clients, tableName, clock, now }: Storing): Promise<PlanRecord> {
  const table = { client: clients.table, tableName, clock };
  const plan = { ...newPlanRecord(request.fingerprint, now), dueAt: now + HEAD_START };
  // Its name is of this very moment: a conflict is an attempt of ours whose answer was lost.
  await createPlanStore(table).save(plan, now);
  await createRecordStore(table).save(request, now);
  return plan;
}
