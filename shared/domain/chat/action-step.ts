import type { Gathered, MissingReason } from '../facts.ts';
import type { Instant } from '../instant.ts';
import type { StepOutcome } from '../plan/step.ts';
import { utcMinute } from '../utc.ts';
import { type ActionRequest, type Ended, type Ending, ended, postponed, type Wanted } from './action-request.ts';

/** A service deployment as ECS shows it now. */
export interface DeploymentSeen {
  readonly status: string;
  readonly hooks: readonly { readonly id: string; readonly status: string }[];
}

/** What to do about a request: `take` asks ECS for it. */
export type ActionStep = { readonly kind: 'take' } | { readonly kind: 'settle'; readonly request: Wanted | Ended };

/**
 * Decides on a request by what ECS shows, each time anew: an attempt that was cut off, or not answered, may have been
 * made. So nothing is asked of ECS twice that it shows as done.
 */
export function nextOfAction(request: Wanted, seen: Gathered<DeploymentSeen>, now: Instant): ActionStep {
  if (seen.status === 'missing') return unseen(request, seen, now);
  const ending = endingShown(request, seen.value);
  if (ending !== undefined) return settle(ended(request, ending, now));
  return now <= request.notAfter ? { kind: 'take' } : settle(ended(request, tooLate(request), now));
}

/** The request after ECS was asked for it. */
export function afterAttempt(request: Wanted, outcome: StepOutcome, now: Instant): Wanted | Ended {
  switch (outcome.status) {
    case 'done':
      return ended(request, { status: 'done', because: ACCEPTED[request.kind] }, now);
    case 'skipped':
      return ended(request, moot(outcome.because), now);
    case 'failed':
      // Also when it is too late by then: the next look sees whether it was done.
      return outcome.retryable
        ? postponed(request, outcome.because, now)
        : ended(request, { status: 'refused', because: outcome.because }, now);
  }
}

const ACCEPTED: Readonly<Record<ActionRequest['kind'], string>> = {
  'roll-back': 'ECS stops the deployment and returns to the service revision before it.',
  'roll-back-hook': 'ECS rolls the deployment back.',
  'continue-hook': 'ECS goes on with the deployment.',
};

const settle = (request: Wanted | Ended): ActionStep => ({ kind: 'settle', request });
const done = (because: string): Ending => ({ status: 'done', because });
const moot = (because: string): Ending => ({ status: 'refused', because, isMoot: true });

const tooLate = ({ notAfter, because }: Wanted): Ending => ({
  status: 'refused',
  because: [`It came too late: it was to be begun by ${utcMinute(notAfter)}.`, because ?? []].flat().join(' '),
});

/** Nobody changes what they cannot see. What may pass is waited for as long as there is time. */
const PASSING: ReadonlySet<MissingReason> = new Set(['throttled', 'timeout', 'failed']);

function unseen(request: Wanted, { reason, because }: Unseen, now: Instant): ActionStep {
  const sentence = `The deployment could not be looked at: ${because}.`;
  if (PASSING.has(reason) && now <= request.notAfter) return settle(postponed(request, sentence, now));
  return settle(ended(request, { status: 'refused', because: sentence }, now));
}

type Unseen = Extract<Gathered<never>, { readonly status: 'missing' }>;

/** What ECS shows as having ended the matter; `undefined` while it can still be done. */
function endingShown(request: Wanted, seen: DeploymentSeen): Ending | undefined {
  return request.kind === 'roll-back' ? endingOfDeployment(seen) : endingOfHook(request, seen);
}

/**
 * Of a rollback, by the status of the deployment. ECS would take it in some of the others too, where it is done already or
 * would end a newer deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
function endingOfDeployment({ status }: DeploymentSeen): Ending | undefined {
  switch (status) {
    case 'PENDING':
    case 'IN_PROGRESS':
      return undefined;
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return done('ECS rolls the deployment back.');
    case 'ROLLBACK_SUCCESSFUL':
      return done('ECS has rolled the deployment back.');
    case 'SUCCESSFUL':
      return moot('The deployment has completed: there is nothing to stop. Deploy the earlier revision instead.');
    default:
      return moot(`The deployment cannot be rolled back as it is now: it is ${status}.`);
  }
}

function endingOfHook({ kind, hookId }: HookAnswer, seen: DeploymentSeen): Ending | undefined {
  const hook = seen.hooks.find(({ id }) => id === hookId);
  if (hook === undefined) return moot('ECS shows no such hook of the deployment any more.');
  const goesBack = kind === 'roll-back-hook';
  switch (hook.status) {
    case 'AWAITING_ACTION': {
      const ofDeployment = endingOfDeployment(seen);
      if (ofDeployment === undefined || goesBack) return ofDeployment;
      return moot(`The deployment does not wait any more: it is ${seen.status}.`);
    }
    case 'SUCCEEDED':
      return goesBack ? moot('The hook was continued.') : done('ECS goes on with the deployment.');
    case 'FAILED':
      return goesBack ? done('ECS rolls the deployment back.') : moot('The hook was rolled back.');
    default:
      return moot(`The hook does not wait for anybody: it is ${hook.status}.`);
  }
}

type HookAnswer = Extract<Wanted, { readonly hookId: string }>;
