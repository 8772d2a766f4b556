import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import type { PlanRow } from '../domain/plan/telling/summary-row.ts';
import { utcMinute } from '../domain/utc.ts';
import type { CardButton } from './button.ts';
import { listing, plural } from './listing.ts';
import { countOf, isMoving } from './plan-words.ts';

/** What people can decide about a plan that is not over. More than the first five are left to modals and commands. */
export function planButtons(plan: PlanSummary): readonly CardButton[] {
  if (plan.phase === 'over') return [];
  return [
    approve(plan),
    retry(plan),
    object(plan),
    runNow(plan),
    handOver(plan),
    approveSome(plan),
    changeWindow(plan),
  ].flat();
}

/** Services that have not begun and may; an approval is for all of them. */
const countWaiting = (plan: PlanSummary): number =>
  countOf(plan, 'ask', 'ready', 'blocked') + plan.rows.filter(canBeRetried).length;

function approve(plan: PlanSummary): readonly CardButton[] {
  const isHeld = plan.votes.against.length > 0;
  if (countOf(plan, 'ask') === 0 && !isHeld) return [];
  return [
    {
      action: 'approve',
      label: 'Approve plan',
      style: 'primary',
      confirm: {
        title: 'Approve the plan?',
        text: [`Redeploys ${services(countWaiting(plan))}, ${images(plan)}.`, when(plan), votes(plan)].flat().join(' '),
        yes: 'Approve',
      },
    },
  ];
}

function images({ newImages = 0 }: PlanSummary): string {
  if (newImages === 0) return 'with the images that run now';
  return `${newImages} of which may get a new image`;
}

function when({ slot }: PlanSummary): readonly string[] {
  return slot === undefined
    ? []
    : [`The next opening is ${listing(slot.windows)}, ${utcMinute(slot.opens)} to ${utcMinute(slot.closes)}.`];
}

function votes({ votes: { given, needed } }: PlanSummary): readonly string[] {
  return needed > 1
    ? [`It takes ${needed} approvals; ${given.length} ${given.length === 1 ? 'is' : 'are'} given.`]
    : [];
}

/** Failed, and waits to be tried again: what has ended for good has nothing to be expected any more. */
const canBeRetried = ({ status, expected }: PlanRow): boolean =>
  (status === 'failed' || status === 'rolled-back') && expected !== undefined;

function retry(plan: PlanSummary): readonly CardButton[] {
  const failed = plan.rows.filter(canBeRetried).length;
  if (failed === 0) return [];
  return [
    {
      action: 'retry',
      label: 'Retry failed',
      confirm: {
        title: 'Try again?',
        text: [
          `Approves another attempt at ${services(failed)} that failed or was rolled back.`,
          when(plan),
          votes(plan),
        ]
          .flat()
          .join(' '),
        yes: 'Try again',
      },
    },
  ];
}

/** While there is something that it would hold back. */
function object(plan: PlanSummary): readonly CardButton[] {
  const isHeld = plan.votes.against.length > 0;
  if (isHeld || (countWaiting(plan) === 0 && !isMoving(plan))) return [];
  return [
    {
      action: 'object',
      label: 'Object',
      confirm: {
        title: 'Hold the plan?',
        text: `Nothing more of ${plan.id} is started until you approve it: ${services(countWaiting(plan))} would wait. What is in flight goes on.`,
        yes: 'Hold it',
      },
    },
  ];
}

function runNow(plan: PlanSummary): readonly CardButton[] {
  const waiting = countWaiting(plan) + countOf(plan, 'escalated');
  if (waiting === 0) return [];
  return [
    {
      action: 'run-now',
      label: 'Run now…',
      style: 'danger',
      confirm: {
        title: 'Run outside of windows?',
        text: `Replaces tasks at once, whatever windows and freezes say. You choose next among ${services(waiting)}; checks still hold back what is not safe.`,
        yes: 'Choose services',
      },
    },
  ];
}

function handOver(plan: PlanSummary): readonly CardButton[] {
  const given = plan.rows.filter(({ choices = [] }) => choices.includes('hand-over')).length;
  if (given === 0) return [];
  const isRetirement = plan.occasion === 'retirement';
  const more = plan.leftOut > 0 ? ' at least' : '';
  const fate = isRetirement
    ? `AWS replaces their tasks when it likes, from ${utcMinute(plan.deadline)} on.`
    : 'Nothing replaces their tasks.';
  return [
    {
      action: 'hand-over',
      label: isRetirement ? 'Hand over to AWS' : 'Leave as it is',
      style: 'danger',
      confirm: {
        title: isRetirement ? 'Leave it to AWS?' : 'Leave it as it is?',
        text: `Gives up every service that needs a decision,${more} ${given}. ${fate}`,
        yes: isRetirement ? 'Leave it to AWS' : 'Leave it',
      },
    },
  ];
}

const approveSome = (plan: PlanSummary): readonly CardButton[] =>
  countOf(plan, 'ask') > 1 ? [{ action: 'approve-some', label: 'Approve some…' }] : [];

const changeWindow = (plan: PlanSummary): readonly CardButton[] =>
  countWaiting(plan) + countOf(plan, 'escalated') > 0 ? [{ action: 'change-window', label: 'Change window…' }] : [];

const services = (count: number): string => plural(count, 'service');
