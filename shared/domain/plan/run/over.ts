import { releaseLock } from '../lock.ts';
import type { End, FlightStage } from '../stage.ts';
import { ended, type Look, type Move, tell, to } from './look.ts';
import { oldTasks } from './occasion.ts';
import { proofOf } from './proof.ts';

/** The attempt is over. What is still old waits for another opening, and for somebody's agreement where this one failed. */
export function over(look: Look, stage: FlightStage, end: End, because: string): Move {
  const { service, work, plan, locks, now } = look;
  const failures = service.run.failures + (end === 'failed' || end === 'rolled-back' ? 1 : 0);
  const deployment = 'deployment' in stage ? stage.deployment : undefined;
  const last = { end, at: now, slot: stage.slot, ...(deployment !== undefined && { deployment }) };
  const run = { ...service.run, failures, last };
  const after = { ...look, service: { ...service, run } };
  const steps = releaseLock(locks, plan, service.at, now);
  if (work.old === 0) return ended(after, { end, because, steps, proof: proofOf(look, stage) });
  const left = `${oldTasks(plan, work.old, work.of).replace(' are ', ' are still ')} and wait for the next opening.`;
  return to(
    after,
    { kind: 'waiting', aim: stage.slot, held: { key: end, because } },
    {
      steps,
      news: [tell(look, 'attempt-failed', `${end}. ${because} ${left}`, 'channel')],
    },
  );
}
