import { hours } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { hasNoWait } from '../account.ts';
import { isRunNow } from '../candidates.ts';
import { canBeDeployed } from '../controller.ts';
import { isUnderWay } from '../deployments.ts';
import { leftAloneBy } from '../people/ordered.ts';
import type { HandOver } from '../stage.ts';
import { ended, type Look, type Move, stay, tell, to } from './look.ts';
import { oldTasks } from './occasion.ts';
import { proofOf } from './proof.ts';

/** AWS says that tasks are stopped on or after the deadline, typically within a day; after two nobody waits for it any more. */
export const AWS_TAKES = hours(48);

const NO_WAIT = ' The account gives retirements a wait period of 0 days: no window can come first.';

interface Left {
  readonly why: HandOver;
  readonly because: string;
}

/** Why nothing of ours replaces the tasks, if that is so; an order to run the service now beats modes and lateness. */
function leftBecause({ plan, service, work, now }: Look): Left | undefined {
  const { mode, slot, controller, latestSafeStart } = work;
  const by = leftAloneBy(plan.orders, service.at);
  if (by !== undefined) return { why: 'asked', because: `${by} wants it left alone.` };
  if (!canBeDeployed(controller))
    return { why: 'controller', because: `Whoever runs its deployment controller ${controller} has to deploy it.` };
  if (mode === 'off') return { why: 'mode', because: 'Its mode is off.' };
  if (slot !== undefined && isRunNow(slot)) return undefined;
  if (mode === 'notify') return { why: 'mode', because: 'Its mode is notify.' };
  return now > latestSafeStart
    ? {
        why: 'late',
        because:
          plan.occasion === 'retirement'
            ? `It is too late to begin before AWS does.${hasNoWait(plan.account) ? NO_WAIT : ''}`
            : `It was not begun by ${utcMinute(latestSafeStart)}.`,
      }
    : undefined;
}

/** Leaves a service that waits to AWS, or to nobody where nothing but a person wanted it replaced. */
export function leftTo(look: Look, steps: Move['steps']): Move | undefined {
  const left = leftBecause(look);
  if (left === undefined) return undefined;
  const { plan, work, now } = look;
  const { why, because } = left;
  const counted = oldTasks(plan, work.old, work.of);
  if (plan.occasion === 'request' && (why === 'late' || why === 'asked'))
    return ended(look, {
      end: why === 'late' ? 'escalated' : 'handed-over',
      because: `${because} ${counted}, and nothing else replaces them.`,
      steps,
      proof: proofOf(look),
    });
  const text =
    plan.occasion === 'request'
      ? `${because} ${counted}. Nothing is replaced unless somebody orders to run it now.`
      : `${because} AWS replaces ${work.old} of ${work.of} tasks from ${utcMinute(plan.deadline)} on, whatever the windows say. What becomes of them is watched.`;
  return to(
    look,
    { kind: 'handing-over', since: now, why },
    { steps, news: [tell(look, 'handing-over', text, why === 'mode' || why === 'asked' ? 'thread' : 'channel')] },
  );
}

/** Nothing says so when old tasks are replaced by others: the tasks themselves are looked at. */
export function watch(look: Look): Move {
  const { work, plan, situation, now } = look;
  if (work.old === 0 && situation.running === situation.desired && !situation.deployments.some(isUnderWay))
    return ended(look, { ...replacedBy(look), proof: proofOf(look) });
  const patience = plan.occasion === 'retirement' ? AWS_TAKES : 0;
  if (now > plan.deadline + patience)
    return ended(look, { end: 'escalated', because: unreplaced(look), proof: proofOf(look) });
  if (leftBecause(look) !== undefined || work.slot === undefined || work.old === 0) return stay(look);
  const text = isRunNow(work.slot)
    ? 'Somebody ordered to run it now.'
    : `An opening was found after all: ${utcMinute(work.slot.opens)}.`;
  return to(look, { kind: 'waiting', aim: work.slot }, { news: [tell(look, 'taken-back', text)] });
}

function replacedBy({ plan, work, now }: Look): Pick<Parameters<typeof ended>[1], 'end' | 'because'> {
  if (plan.occasion === 'request') return { end: 'skipped', because: 'Everything was replaced by somebody else.' };
  return now < plan.deadline
    ? { end: 'skipped', because: 'Everything was replaced before AWS began.' }
    : { end: 'handed-over', because: `AWS has replaced its tasks; ${work.of} run, none is old.` };
}

function unreplaced({ plan, work, situation }: Look): string {
  const when =
    plan.occasion === 'retirement' ? `Two days after ${utcMinute(plan.deadline)}` : `At ${utcMinute(plan.deadline)}`;
  return `${when} ${work.old} of ${work.of} tasks are old and ${situation.running} of ${situation.desired} run.`;
}
