import { assertNever } from '../assert-never.ts';
import type { Instant } from '../instant.ts';
import { utcMinute } from '../utc.ts';
import type { Allowance, TakingFreeze } from './allowance.ts';
import { sentences, withAnswer } from './check.ts';
import type { Work } from './plan.ts';

/** What is to become of a service, as it looks now. `because` is a sentence for its readers. */
export type PlanVerdict =
  | {
      readonly kind: 'ready' | 'ask' | 'blocked' | 'skipped' | 'gone' | 'handed-over';
      readonly reason: VerdictReason;
      readonly because: string;
    }
  | {
      readonly kind: 'escalated';
      readonly reason: EscalationReason;
      readonly because: string;
      readonly choices: readonly Choice[];
    };

export type VerdictReason =
  | 'scheduled'
  | 'needs-approval'
  | 'preflight'
  | 'already-replaced'
  | 'scaled-in'
  | 'no-service'
  | 'unread'
  | 'mode-off'
  | 'mode-notify';

/** Why nothing can be done in time without somebody's decision. */
export type EscalationReason =
  /** No window selects the service. */
  | 'no-window'
  /** AWS gives no time: the wait period is 0, or the notice came too late for any opening. */
  | 'no-time'
  /** Windows there are, and none opens early enough. */
  | 'no-opening'
  /** Freezes take every opening. */
  | 'frozen';

/** What people can do when no opening is left. */
export type Choice = 'run-now' | 'add-window' | 'lift-freeze' | 'hand-over';

interface Judged {
  readonly work: Work;
  readonly allowance: Allowance;
  readonly needsApproval: boolean;
  readonly deadline: Instant;
  readonly now: Instant;
}

/** The first that fits; none of them is silent about a service that AWS will stop. */
export function verdictOf({ work, allowance, needsApproval, deadline, now }: Judged): PlanVerdict {
  const { old, of, slot } = work;
  if (of === 0) return { kind: 'skipped', reason: 'scaled-in', because: 'No Fargate task of it runs.' };
  if (old === 0)
    return { kind: 'skipped', reason: 'already-replaced', because: `All ${of} tasks are on the new revision already.` };
  const counted = `${old} of ${of} tasks are on the old revision`;
  if (work.mode === 'off' || work.mode === 'notify')
    return {
      kind: 'handed-over',
      reason: `mode-${work.mode}`,
      because: `${counted}. Its mode is ${work.mode}: AWS replaces them from ${utcMinute(deadline)} on.`,
    };
  if (slot === undefined) return escalation(allowance, { counted, latest: work.latestSafeStart, deadline, now });
  const blocks = withAnswer(work.checks, 'block');
  if (blocks.length > 0) return { kind: 'blocked', reason: 'preflight', because: `${counted}. ${sentences(blocks)}` };
  const when = `Window ${slot.windows.join(' and ')} opens ${utcMinute(slot.opens)}.`;
  const asks = withAnswer(work.checks, 'ask');
  return needsApproval
    ? {
        kind: 'ask',
        reason: 'needs-approval',
        because: [counted + '.', when, ...asks.map(({ because }) => because), 'Somebody has to approve.'].join(' '),
      }
    : { kind: 'ready', reason: 'scheduled', because: `${counted}. ${when}` };
}

interface Late {
  readonly counted: string;
  readonly latest: Instant;
  readonly deadline: Instant;
  readonly now: Instant;
}

function escalation({ freezes, hasWindows }: Allowance, { counted, latest, deadline, now }: Late): PlanVerdict {
  const reason = !hasWindows ? 'no-window' : now > latest ? 'no-time' : freezes.length > 0 ? 'frozen' : 'no-opening';
  const aws = `AWS replaces them from ${utcMinute(deadline)} on, whatever is decided here.`;
  const liftable = freezes.some(({ canBeLifted }) => canBeLifted);
  const freezeChoice: readonly Choice[] = reason === 'frozen' && liftable ? ['lift-freeze'] : [];
  return {
    kind: 'escalated',
    reason,
    because: `${counted}. ${why(reason, { freezes, latest })} ${aws}`,
    choices: ['run-now', 'add-window', ...freezeChoice, 'hand-over'],
  };
}

interface Left {
  readonly freezes: readonly TakingFreeze[];
  readonly latest: Instant;
}

function why(reason: EscalationReason, { freezes, latest }: Left): string {
  switch (reason) {
    case 'no-window':
      return 'No maintenance window selects the service.';
    case 'no-time':
      return `To be safe it had to begin by ${utcMinute(latest)}.`;
    case 'frozen':
      return `${freezes.map(({ name, reason: said }) => `Freeze ${name} (${said})`).join(' and ')} leaves no opening. A freeze does not stop AWS.`;
    case 'no-opening':
      return `No opening that is long enough is left before ${utcMinute(latest)}.`;
    default:
      return assertNever(reason);
  }
}
