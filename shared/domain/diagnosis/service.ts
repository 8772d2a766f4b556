import type { CauseId } from './causes.ts';
import type { Confidence } from './diagnosis.ts';
import { type Finding, findingOf, isFallback, nothingKnown, read } from './finding.ts';
import type { ObservedService } from './observed.ts';

interface EventRow {
  readonly cause: CauseId;
  readonly confidence: Confidence;
}

const narration: EventRow = { cause: 'lifecycle/progress', confidence: 'certain' };
const placement: EventRow = { cause: 'capacity/insufficient-resources', confidence: 'unclear' };
const rateExceeded: EventRow = { cause: 'capacity/quota-exceeded', confidence: 'certain' };
const startImpaired: EventRow = { cause: 'deployment/tasks-failed-to-start', confidence: 'certain' };

/**
 * What an event name says when its reason is absent or unknown.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
const BY_EVENT_NAME: Readonly<Record<string, EventRow>> = {
  SERVICE_STEADY_STATE: narration,
  TASKSET_STEADY_STATE: narration,
  CAPACITY_PROVIDER_STEADY_STATE: narration,
  SERVICE_DESIRED_COUNT_UPDATED: narration,
  TASKS_STOPPED: narration,
  SERVICE_DEPLOYMENT_IN_PROGRESS: narration,
  SERVICE_DEPLOYMENT_COMPLETED: narration,
  SERVICE_TASK_START_IMPAIRED: startImpaired,
  DAEMON_TASK_START_IMPAIRED: startImpaired,
  SERVICE_DEPLOYMENT_FAILED: { cause: 'deployment/tasks-failed-to-start', confidence: 'likely' },
  SERVICE_DISCOVERY_INSTANCE_UNHEALTHY: { cause: 'health/container-check-failed', confidence: 'likely' },
  VPC_LATTICE_TARGET_UNHEALTHY: { cause: 'health/lb-check-failed', confidence: 'likely' },
  SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED: { cause: 'capacity/constraint-unsatisfied', confidence: 'certain' },
  ECS_OPERATION_THROTTLED: rateExceeded,
  SERVICE_DISCOVERY_OPERATION_THROTTLED: rateExceeded,
  SERVICE_TASK_PLACEMENT_FAILURE: placement,
  SERVICE_TASK_CONFIGURATION_FAILURE: { cause: 'config/invalid-setting', confidence: 'unclear' },
};

/** The words of an event beat its name, unless they only say that something failed. */
export function findService({ message, eventName }: ObservedService): Finding {
  const reading = message === undefined ? undefined : read({ field: 'message', text: message });
  if (reading !== undefined && !isFallback(reading)) return findingOf(reading);
  const evidence = [
    ...(eventName === undefined ? [] : [{ field: 'eventName', text: eventName }]),
    ...(message === undefined ? [] : [{ field: 'message', text: message }]),
  ];
  if (reading !== undefined) return { ...findingOf(reading), evidence };
  const row = Object.hasOwn(BY_EVENT_NAME, eventName ?? '') ? BY_EVENT_NAME[eventName ?? ''] : undefined;
  return row === undefined ? nothingKnown(evidence) : { ...row, evidence };
}
