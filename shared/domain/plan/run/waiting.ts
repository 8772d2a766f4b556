import { utcMinute } from '../../utc.ts';
import { isOpen, isRunNow, overlap, type Slot } from '../candidates.ts';
import { sentences } from '../checks/check.ts';
import { holderOf, lockOn, releaseLock, takeLock } from '../lock.ts';
import type { Held, StageOf } from '../stage.ts';
import { budgetHold } from './budget-hold.ts';
import { leftTo } from './handing-over.ts';
import { ended, type Look, type Move, stay, tell, to } from './look.ts';
import { noneOld } from './occasion.ts';
import { proofOf } from './proof.ts';
import { blocksNow } from './readiness.ts';
import { beginOneByOne } from './replacing.ts';
import { deployStep } from './starting.ts';

type Waiting = StageOf<'waiting'>;

/** A service that is to be replaced and is not yet. The first that applies. */
export function wait(look: Look, stage: Waiting): Move {
  const { plan, service, work, locks, now } = look;
  const release = releaseLock(locks, plan, service.at, now);
  if (work.old === 0) return nothingLeft(look, release);
  const left = leftTo(look, release);
  if (left !== undefined) return left;
  const { slot } = work;
  const missed = missedBy(look, stage);
  if (slot === undefined)
    return missed.length === 0 ? stay(look, release) : to(look, { kind: 'waiting' }, { steps: release, news: missed });
  const aimed: Waiting =
    missed.length > 0 || stage.aim === undefined ? { kind: 'waiting', aim: slot } : { ...stage, aim: slot };
  if (!isOpen(slot, now)) return to(look, aimed, { steps: release, news: missed });
  const held = hold(look, slot);
  if (held === undefined) return start(look, aimed, slot);
  const isNew = aimed.held?.key !== held.key && !EXPECTED.has(held.key);
  return to(
    look,
    { ...aimed, held },
    {
      steps: release,
      news: [...missed, ...(isNew ? [tell(look, 'held', `${openText(slot)} ${held.because}`)] : [])],
    },
  );
}

const openText = (slot: Slot): string => (isRunNow(slot) ? 'It is to be run now.' : 'The window is open.');

/** What everybody who follows the plan knows anyway; when an opening is missed for it, that is told. */
const EXPECTED: ReadonlySet<string> = new Set(['approval', 'budget', 'spacing', 'canary']);

/** Somebody else has replaced everything, or an attempt that did not succeed has. */
function nothingLeft(look: Look, steps: Move['steps']): Move {
  const { service, work, plan } = look;
  const because = work.of === 0 ? 'No Fargate task of it runs.' : `${noneOld(plan, work.of)}.`;
  const { last } = service.run;
  return ended(look, { end: last === undefined ? 'skipped' : last.end, because, steps, proof: proofOf(look) });
}

/** The opening that it waited for is over, or another was found in its place. */
function missedBy(look: Look, { aim, held }: Waiting): Move['news'] {
  const { slot } = look.work;
  if (aim === undefined || (slot !== undefined && overlap(aim, slot))) return [];
  // Somebody wants it before its opening, which is not missed by that.
  if (slot !== undefined && isRunNow(slot) && look.now < aim.opens) return [];
  const next = slot === undefined ? 'No opening is left.' : `The next opens ${utcMinute(slot.opens)}.`;
  const why =
    look.now <= aim.cutoff
      ? 'A freeze or a changed window took it.'
      : (held?.because ?? 'Nothing looked at it in time.');
  const what = isRunNow(aim)
    ? 'The order to run it now has passed.'
    : `The opening of ${utcMinute(aim.opens)} was missed.`;
  return [tell(look, 'missed', `${what} ${why} ${next}`, slot === undefined ? 'owners' : 'channel')];
}

/** Why it does not start now. */
function hold(look: Look, slot: Slot): Held | undefined {
  const blocks = blocksNow(look, slot);
  if (blocks.length > 0) return { key: blocks.map(({ id }) => id).join(','), because: sentences(blocks) };
  return budgetHold({ ...look, slot }, look.now);
}

/** First the lock, and once that is seen to be held, what it is for. */
function start(look: Look, aimed: Waiting, slot: Slot): Move {
  const { plan, service, work, situation, locks, now } = look;
  const lock = lockOn(locks, service.at);
  if (lock === undefined || holderOf(locks, plan, service.at, now) !== 'ours')
    return to(look, aimed, { steps: [takeLock(locks, plan, service, now)] });
  const { revision, digests } = work;
  const known = situation.deployments.map(({ id }) => id);
  const flight = { startedAt: now, slot, fence: lock.fence, revision, digests, known };
  if (work.isPinned) return beginOneByOne(look, flight);
  return to(
    look,
    { kind: 'starting', tries: 1, askedAt: now, unseen: 0, ...flight },
    { steps: [deployStep(look, flight, lock)] },
  );
}
