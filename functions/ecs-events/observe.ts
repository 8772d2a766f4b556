import { assertNever } from '../../shared/domain/assert-never.ts';
import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import { type Facts, known } from '../../shared/domain/facts.ts';
import { failedDeploymentOf } from '../../shared/domain/failed-deployment.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { observeHost, subjectOfHost } from '../../shared/domain/observe-host.ts';
import {
  deploymentOf,
  observeDeployment,
  observeHook,
  observeServiceAction,
} from '../../shared/domain/observe-service.ts';
import { observedTask, observeTask, subjectOfTask } from '../../shared/domain/observe-task.ts';
import type { Recovery } from '../../shared/domain/recovery.ts';
import type {
  DeploymentChanged,
  EcsSignal,
  HookChanged,
  HostHealthChanged,
  ServiceActed,
  SpotWarned,
  TaskStopped,
} from '../../shared/domain/signal.ts';
import { describeSubject, type Subject } from '../../shared/domain/subject.ts';
import type { EcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import { parseTaskDefinitionArn } from '../../shared/parse/arn.ts';
import { quiet } from './outcomes.ts';
import type { EvidenceReaders } from './reads.ts';
import type { Nothing, Recovered, Sighting } from './sighting.ts';

export type Observed = Sighting | Recovered | Nothing;

type ObserveDeps = Pick<EvidenceReaders, 'ecs' | 'stopActor'>;

/** Finds out whether a signal is a sighting of trouble, evidence that it is over, or neither; reads what that takes. */
export async function observe(signal: EcsSignal, deps: ObserveDeps): Promise<Observed> {
  switch (signal.kind) {
    case 'task-stopped':
    case 'spot-warned':
      return sightTask(signal, deps);
    case 'deployment-changed':
      return sightDeployment(signal, deps);
    case 'service-acted':
      return sightServiceAction(signal, deps);
    case 'hook-changed':
      return sightHook(signal, deps);
    case 'host-health-changed':
      return sightHost(signal);
    default:
      return assertNever(signal);
  }
}

/** The text alone is asked first: an expected stop costs no call at all. */
async function sightTask(signal: TaskStopped | SpotWarned, deps: ObserveDeps): Promise<Observed> {
  const { ecs } = deps;
  const subject = subjectOfTask(signal.state);
  const fromText = diagnose(observedTask(signal));
  if (fromText.benign) return benignStop(signal, subject, await withPerson(signal, fromText, deps));
  const taskDefinition = await ecs.describeTaskDefinition(signal.state.taskDefinition.arn);
  const diagnosis = diagnose(observedTask(signal, known(taskDefinition)));
  if (diagnosis.benign) return benignStop(signal, subject, diagnosis);
  const facts: Facts = { taskDefinition };
  return sighting(signal, observeTask(signal, diagnosis, facts), facts, diagnosis);
}

/** A job that ended well is evidence that what stopped its last runs is over. */
function benignStop(signal: TaskStopped | SpotWarned, subject: Subject, diagnosis: Diagnosis): Observed {
  const nothing = benign(signal, subject, diagnosis);
  if (subject.kind !== 'family' || diagnosis.cause !== 'app/exited-zero') return nothing;
  const at = signal.state.stoppedAt ?? signal.envelope.at;
  return { ...nothing, kind: 'recovered', signal, subject, recovery: { kind: 'job-succeeded', at } };
}

/** Says who stopped the task, where that is asked and CloudTrail knows it already. */
async function withPerson(
  { state, envelope }: TaskStopped | SpotWarned,
  diagnosis: Diagnosis,
  { stopActor }: ObserveDeps,
): Promise<Diagnosis> {
  if (diagnosis.cause !== 'lifecycle/stopped-by-user' || stopActor === undefined) return diagnosis;
  const actor = known(await stopActor(state.task, state.stoppedAt ?? envelope.at));
  return actor === undefined ? diagnosis : { ...diagnosis, summary: `${diagnosis.summary} It was ${actor.who}.` };
}

async function sightDeployment(signal: DeploymentChanged, { ecs }: ObserveDeps): Promise<Observed> {
  if (signal.phase === 'failed') {
    const [service, stoppedTasks] = await Promise.all([
      ecs.describeService(signal.service),
      ecs.stoppedTasks(signal.service, signal.deploymentId),
    ]);
    const taskDefinition = await readFailedDefinition(signal, { service, stoppedTasks }, ecs);
    const facts: Facts = { service, stoppedTasks, ...(taskDefinition && { taskDefinition }) };
    return sighting(signal, observeDeployment(signal, facts), facts);
  }
  if (signal.phase === 'completed') return completed(signal);
  if (!signal.isRollback) return progress(signal, `deployment in progress: ${signal.reason}`);
  const facts: Facts = { service: await ecs.describeService(signal.service) };
  return sighting(signal, observeDeployment(signal, facts), facts);
}

/** A rollback re-uses the id of the deployment it returns to, and its end is announced like any completion. */
function completed(signal: DeploymentChanged): Recovered {
  const { deploymentId } = signal;
  const recovery: Recovery = {
    kind: 'deployment-completed',
    at: signal.updatedAt,
    ...(deploymentId !== undefined && { deploymentId }),
  };
  return recovered(signal, deploymentOf(signal.service), recovery, `deployment completed: ${signal.reason}`);
}

/**
 * It tells which containers of the stopped tasks are essential. The tasks know it also when the service has forgotten;
 * without a deployment id they may be anybody's.
 */
async function readFailedDefinition(
  signal: DeploymentChanged,
  { service, stoppedTasks }: Facts,
  ecs: EcsReader,
): Promise<Facts['taskDefinition']> {
  const { failed } = failedDeploymentOf(signal, known(service));
  const [newest] = signal.deploymentId === undefined ? [] : (known(stoppedTasks) ?? []);
  const definition = parseTaskDefinitionArn(failed?.taskDefinitionArn ?? newest?.taskDefinitionArn ?? '');
  return definition && ecs.describeTaskDefinition(definition.arn);
}

async function sightServiceAction(signal: ServiceActed, { ecs }: ObserveDeps): Promise<Observed> {
  if (signal.eventName === 'SERVICE_STEADY_STATE') {
    const recovery: Recovery = { kind: 'steady-state', at: signal.envelope.at };
    return recovered(signal, deploymentOf(signal.service), recovery, 'the service is in steady state');
  }
  if (signal.eventType === 'INFO') return progress(signal, `${signal.eventName} is ordinary narration of the service`);
  const facts: Facts = { service: await ecs.describeService(signal.service) };
  const observation = observeServiceAction(signal, facts);
  return observation.diagnosis.benign
    ? benign(signal, observation.subject, observation.diagnosis)
    : sighting(signal, observation, facts);
}

const HOOKS_THAT_NEED_SOMEBODY = ['HOOK_AWAITING_ACTION', 'HOOK_TIMED_OUT', 'HOOK_FAILED'];

async function sightHook(signal: HookChanged, { ecs }: ObserveDeps): Promise<Observed> {
  if (!HOOKS_THAT_NEED_SOMEBODY.includes(signal.eventName))
    return progress(signal, `${signal.eventName}: the hook goes on by itself`);
  const facts: Facts = { service: await ecs.describeService(signal.service) };
  return sighting(signal, observeHook(signal, facts), facts);
}

function sightHost(signal: HostHealthChanged): Observed {
  if (signal.status === 'IMPAIRED') return sighting(signal, observeHost(signal), {});
  const subject = subjectOfHost(signal);
  if (signal.status === 'OK') {
    const recovery: Recovery = { kind: 'host-healthy', at: signal.envelope.at };
    return recovered(signal, subject, recovery, 'the container instance is healthy');
  }
  const outcome = quiet(signal, describeSubject(subject), 'progress', `container instance: ${signal.status}`);
  return { kind: 'nothing', outcome };
}

const sighting = (
  signal: EcsSignal,
  observation: Observation,
  facts: Facts,
  diagnosis: Diagnosis = observation.diagnosis,
): Sighting => ({ kind: 'sighting', signal, observation, diagnosis, facts });

/** `because` says what it is when nothing is open. */
const recovered = (signal: EcsSignal, subject: Subject, recovery: Recovery, because: string): Recovered => ({
  kind: 'recovered',
  signal,
  subject,
  recovery,
  outcome: quiet(signal, describeSubject(subject), 'progress', because),
});

const benign = (signal: EcsSignal, subject: Subject, diagnosis: Diagnosis): Nothing => ({
  kind: 'nothing',
  outcome: quiet(signal, describeSubject(subject), 'benign', `nobody has to act: ${diagnosis.summary}`, diagnosis),
});

const progress = (signal: DeploymentChanged | ServiceActed | HookChanged, because: string): Nothing => ({
  kind: 'nothing',
  outcome: quiet(signal, `${signal.service.cluster}/${signal.service.service}`, 'progress', because),
});
