import { type Circumstances, catchUp } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Details, Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { say } from '../timeline.ts';
import type { ActionRequest, Ended } from './action-request.ts';

/** Decides what is said of a request that has ended: its incident's thread hears of it, and its message shows it. */
export function decideAction(known: Incident, request: Ended, circumstances: Circumstances): Decision {
  const noted = noteAction(known, request, circumstances.now);
  const decision = catchUp(noted, circumstances);
  return noted === known ? decision : { next: noted, ...decision };
}

/**
 * The incident with what came of the request. Noting the same twice changes nothing, and an incident that began after it
 * was asked for is about another deployment.
 */
export function noteAction(incident: Incident, request: Ended, now: Instant): Incident {
  const text = outcomeText(request);
  if (incident.firstSeen > request.at) return incident;
  if (incident.timeline.some((said) => said.text === text && said.at >= request.at)) return incident;
  return {
    ...incident,
    details: detailsAfter(incident.details, request),
    revision: incident.revision + 1,
    timeline: say(incident.timeline, { reason: 'step', text }, now),
  };
}

/** ECS says the same in an event, some seconds later or, of a hook, not at all. */
function detailsAfter(details: Details, request: Ended): Details {
  const { hook, rollback } = details;
  const isAnswered = request.status === 'done' || request.isMoot === true;
  const ends = request.kind !== 'roll-back' && request.hookId === hook?.id && isAnswered;
  const returns = request.status === 'done' && request.kind !== 'continue-hook';
  return {
    ...details,
    ...(hook !== undefined && ends && { hook: { ...hook, status: 'ended' } }),
    ...(returns && { rollback: rollback ?? {} }),
  };
}

const WISHES: Readonly<Record<ActionRequest['kind'], string>> = {
  'roll-back': 'roll the deployment back',
  'roll-back-hook': 'roll the deployment back that waits at a hook',
  'continue-hook': 'continue the deployment that waits at a hook',
};

/** `ada asked to roll the deployment back: ECS stops …`, for the thread, the audit trail and the log. */
export function outcomeText({ kind, by, status, because }: Ended): string {
  const refusal = status === 'refused' ? ', and it was not done' : '';
  return `${by} asked to ${WISHES[kind]}${refusal}: ${because}`;
}
