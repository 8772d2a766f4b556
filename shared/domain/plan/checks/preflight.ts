import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { isOpen, isRunNow, type Slot } from '../candidates.ts';
import type { Work } from '../plan.ts';
import { type Occasion, tooLate } from '../run/occasion.ts';
import type { ActiveService } from '../situation.ts';
import { type Check, check } from './check.ts';
import { pinnedChecks } from './pinned-checks.ts';
import { serviceChecks } from './service-checks.ts';

/** The facts that preflight looks at are all of a service's situation. */
export type PreflightFacts = ActiveService;

/** What a start needs beside a service that is well. */
export interface PreflightContext {
  readonly now: Instant;
  readonly work: Pick<Work, 'stint' | 'latestSafeStart' | 'isPinned'>;
  readonly occasion: Occasion;
  /** The opening that the service may use next, if one is left. */
  readonly slot?: Slot;
  readonly consent: Consent;
  readonly lock: 'free' | 'ours' | 'foreign';
}

/** Whether people agree, and in words who did or what is missing. */
export interface Consent {
  readonly isGiven: boolean;
  readonly because: string;
}

/** Every check, each with what was seen. Nothing starts while one blocks. */
export const preflight = (facts: PreflightFacts, context: PreflightContext): readonly Check[] => [
  plan(context),
  check('approval', context.consent.isGiven ? 'ok' : 'block', context.consent.because),
  window(context),
  duration(context),
  lock(context),
  ...(context.work.isPinned ? pinnedChecks : serviceChecks)(facts, context.slot?.closes),
];

function plan({ now, slot, work: { latestSafeStart }, occasion }: PreflightContext): Check {
  if (slot !== undefined && isRunNow(slot)) return check('plan', 'ok', 'Somebody ordered to run it now.');
  return now <= latestSafeStart
    ? check('plan', 'ok', `It is in time until ${utcMinute(latestSafeStart)}.`)
    : check('plan', 'block', tooLate(occasion, latestSafeStart));
}

function window({ slot, now }: PreflightContext): Check {
  if (slot === undefined) return check('window', 'block', 'No opening is left.');
  const name = isRunNow(slot) ? 'The order to run it now' : `Window ${slot.windows.join(' and ')}`;
  if (isOpen(slot, now)) return check('window', 'ok', `${name} takes starts until ${utcMinute(slot.cutoff)}.`);
  return now < slot.opens
    ? check('window', 'block', `${name} opens ${utcMinute(slot.opens)}.`)
    : check('window', 'block', `${name} takes no starts since ${utcMinute(slot.cutoff)}.`);
}

function duration({ slot, now, work: { stint } }: PreflightContext): Check {
  if (slot === undefined) return check('duration', 'ok', 'There is no opening that it could be too long for.');
  const end = Math.max(now, slot.opens) + stint;
  return end <= slot.closes
    ? check('duration', 'ok', `It is expected to end ${utcMinute(end)}, the window closes ${utcMinute(slot.closes)}.`)
    : check(
        'duration',
        'block',
        `It is expected to end ${utcMinute(end)}, after the window closes ${utcMinute(slot.closes)}.`,
      );
}

function lock({ lock: held }: PreflightContext): Check {
  return held === 'foreign'
    ? check('lock', 'block', 'Another plan works on this service.')
    : check('lock', 'ok', held === 'ours' ? 'This plan holds the lock.' : 'Nobody holds the lock.');
}
