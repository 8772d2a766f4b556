import { serviceArn } from '../../shared/domain/place.ts';
import { nameOf, type Plan, type PlanId, type PlannedService } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord, PlanStore } from '../../shared/domain/plan/plan-record.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { listing } from '../../shared/render/listing.ts';
import { UsageError } from '../terminal.ts';

/** A whole id, or how one begins. Throws a UsageError for anything else. */
export function planIdIn(given: string | undefined): string {
  if (given === undefined) throw new UsageError(`the plan is missing; ${EXPECTED}`);
  if (!/^pln-[0-9a-f]{1,10}$/.test(given))
    throw new UsageError(`${quoted(given)} is not the id of a plan; ${EXPECTED}`);
  return given;
}

const EXPECTED = 'expected one such as pln-4f0c2a9d1e, which "slackwater plan list" lists';

/**
 * The plan of that id, or the only one whose id begins so; otherwise why there is none, as a sentence. Throws a UsageError
 * for the beginning of several.
 */
export async function findPlan(given: string, plans: PlanStore): Promise<PlanRecord | string> {
  // The cast is harmless: where no plan has this id, nothing is found.
  const whole = await plans.load(given as PlanId);
  if (whole !== undefined) return whole;
  const found = (await plans.list()).filter(({ id }) => id.startsWith(given));
  if (found.length > 1)
    throw new UsageError(
      `${given} is the beginning of several plans; expected one of ${listing(found.map(({ id }) => id))}`,
    );
  return (
    found[0] ??
    `no plan is called ${given}: it was never made, or is not kept any more; "slackwater plan list" lists them`
  );
}

/**
 * The services of a plan by the names that `plan show` has, or by their ARNs. Throws a UsageError that names what is not
 * among them.
 */
export function servicesIn(names: readonly string[], plan: Plan): readonly PlannedService[] {
  const found = names.map((name) => {
    const service = plan.services.find((one) => nameOf(one) === name || serviceArn(one.at) === name);
    if (service !== undefined) return service;
    const all = listing(plan.services.map(nameOf));
    throw new UsageError(`${quoted(name)} is no service of ${plan.id}; expected CLUSTER/SERVICE, one of ${all}`);
  });
  return [...new Set(found)];
}

const quoted = (text: string): string => `"${shorten(oneLine(text), 100)}"`;
