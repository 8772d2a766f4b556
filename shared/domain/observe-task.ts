import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { ObservedTask } from './diagnosis/observed.ts';
import { runbookStep } from './diagnosis/runbook.ts';
import { sharpen } from './diagnosis/sharpen.ts';
import { explainKill } from './diagnosis/stop-timeout.ts';
import { type ContainerDefinition, type Facts, known, type TaskDefinitionFacts } from './facts.ts';
import { incidentFingerprint } from './fingerprint.ts';
import type { Details } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Observation } from './observation.ts';
import { detailsOfFacts } from './observed-details.ts';
import { present } from './present.ts';
import { quote, quoteDiagnosis } from './quote.ts';
import { sharedSubject } from './shared-subject.ts';
import type { ContainerState, SpotWarned, TaskState, TaskStopped } from './signal.ts';
import { describeSubject, isShared, type Subject } from './subject.ts';

/** What the diagnosis reads of a stopped task; the task definition adds which containers are essential. */
export function observedTask({ state }: TaskStopped | SpotWarned, definition?: TaskDefinitionFacts): ObservedTask {
  return {
    kind: 'task',
    belongsToService: state.group.kind === 'service',
    containers: state.containers.map((container) => observedContainer(container, definition)),
    attachmentReasons: state.attachments.flatMap(({ details }) => details['statusReason'] ?? []),
    ...present({ stopCode: state.stopCode, stoppedReason: state.stoppedReason, taskDefinition: definition }),
  };
}

/** Tasks of a service are the service's problem; others share the incident of their task definition family. */
export function subjectOfTask({
  task,
  group,
  taskDefinition,
}: TaskState): Extract<Subject, { readonly kind: 'service' | 'family' }> {
  const at = { partition: task.partition, region: task.region, account: task.account, cluster: task.cluster };
  return group.kind === 'service'
    ? { kind: 'service', at, service: group.service }
    : { kind: 'family', at, family: taskDefinition.family };
}

/** One stopped task as a sighting of trouble. The warning and the final stop of a Spot task count once. */
export function observeTask(signal: TaskStopped | SpotWarned, diagnosis: Diagnosis, facts: Facts): Observation {
  const { state, envelope } = signal;
  const own = subjectOfTask(state);
  const subject = sharedSubject(own.at, diagnosis.cause, placementOf(state)) ?? own;
  const at = state.stoppedAt ?? envelope.at;
  return {
    fingerprint: incidentFingerprint(subject, diagnosis.cause),
    key: state.task.arn,
    at,
    subject,
    stop: { taskId: state.task.taskId, ...present({ ran: ranFor(state, at) }) },
    ...(isShared(subject) && { service: describeSubject(own) }),
    diagnosis: quoteDiagnosis(fullDiagnosis(state, diagnosis, facts)),
    details: { ...detailsOfTask(state, diagnosis.culprit), ...detailsOfFacts(facts) },
    tags: known(facts.service)?.tags ?? {},
  };
}

const placementOf = ({ containerInstanceArn, capacityProvider, launchType }: TaskState) =>
  present({ containerInstance: containerInstanceArn?.split('/').at(-1), capacityProvider, launchType });

/** Milliseconds from RUNNING to the end, where it got so far. */
const ranFor = ({ startedAt, stoppingAt }: TaskState, stoppedAt: Instant): number | undefined =>
  startedAt === undefined ? undefined : Math.max(0, (stoppingAt ?? stoppedAt) - startedAt);

/** The diagnosis with everything that the facts and the task's own state add to it. */
function fullDiagnosis(state: TaskState, diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const explained = explainKill(sharpen(diagnosis, facts), state, known(facts.taskDefinition));
  const runbook = state.startedAt === undefined ? runbookStep(explained.cause, state.task) : undefined;
  return runbook === undefined ? explained : { ...explained, fix: [...explained.fix, runbook] };
}

/** The container to read logs of and to show: the one that decided, else the essential one, else the first. */
export function culpritOf(
  state: TaskState,
  diagnosis: Diagnosis,
  definition?: TaskDefinitionFacts,
): string | undefined {
  const essential = definition?.containers.find(({ isEssential }) => isEssential)?.name;
  return diagnosis.culprit ?? essential ?? state.containers[0]?.name;
}

function observedContainer(
  container: ContainerState,
  definition?: TaskDefinitionFacts,
): ObservedTask['containers'][number] {
  const defined: ContainerDefinition | undefined = definition?.containers.find(({ name }) => name === container.name);
  return {
    name: container.name,
    ...present({ exitCode: container.exitCode, reason: container.reason, isEssential: defined?.isEssential }),
  };
}

function detailsOfTask(state: TaskState, culprit: string | undefined): Omit<Details, 'missing'> {
  const container = state.containers.find(({ name }) => name === culprit) ?? state.containers[0];
  const { launchType, availabilityZone, stopCode, stoppedReason, startedBy, cpu, memory, taskDefinition } = state;
  return {
    taskDefinition: `${taskDefinition.family}:${taskDefinition.revision}`,
    latestTaskId: state.task.taskId,
    ...present({ launchType, availabilityZone, stopCode, startedBy, cpu, memory }),
    ...present({
      stoppedReason: quote(stoppedReason),
      deploymentId: startedBy?.startsWith('ecs-svc/') ? startedBy : undefined,
      container: container?.name,
      image: container?.image,
      imageDigest: container?.imageDigest,
      exitCode: container?.exitCode,
      containerReason: quote(container?.reason),
    }),
  };
}
