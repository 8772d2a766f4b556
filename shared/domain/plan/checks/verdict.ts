import { assertNever } from '../../assert-never.ts';
import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { hasNoWait } from '../account.ts';
import type { Allowance, TakingFreeze } from '../allowance.ts';
import { isRunNow } from '../candidates.ts';
import { canBeDeployed } from '../controller.ts';
import type { Work } from '../plan.ts';
import { noneOld, type Occasion, oldTasks, otherwise } from '../run/occasion.ts';
import { type AccountFacts } from '../situation.ts';
import { sentences, withAnswer } from './check.ts';

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
  | 'mode-notify'
  /** Another tool deploys it. */
  | 'other-tool'
  /** Somebody knowingly left it alone. */
  | 'left-alone';

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
  readonly occasion: Occasion;
  readonly account?: AccountFacts;
  /** Who wants it left alone, if anybody does. */
  readonly leftAloneBy?: string;
  readonly now: Instant;
}

/** The first that fits; none of them is silent about a service that AWS will stop. */
export function verdictOf(judged: Judged): PlanVerdict {
  const { work, needsApproval, occasion } = judged;
  const { old, of, slot } = work;
  if (of === 0) return { kind: 'skipped', reason: 'scaled-in', because: 'No Fargate task of it runs.' };
  if (old === 0) return { kind: 'skipped', reason: 'already-replaced', because: `${noneOld(occasion, of)} already.` };
  const counted = oldTasks(occasion, old, of);
  const left = leftToOthers(judged);
  if (left !== undefined)
    return { kind: 'handed-over', reason: left.reason, because: `${counted}. ${left.because} ${otherwise(occasion)}` };
  if (slot === undefined) return escalation(judged, counted);
  const blocks = withAnswer(work.checks, 'block');
  if (blocks.length > 0) return { kind: 'blocked', reason: 'preflight', because: `${counted}. ${sentences(blocks)}` };
  const when = isRunNow(slot)
    ? `It is to be run now, until ${utcMinute(slot.cutoff)}.`
    : `Window ${slot.windows.join(' and ')} opens ${utcMinute(slot.opens)}.`;
  const asks = withAnswer(work.checks, 'ask');
  return needsApproval
    ? {
        kind: 'ask',
        reason: 'needs-approval',
        because: [counted + '.', when, ...asks.map(({ because }) => because), 'Somebody has to approve.'].join(' '),
      }
    : { kind: 'ready', reason: 'scheduled', because: `${counted}. ${when}` };
}

interface Left {
  readonly reason: VerdictReason;
  readonly because: string;
}

/** Why nothing of ours replaces the tasks, however the windows are. */
function leftToOthers({ work: { mode, slot, controller }, leftAloneBy }: Judged): Left | undefined {
  if (leftAloneBy !== undefined) return { reason: 'left-alone', because: `${leftAloneBy} wants it left alone.` };
  if (!canBeDeployed(controller))
    return {
      reason: 'other-tool',
      because: `Its deployment controller is ${controller}: whoever runs that has to deploy it.`,
    };
  if (mode === 'off' || (mode === 'notify' && !(slot !== undefined && isRunNow(slot))))
    return { reason: `mode-${mode}`, because: `Its mode is ${mode}.` };
  return undefined;
}

function escalation({ work, allowance, occasion, account, now }: Judged, counted: string): PlanVerdict {
  const { freezes, hasWindows } = allowance;
  const latest = work.latestSafeStart;
  const isRetirement = occasion.occasion === 'retirement';
  const reason = !hasWindows ? 'no-window' : now > latest ? 'no-time' : freezes.length > 0 ? 'frozen' : 'no-opening';
  const wait =
    hasNoWait(account) && isRetirement
      ? ' The account gives retirements a wait period of 0 days: no window can come first.'
      : '';
  const liftable = freezes.some(({ canBeLifted }) => canBeLifted);
  const freezeChoice: readonly Choice[] = reason === 'frozen' && liftable ? ['lift-freeze'] : [];
  return {
    kind: 'escalated',
    reason,
    because: `${counted}. ${why(reason, { freezes, latest, isRetirement })}${wait} ${otherwise(occasion)}`,
    choices: ['run-now', 'add-window', ...freezeChoice, 'hand-over'],
  };
}

interface Missing {
  readonly freezes: readonly TakingFreeze[];
  readonly latest: Instant;
  readonly isRetirement: boolean;
}

function why(reason: EscalationReason, { freezes, latest, isRetirement }: Missing): string {
  switch (reason) {
    case 'no-window':
      return 'No maintenance window selects the service.';
    case 'no-time':
      return `To be safe it had to begin by ${utcMinute(latest)}.`;
    case 'frozen':
      return `${freezes.map(({ name, reason: said }) => `Freeze ${name} (${said})`).join(' and ')} leaves no opening.${isRetirement ? ' A freeze does not stop AWS.' : ''}`;
    case 'no-opening':
      return `No opening that is long enough is left before ${utcMinute(latest)}.`;
    default:
      return assertNever(reason);
  }
}
