import { serviceArn } from '../../shared/domain/place.ts';
import { countsAsApprover } from '../../shared/domain/plan/people/approval.ts';
import { decidable, decisionText, type PlanDecision } from '../../shared/domain/plan/people/decisions.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { listing } from '../../shared/render/listing.ts';
import { writeDown } from '../audited.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { type DecisionForm, type DecisionGiven, decisionIn } from './arguments.ts';
import { findPlan, servicesIn } from './named.ts';
import { saveDecision } from './save.ts';
import { onPlans, type PlansTable } from './table.ts';
import { changedText, termsText } from './terms.ts';

type Kind = PlanDecision['kind'];

const FORMS: Readonly<Record<Kind, DecisionForm>> = {
  approve: { names: 'all or some services', isShown: true, hasLength: false },
  object: { names: 'none', isShown: false, hasLength: false },
  'run-now': { names: 'services', isShown: true, hasLength: true },
  pin: { names: 'services', isShown: false, hasLength: false },
  'hand-over': { names: 'services', isShown: false, hasLength: false },
  'lift-freeze': { names: 'one freeze', isShown: false, hasLength: false },
};

/**
 * `slackwater plan approve | object | run-now | pin | hand-over | lift-freeze PLAN …`: decides about a plan that is kept.
 * Answers 0 when that was stored, 1 when it was refused or there is no such plan, and 2 when what it would agree to was
 * only shown.
 */
export const deciding =
  (kind: Kind) =>
  async (args: readonly string[], terminal: Terminal): Promise<number> => {
    const given = decisionIn(args, FORMS[kind], terminal);
    return onPlans(given, terminal, async (table) => {
      const found = await findPlan(given.plan, table.plans);
      if (typeof found === 'string') return refuse(kind, found, terminal);
      const plan = decidable(found);
      const about = { by: given.by, action: kind, target: found.id, ...(given.hash && { hash: given.hash }) };
      if ('refused' in plan) {
        await writeDown({ ...about, verdict: 'refused', because: plan.refused }, table);
        return refuse(kind, plan.refused, terminal);
      }
      const decision = await decisionOf(kind, { given, plan }, table);
      if (decision === 'not shown') return show(kind, { given, plan }, terminal);
      const { record, refused } = await saveDecision(found, decision, table);
      if (refused !== undefined) {
        await writeDown({ ...about, verdict: 'refused', because: refused }, table);
        if (isStale(given, record)) terminal.out(changedText(termsOf(given, record.plan), record));
        return refuse(kind, refused, terminal);
      }
      const because = decisionText(decision, plan);
      terminal.out(oneLine(`${plan.id}: ${given.by} ${because}`));
      if (kind === 'approve') await tellRequester(given, plan, table, terminal);
      terminal.out(
        `Slackwater acts on it within a minute; "slackwater plan show ${plan.id}" tells what becomes of it.`,
      );
      await writeDown({ ...about, verdict: 'done', because }, table);
      return 0;
    });
  };

/** Their approval is kept and takes their objection back, but is none of those that it takes. */
async function tellRequester({ by }: DecisionGiven, plan: Plan, { policy }: PlansTable, { out }: Terminal) {
  if (plan.requestedBy !== by || countsAsApprover(by, plan, (await policy()).run)) return;
  out(`${oneLine(by)} asked for it, so somebody else has to approve it too.`);
}

function refuse(kind: Kind, because: string, { err }: Terminal): 1 {
  err(`slackwater plan ${kind}: ${oneLine(because)}`);
  return 1;
}

/** Nobody agrees to what they were not shown. */
function show(kind: Kind, { given, plan }: About, { out, err }: Terminal): 2 {
  out(termsText(termsOf(given, plan)));
  err(`slackwater plan ${kind}: nothing was decided; to agree to this, run it again with --hash ${plan.hash}`);
  return 2;
}

const isStale = ({ hash }: DecisionGiven, record: PlanRecord): record is PlanRecord & { readonly plan: Plan } =>
  hash !== undefined && record.plan !== undefined && hash !== record.plan.hash;

/** The services that an agreement would be about. */
const termsOf = ({ names }: DecisionGiven, plan: Plan): readonly PlannedService[] =>
  names.length > 0 ? servicesIn(names, plan) : plan.services.filter(({ run }) => run.stage.kind !== 'ended');

interface About {
  readonly given: DecisionGiven;
  readonly plan: Plan;
}

async function decisionOf(
  kind: Kind,
  { given: { by, hash, length, names }, plan }: About,
  { clock, policy }: PlansTable,
): Promise<PlanDecision | 'not shown'> {
  if (kind === 'lift-freeze') return { kind, by, freeze: await freezeIn(names[0] ?? '', policy) };
  const services = servicesIn(names, plan).map(({ at }) => serviceArn(at));
  switch (kind) {
    case 'approve':
      if (hash === undefined) return 'not shown';
      return { kind, by, hash, ...(services.length > 0 && { services }) };
    case 'object':
      return { kind, by };
    case 'run-now':
      return hash === undefined ? 'not shown' : { kind, by, hash, services, until: clock() + length };
    case 'pin':
    case 'hand-over':
      return { kind, by, services };
  }
}

async function freezeIn(name: string, policy: PlansTable['policy']) {
  const { freezes } = (await policy()).maintenance;
  const freeze = freezes.find((one) => one.name === name);
  if (freeze !== undefined) return freeze;
  const known = freezes.length === 0 ? 'it has none' : `it has ${listing(freezes.map((one) => one.name))}`;
  throw new UsageError(`"${shorten(oneLine(name), 100)}" is no freeze of the configuration in force; ${known}`);
}
