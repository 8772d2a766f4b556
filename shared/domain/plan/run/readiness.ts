import type { Slot } from '../candidates.ts';
import { type Check, withAnswer } from '../checks/check.ts';
import { type Consent, preflight } from '../checks/preflight.ts';
import { holderOf } from '../lock.ts';
import { consentTo } from '../people/approval.ts';
import type { Look } from './look.ts';

/** What keeps the service from being touched now, in the order of the checks. */
export const blocksNow = (look: Look, slot: Slot): readonly Check[] => withAnswer(checksOf(look, slot), 'block');

function checksOf(look: Look, slot: Slot): readonly Check[] {
  const { plan, service, work, situation, locks, now } = look;
  const given = {
    now,
    work,
    occasion: plan,
    slot,
    lock: holderOf(locks, plan, service.at, now),
  };
  const checks = preflight(situation, { ...given, consent: consentTo(service, plan, look.config) });
  if (!isLastResort(look) || checks.some(({ id, answer }) => id !== 'approval' && answer !== 'ok')) return checks;
  return preflight(situation, { ...given, consent: LAST_RESORT });
}

const LAST_RESORT: Consent = { isGiven: true, because: 'It is the last opening, and every check is ok.' };

/** Nobody has decided, and whoever installed this wants the last opening used then. Never against an objection or after a failure. */
const isLastResort = ({ config, work, plan, service }: Look): boolean =>
  config.onDeadline === 'autoIfGreen' && work.left === 1 && plan.vetoes.length === 0 && service.run.failures === 0;
