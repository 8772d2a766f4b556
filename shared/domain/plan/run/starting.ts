import { type Instant, seconds } from '../../instant.ts';
import { serviceArn } from '../../place.ts';
import { utcMinute } from '../../utc.ts';
import { isOpen } from '../candidates.ts';
import { throughOf } from '../controller.ts';
import { isUnderWay, newestFirst } from '../deployments.ts';
import { keepLock, lockOn, releaseLock } from '../lock.ts';
import { leftAloneBy } from '../people/ordered.ts';
import { type Flight, flightOf, type Stage, type StageOf } from '../stage.ts';
import type { Lock, PlanStep, StepOutcome } from '../step.ts';
import { type Look, type Move, tell, to } from './look.ts';
import { over } from './over.ts';

/** So long a step may be on its way; what is not done by then is decided anew. */
export const ANSWERED_WITHIN = seconds(60);
/** Twice the life of a step: what was asked shows by then, and what was not will not be any more. */
const SHOWN_WITHIN = 2 * ANSWERED_WITHIN;
const SHOWN_LOOKS = 2;
const MOST_TRIES = 3;

type Starting = StageOf<'starting'>;

/**
 * UpdateService has no token against repetition, so a deployment that was not there before is ours, and only when none
 * has shown is it asked for again. One of another revision is somebody's release, and so is one that shows although we were
 * refused.
 */
export function findDeployment(look: Look, stage: Starting): Move {
  const { plan, service, situation, locks, now } = look;
  const fresh = newestFirst(situation.deployments).findLast(({ id }) => !stage.known.includes(id));
  const answer = outcomeOf(look);
  // An earlier try of ours may have been heard all the same.
  const isOnly = stage.tries === 1;
  if (fresh !== undefined && (fresh.revision !== stage.revision || (isOnly && isRefused(answer))))
    return over(look, stage, 'superseded', `Somebody deploys ${fresh.revision}.`);
  if (fresh !== undefined) {
    const running: Stage = { ...flightOf(stage), kind: 'running', deployment: fresh.id };
    const text = `ECS replaces ${look.work.old} of ${look.work.of} tasks, expected until ${utcMinute(stage.startedAt + look.work.expected.length)}.`;
    return to(look, running, { steps: keepLock(locks, plan, service.at, now), news: [tell(look, 'started', text)] });
  }
  if (isRefused(answer)) return over(look, stage, 'failed', answer.because);
  const release = { steps: releaseLock(locks, plan, service.at, now) };
  if (answer?.status === 'skipped' && isOnly) return to(look, { kind: 'waiting' }, release);
  const heard: Starting = answer?.status === 'failed' ? { ...stage, trouble: answer.because } : stage;
  const unseen = stage.unseen + 1;
  if (now - stage.askedAt < SHOWN_WITHIN || unseen < SHOWN_LOOKS)
    return to(look, { ...heard, unseen }, { steps: keepLock(locks, plan, service.at, now) });
  const lock = ownLock(look, stage);
  if (lock === undefined || !isOpen(stage.slot, now) || !isAllowed(look)) return to(look, { kind: 'waiting' }, release);
  if (stage.tries >= MOST_TRIES)
    return over(
      look,
      stage,
      'failed',
      [`ECS was asked ${stage.tries} times and started no deployment.`, heard.trouble ?? []].flat().join(' '),
    );
  return to(
    look,
    { ...heard, tries: stage.tries + 1, askedAt: now, unseen: 0 },
    { steps: [deployStep(look, stage, lock)] },
  );
}

/** What came of the last step for this service; absent where it just worked. */
export const outcomeOf = ({ outcomes, service }: Look): StepOutcome | undefined => outcomes[serviceArn(service.at)];

type Refused = Extract<StepOutcome, { readonly status: 'failed' }> & { readonly retryable: false };

/** AWS will not do it however often it is asked. */
export const isRefused = (outcome: StepOutcome | undefined): outcome is Refused =>
  outcome?.status === 'failed' && !outcome.retryable;

/** The lock under which the flight was started, if it still holds. */
export function ownLock({ locks, plan, service, now }: Look, { fence }: Flight): Lock | undefined {
  const lock = lockOn(locks, service.at);
  return lock?.owner === plan.id && lock.fence === fence && now < lock.expiresAt ? lock : undefined;
}

/** What was allowed when it was asked may not be any more: somebody objected or deploys, or a freeze has come. */
const isAllowed = ({ plan, service, work, situation, now }: Look): boolean =>
  plan.vetoes.length === 0 &&
  leftAloneBy(plan.orders, service.at) === undefined &&
  work.slot !== undefined &&
  isOpen(work.slot, now) &&
  !situation.deployments.some(isUnderWay);

export function deployStep({ service, situation, now }: Look, { fence, slot }: Flight, lock: Lock): PlanStep {
  const notAfter = lastMoment(slot.cutoff, lock, now);
  return { kind: 'deploy', at: service.at, fence, notAfter, ...throughOf(situation) };
}

/** A step that is not taken by then is decided anew. */
export const lastMoment = (cutoff: Instant, { expiresAt }: Lock, now: Instant): Instant =>
  Math.min(now + ANSWERED_WITHIN, cutoff, expiresAt);
