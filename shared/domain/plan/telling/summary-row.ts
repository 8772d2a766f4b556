import { assertNever } from '../../assert-never.ts';
import type { ServiceRef } from '../../place.ts';
import { utcMinute } from '../../utc.ts';
import type { Slot } from '../candidates.ts';
import { withAnswer } from '../checks/check.ts';
import type { Consent } from '../checks/preflight.ts';
import type { Choice } from '../checks/verdict.ts';
import { consentTo } from '../people/approval.ts';
import type { Plan, PlannedService, Work } from '../plan.ts';
import { oldTasks } from '../run/occasion.ts';
import { inFlight, type Proof, type Stage, type StageOf } from '../stage.ts';
import type { Quorum } from '../step.ts';
import { clip } from './clip.ts';
import { type RowStatus, statusOf } from './summary-status.ts';

/** One service as its message shows it. */
export interface PlanRow {
  readonly service: ServiceRef;
  readonly status: RowStatus;
  /** Old and running Fargate tasks. */
  readonly old: number;
  readonly of: number;
  /** `ROLLING`, `CODE_DEPLOY`, `one by one`, …; absent for what ECS did not show. */
  readonly strategy?: string;
  /** Milliseconds, while it is not over. */
  readonly expected?: number;
  /** Milliseconds that it took. */
  readonly took?: number;
  readonly slot?: Slot;
  /** A sentence; how many tasks are old is not in it. */
  readonly because: string;
  /** What whoever approves agrees to beside the replacement itself, a sentence each. */
  readonly asks?: readonly string[];
  readonly choices?: readonly Choice[];
  /** What is not as it was, although it is done. */
  readonly changes?: readonly string[];
}

export function rowOf(service: PlannedService, plan: Plan, quorum: Quorum): PlanRow {
  const { at, work, verdict, run } = service;
  const { stage } = run;
  const consent = consentTo(service, plan, quorum);
  const status = statusOf(service, plan, consent);
  const proof = stage.kind === 'ended' ? stage.proof : undefined;
  const asks = work !== undefined && isUndecided(status, stage) ? first(asksIn(work)) : [];
  const changes = first((proof?.changes ?? []).map(withShortDigests));
  const slot = inFlight(stage) ? stage.slot : stage.kind === 'waiting' ? work?.slot : undefined;
  return {
    service: at,
    status,
    ...tasksOf(service, { status, proof }),
    ...(work && { strategy: strategyOf(work) }),
    ...(work && stage.kind !== 'ended' && { expected: work.expected.length }),
    ...(proof?.took !== undefined && { took: proof.took }),
    ...(slot && { slot }),
    because: clip(becauseOf(service, { plan, status, consent })),
    ...(asks.length > 0 && { asks }),
    ...(status === 'escalated' && stage.kind !== 'ended' && 'choices' in verdict && { choices: verdict.choices }),
    ...(changes.length > 0 && { changes }),
  };
}

/** Further ones are in the plan. */
const MOST = 3;

function first(texts: readonly string[]): readonly string[] {
  const shown = texts.slice(0, MOST).map(clip);
  return texts.length > MOST ? [...shown, `… and ${texts.length - MOST} more`] : shown;
}

/** As preflight names images: two whole digests would fill three lines of a message. */
const withShortDigests = (text: string): string => text.replaceAll(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, '$1');

/** It waits for somebody's agreement. */
const isUndecided = (status: RowStatus, stage: Stage): boolean =>
  stage.kind === 'waiting' && (status === 'ask' || status === 'failed' || status === 'rolled-back');

const asksIn = ({ checks }: Work): readonly string[] => withAnswer(checks, 'ask').map(({ because }) => because);

const strategyOf = ({ isPinned, controller, strategy }: Work): string =>
  isPinned ? 'one by one' : controller === 'ECS' ? strategy : controller;

interface Seen {
  readonly status: RowStatus;
  readonly proof: Proof | undefined;
}

/** What was seen at the end is truer than what was planned before it; what is not there has no tasks. */
function tasksOf({ work }: PlannedService, { status, proof }: Seen): Pick<PlanRow, 'old' | 'of'> {
  if (status === 'gone' || work === undefined) return { old: 0, of: 0 };
  return proof === undefined ? { old: work.old, of: work.of } : { old: proof.old, of: proof.running };
}

interface Standing {
  readonly plan: Plan;
  readonly status: RowStatus;
  readonly consent: Consent;
}

function becauseOf(service: PlannedService, { plan, status, consent }: Standing): string {
  const { stage } = service.run;
  switch (stage.kind) {
    case 'ended':
      return stage.because;
    case 'starting':
      return stage.trouble ?? `ECS is asked for it since ${utcMinute(stage.startedAt)}.`;
    case 'running':
      return `ECS is at it since ${utcMinute(stage.startedAt)}${stage.overran ? ', and the window has closed.' : '.'}`;
    case 'replacing':
      return stage.trouble ?? `One task after the other since ${utcMinute(stage.startedAt)}.`;
    case 'verifying':
      return provingText(stage);
    case 'handing-over':
      return verdictText(service, plan);
    case 'waiting':
      if (status !== 'ready' && !isUndecided(status, stage)) return verdictText(service, plan);
      return withConsent(stage.held?.because, consent);
    default:
      return assertNever(stage);
  }
}

const provingText = ({ since, wellSince }: StageOf<'verifying'>): string =>
  wellSince === undefined
    ? `Replaced since ${utcMinute(since)}, and not everything is as it has to be yet.`
    : `Replaced since ${utcMinute(since)}; all is well since ${utcMinute(wellSince)}.`;

const withConsent = (held: string | undefined, { because }: Consent): string =>
  held === undefined || held.includes(because) ? (held ?? because) : `${held} ${because}`;

/** The row itself says how many are old; without that, what is true of several services reads the same. */
function verdictText({ verdict: { because }, work }: PlannedService, plan: Plan): string {
  const counted = work === undefined ? '' : `${oldTasks(plan, work.old, work.of)}. `;
  return because.startsWith(counted) ? because.slice(counted.length) : because;
}
