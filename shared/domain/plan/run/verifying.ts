import { hours, minutes } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { newestFirst } from '../deployments.ts';
import { keepLock } from '../lock.ts';
import type { StageOf } from '../stage.ts';
import { type Look, type Move, to } from './look.ts';
import { over } from './over.ts';
import { whatIsWrong } from './proof.ts';

/** A success that is not proved by then never is: tasks are protected, or their cleanup is deferred. */
const PROVED_WITHIN = hours(1);

export function verify(look: Look, stage: StageOf<'verifying'>): Move {
  const { plan, service, situation, work, config, locks, now } = look;
  const steps = keepLock(locks, plan, service.at, now);
  const [newest] = newestFirst(situation.deployments);
  if (newest !== undefined && newest.id !== stage.deployment && !stage.known.includes(newest.id))
    return over(look, stage, 'superseded', `Somebody deployed ${newest.revision} before the proof was complete.`);
  const wrong = whatIsWrong(look);
  if (wrong !== undefined) {
    const isHopeless = now - stage.since > Math.max(PROVED_WITHIN, work.expected.length);
    const what = stage.deployment === undefined ? 'Every task was replaced' : 'ECS calls the deployment a success';
    if (isHopeless) return over(look, stage, 'failed', `${what}, but ${wrong}.`);
    const { wellSince: _, ...again } = stage;
    return to(look, again, { steps });
  }
  // A clock that was set back begins to count anew.
  const wellSince = Math.min(stage.wellSince ?? now, now);
  if (now - wellSince < config.bake) return to(look, { ...stage, wellSince }, { steps });
  const because = `None of ${work.of} tasks is older than ${utcMinute(plan.boundary.at)}; all were well for ${Math.round(config.bake / minutes(1))} min.`;
  return over(look, stage, 'done', because);
}
