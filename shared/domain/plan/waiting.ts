import { seconds } from '../instant.ts';
import { utcMinute } from '../utc.ts';
import { consentTo } from './approval.ts';
import { budgetHold } from './budget-hold.ts';
import { isOpen, overlap, type Slot } from './candidates.ts';
import { type Check, sentences, withAnswer } from './check.ts';
import { holderOf, lockOn, releaseLock, takeLock } from './lock.ts';
import { ended, type Look, type Move, stay, tell, to } from './look.ts';
import { type Consent, preflight } from './preflight.ts';
import { proofOf } from './proof.ts';
import type { Held, Stage } from './stage.ts';

type Waiting = Extract<Stage, { readonly kind: 'waiting' }>;

/** A service that is to be replaced and is not yet. The first that applies. */
export function wait(look: Look, stage: Waiting): Move {
  const { plan, service, work, locks, now } = look;
  const release = releaseLock(locks, plan, service.at, now);
  if (work.old === 0) return nothingLeft(look, release);
  if (work.mode === 'off' || work.mode === 'notify') return handOver(look, 'mode', release);
  if (now > work.latestSafeStart) return handOver(look, 'late', release);
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
      news: [...missed, ...(isNew ? [tell(look, 'held', `The window is open. ${held.because}`)] : [])],
    },
  );
}

/** What everybody who follows the plan knows anyway; when an opening is missed for it, that is told. */
const EXPECTED: ReadonlySet<string> = new Set(['approval', 'budget', 'spacing', 'canary']);

/** Somebody else has replaced everything, or an attempt that did not succeed has. */
function nothingLeft(look: Look, steps: Move['steps']): Move {
  const { service, work } = look;
  const because = work.of === 0 ? 'No Fargate task of it runs.' : `All ${work.of} tasks are on the new revision.`;
  const { last } = service.run;
  return ended(look, { end: last === undefined ? 'skipped' : last.end, because, steps, proof: proofOf(look) });
}

function handOver(look: Look, why: 'mode' | 'late', steps: Move['steps']): Move {
  const { work, plan, now } = look;
  const reason = why === 'mode' ? `Its mode is ${work.mode}.` : `It is too late to begin before AWS does.`;
  const text = `${reason} AWS replaces ${work.old} of ${work.of} tasks from ${utcMinute(plan.deadline)} on, whatever the windows say. What becomes of them is watched.`;
  return to(
    look,
    { kind: 'handing-over', since: now, why },
    { steps, news: [tell(look, 'handing-over', text, why === 'mode' ? 'thread' : 'channel')] },
  );
}

/** The opening that it waited for is over, or another was found in its place. */
function missedBy(look: Look, { aim, held }: Waiting): Move['news'] {
  const { slot } = look.work;
  if (aim === undefined || (slot !== undefined && overlap(aim, slot))) return [];
  const next = slot === undefined ? 'No opening is left.' : `The next opens ${utcMinute(slot.opens)}.`;
  const why =
    look.now <= aim.cutoff
      ? 'A freeze or a changed window took it.'
      : (held?.because ?? 'Nothing looked at it in time.');
  return [
    tell(
      look,
      'missed',
      `The opening of ${utcMinute(aim.opens)} was missed. ${why} ${next}`,
      slot === undefined ? 'owners' : 'channel',
    ),
  ];
}

/** Why it does not start now. */
function hold(look: Look, slot: Slot): Held | undefined {
  const blocks = withAnswer(checksOf(look, slot), 'block');
  if (blocks.length > 0) return { key: blocks.map(({ id }) => id).join(','), because: sentences(blocks) };
  return budgetHold({ ...look, slot }, look.now);
}

function checksOf(look: Look, slot: Slot): readonly Check[] {
  const { plan, service, work, situation, locks, now } = look;
  const given = {
    now,
    expected: work.expected.length,
    latestSafeStart: work.latestSafeStart,
    slot,
    lock: holderOf(locks, plan, service.at, now),
  };
  const checks = preflight(situation, { ...given, consent: consentTo(service, plan, look.config.votes) });
  if (!isLastResort(look) || checks.some(({ id, answer }) => id !== 'approval' && answer !== 'ok')) return checks;
  return preflight(situation, { ...given, consent: LAST_RESORT });
}

const LAST_RESORT: Consent = { isGiven: true, because: 'It is the last opening, and every check is ok.' };

/** Nobody has decided, and whoever installed this wants the last opening used then. Never against an objection or after a failure. */
const isLastResort = ({ config, work, plan, service }: Look): boolean =>
  config.onDeadline === 'autoIfGreen' && work.left === 1 && plan.vetoes.length === 0 && service.run.failures === 0;

/** So long a step may be on its way; what is not done by then is decided anew. */
export const ANSWERED_WITHIN = seconds(60);

/** First the lock, and once that is seen to be held, the deployment. */
function start(look: Look, aimed: Waiting, slot: Slot): Move {
  const { plan, service, work, situation, locks, now } = look;
  const lock = lockOn(locks, service.at);
  if (lock === undefined || holderOf(locks, plan, service.at, now) !== 'ours')
    return to(look, aimed, { steps: [takeLock(locks, plan, service, now)] });
  const { revision, digests } = work;
  const known = situation.deployments.map(({ id }) => id);
  const flight = { startedAt: now, slot, fence: lock.fence, revision, digests, known };
  const notAfter = Math.min(now + ANSWERED_WITHIN, slot.cutoff, lock.expiresAt);
  return to(
    look,
    { kind: 'starting', tries: 1, askedAt: now, unseen: 0, ...flight },
    { steps: [{ kind: 'deploy', at: service.at, fence: lock.fence, notAfter }] },
  );
}
