import type { Instant } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import { utcMinute } from '../../utc.ts';
import type { Freeze } from '../../windows/maintenance.ts';
import { isOver, nameOf, type Plan } from '../plan.ts';
import { logged, type PlanRecord } from '../plan-record.ts';
import { approve, veto } from './approval.ts';
import { order, runNow } from './orders.ts';

/** What somebody decides about a plan, by the command line or by a button. `services` are ARNs. */
export type PlanDecision = { readonly by: string } & (
  | {
      readonly kind: 'approve';
      /** Of the plan that was shown. */
      readonly hash: string;
      /** Absent: all of them. */
      readonly services?: readonly string[];
    }
  | { readonly kind: 'object' }
  | { readonly kind: 'run-now'; readonly hash: string; readonly services: readonly string[]; readonly until: Instant }
  | { readonly kind: 'pin' | 'hand-over'; readonly services: readonly string[] }
  | { readonly kind: 'lift-freeze'; readonly freeze: Pick<Freeze, 'name' | 'override'> }
);

/** `refused` is a sentence; nothing has changed then. */
export type Decided = { readonly record: PlanRecord } | { readonly refused: string };

/**
 * The record once `decision` is taken, with who took it in the log, due at once so that the next minute acts on it. Whether
 * that person may is the caller's to know, but for a freeze, which names those who may lift it.
 */
export function decideOn(record: PlanRecord, decision: PlanDecision, now: Instant): Decided {
  const plan = decidable(record);
  if ('refused' in plan) return plan;
  const next = decided(plan, decision, now);
  if ('refused' in next) return next;
  const entry = { at: now, by: decision.by, text: decisionText(decision, plan) };
  return { record: { ...logged({ ...record, plan: next }, [entry]), dueAt: now } };
}

/** The plan of a record about which something can be decided still. */
export function decidable({ id, plan, dueAt }: PlanRecord): Plan | { readonly refused: string } {
  if (dueAt === undefined || (plan !== undefined && isOver(plan)))
    return { refused: `${id} is over: nothing is left to decide.` };
  return plan ?? { refused: `Nobody has looked at the services of ${id} yet: ask again in a minute.` };
}

function decided(plan: Plan, decision: PlanDecision, now: Instant): Plan | { readonly refused: string } {
  const { by } = decision;
  switch (decision.kind) {
    case 'approve':
      return unknownAmong(decision.services, plan) ?? asShown(approve(plan, decision, now), plan, decision.hash);
    case 'object':
      return veto(plan, by, now);
    case 'run-now':
      return asShown(runNow(plan, decision, now), plan, decision.hash);
    case 'pin':
    case 'hand-over':
      return order(plan, { kind: decision.kind, by, at: now, services: decision.services }, now);
    case 'lift-freeze':
      return lift(plan, { by, freeze: decision.freeze }, now);
  }
}

function unknownAmong(services: readonly string[] | undefined, plan: Plan) {
  const unknown = services?.find((arn) => !plan.services.some(({ at }) => serviceArn(at) === arn));
  return unknown === undefined ? undefined : { refused: `${unknown} is no service of ${plan.id}.` };
}

const asShown = <Answer>(answer: Answer | 'changed', { id, hash }: Plan, shown: string) =>
  answer === 'changed'
    ? { refused: `${id} is not what ${shown} stands for any more: its hash is ${hash} now.` }
    : answer;

interface Lifting {
  readonly by: string;
  readonly freeze: Pick<Freeze, 'name' | 'override'>;
}

function lift(plan: Plan, { by, freeze: { name, override } }: Lifting, now: Instant): ReturnType<typeof order> {
  if (override === undefined) return { refused: `Nobody may lift freeze ${name}: it names no override.` };
  if (!override.by.includes(by))
    return { refused: `${by} may not lift freeze ${name}, only ${override.by.join(', ')} may.` };
  return order(plan, { kind: 'lift-freeze', by, at: now, freeze: name }, now);
}

/** What was decided, for the log and for whoever decided it: `approved harbor-prod/checkout, as of hash 4f0c2a9d1e`. */
export function decisionText(decision: PlanDecision, plan: Plan): string {
  switch (decision.kind) {
    case 'approve':
      return `approved ${namesOf(decision.services, plan)}, as of hash ${decision.hash}`;
    case 'object':
      return 'objected: nothing more is started until they approve';
    case 'run-now':
      return `ordered to run ${namesOf(decision.services, plan)} now, until ${utcMinute(decision.until)}, as of hash ${decision.hash}`;
    case 'pin':
      return `ordered to replace ${namesOf(decision.services, plan)} one task after the other, by the same image`;
    case 'hand-over':
      return `left ${namesOf(decision.services, plan)} ${plan.occasion === 'retirement' ? 'to AWS' : 'as it is'}`;
    case 'lift-freeze':
      return `lifted freeze ${decision.freeze.name} for this plan${votesOf(decision.freeze)}`;
  }
}

/** So many are named; the plan itself has them all. */
const NAMED = 5;

function namesOf(services: readonly string[] | undefined, plan: Plan): string {
  if (services === undefined) return 'everything';
  if (services.length > NAMED) return `${services.length} services`;
  return plan.services
    .filter(({ at }) => services.includes(serviceArn(at)))
    .map(nameOf)
    .join(', ');
}

const votesOf = ({ override }: Pick<Freeze, 'override'>): string =>
  override === undefined || override.votes === 1 ? '' : `, one of ${override.votes} who have to agree`;
