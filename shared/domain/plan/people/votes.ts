import type { Plan, PlannedService } from '../plan.ts';
import type { Quorum, RunConfig } from '../step.ts';
import type { PlannedTask } from '../tasks/standalone.ts';
import { type Approval, consentTo, countsAsApprover } from './approval.ts';

/** Who agrees to what is left of a plan, and who does not. */
export interface Votes {
  /** Whose approval holds for everything that waits for one. */
  readonly given: readonly string[];
  /** 0 when nothing that is left needs any. */
  readonly needed: number;
  /** While somebody objects, nothing more is started. */
  readonly against: readonly string[];
  /** What nobody has approved by then uses its last opening, if every check is ok. */
  readonly orLastOpening?: true;
  /** Nothing that is left of the plan starts before enough people approve. */
  readonly comeFirst?: true;
}

/** Of each; a message names no more. */
const NAMES = 5;

export function votesOn(plan: Plan, config: Quorum & Pick<RunConfig, 'onDeadline'>): Votes {
  const { votes, onDeadline } = config;
  const approvals = plan.approvals.filter(({ by }) => countsAsApprover(by, plan, config));
  const startable = plan.services.filter(isStartable);
  const asked = startable.filter((service) => !agrees(service, plan, []));
  const holds = (approval: Approval): boolean => asked.every((service) => agrees(service, plan, [approval]));
  const isFirst = asked.length > 0 && !startable.some((service) => consentTo(service, plan, config).isGiven);
  return {
    given: asked.length === 0 ? [] : namesOf(approvals.filter(holds)),
    needed: asked.length === 0 ? 0 : votes,
    against: namesOf(plan.vetoes),
    ...(onDeadline === 'autoIfGreen' && { orLastOpening: true }),
    ...(onDeadline === 'handover' && isFirst && !plan.tasks.some(isToBeReplaced) && { comeFirst: true }),
  };
}

const namesOf = (voices: readonly { readonly by: string }[]): readonly string[] =>
  voices.slice(0, NAMES).map(({ by }) => by);

/** What has no opening does not begin, whoever agrees. */
const WITH_OPENING: ReadonlySet<PlannedService['verdict']['kind']> = new Set(['ready', 'ask', 'blocked']);

const isStartable = ({ run: { stage }, verdict }: PlannedService): boolean =>
  stage.kind === 'waiting' && WITH_OPENING.has(verdict.kind);

/** Its tag asks for that, and nobody else has to. */
const isToBeReplaced = ({ run, verdict }: PlannedTask): boolean =>
  run.kind === 'waiting' && verdict.kind === 'relaunch';

const ANY_ONE: Quorum = { votes: 1, approverIsNotRequester: false };

/** Whether these approvals alone, if one is enough, let it start. */
const agrees = (service: PlannedService, plan: Plan, approvals: readonly Approval[]): boolean =>
  consentTo(service, { ...plan, approvals, vetoes: [] }, ANY_ONE).isGiven;
