import { assertNever } from '../../shared/domain/assert-never.ts';
import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import { type Facts, known } from '../../shared/domain/facts.ts';
import { failedDeploymentOf } from '../../shared/domain/failed-deployment.ts';
import { incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import { describeSubject, type Subject } from '../../shared/domain/incident.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { observeDeployment, observeHook, observeServiceAction } from '../../shared/domain/observe-service.ts';
import { observedTask, observeTask, subjectOfTask } from '../../shared/domain/observe-task.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type {
  DeploymentChanged,
  EcsSignal,
  HookChanged,
  ServiceActed,
  SpotWarned,
  TaskStopped,
} from '../../shared/domain/signal.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import type { EcsReader } from '../../shared/effects/ecs-reader.ts';
import { parseTaskDefinitionArn } from '../../shared/parse/arn.ts';
import { quiet } from './outcomes.ts';
import type { EvidenceReaders } from './reads.ts';
import type { Sighting } from './sighting.ts';

export type Observed = Sighting | { readonly kind: 'nothing'; readonly outcome: Outcome };

interface ObserveDeps extends Pick<EvidenceReaders, 'ecs' | 'stopActor'> {
  readonly store: Pick<RecordStore, 'load'>;
}

/** Finds out whether a signal is a sighting of trouble, reading no more than that takes. */
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
    default:
      return assertNever(signal);
  }
}

/** The text alone is asked first: an expected stop costs no call at all. */
async function sightTask(signal: TaskStopped | SpotWarned, deps: ObserveDeps): Promise<Observed> {
  const { ecs } = deps;
  const subject = subjectOfTask(signal.state);
  const fromText = diagnose(observedTask(signal));
  if (fromText.benign) return benign(signal, subject, await withPerson(signal, fromText, deps));
  const taskDefinition = await ecs.describeTaskDefinition(signal.state.taskDefinition.arn);
  const diagnosis = diagnose(observedTask(signal, known(taskDefinition)));
  if (diagnosis.benign) return benign(signal, subject, diagnosis);
  const facts: Facts = { taskDefinition };
  return sighting(signal, observeTask(signal, diagnosis, facts), facts, diagnosis);
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

async function sightDeployment(signal: DeploymentChanged, { ecs, store }: ObserveDeps): Promise<Observed> {
  if (signal.phase === 'failed') {
    const [service, stoppedTasks] = await Promise.all([
      ecs.describeService(signal.service),
      ecs.stoppedTasks(signal.service, signal.deploymentId),
    ]);
    const taskDefinition = await readFailedDefinition(signal, { service, stoppedTasks }, ecs);
    const facts: Facts = { service, stoppedTasks, ...(taskDefinition && { taskDefinition }) };
    return sighting(signal, observeDeployment(signal, facts), facts);
  }
  if (!signal.isRollback && !(await endsKnownRollback(signal, store))) {
    return progress(
      signal,
      `deployment ${signal.phase === 'completed' ? 'completed' : 'in progress'}: ${signal.reason}`,
    );
  }
  const facts: Facts = { service: await ecs.describeService(signal.service) };
  return sighting(signal, observeDeployment(signal, facts), facts);
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

/** A rollback re-uses the id of the deployment it returns to, and its end is announced like any completion. */
async function endsKnownRollback(signal: DeploymentChanged, store: Pick<RecordStore, 'load'>): Promise<boolean> {
  if (signal.phase !== 'completed') return false;
  const record = await store.load(incidentFingerprint(deploymentOf(signal), 'deployment/rolled-back'));
  if (record?.kind !== 'incident') return false;
  const rollback = record.details.rollback;
  return rollback !== undefined && rollback.deploymentId === signal.deploymentId;
}

async function sightServiceAction(signal: ServiceActed, { ecs }: ObserveDeps): Promise<Observed> {
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

const deploymentOf = ({ service }: DeploymentChanged): Subject => ({
  kind: 'deployment',
  at: service,
  service: service.service,
});

const sighting = (
  signal: EcsSignal,
  observation: Observation,
  facts: Facts,
  diagnosis: Diagnosis = observation.diagnosis,
): Sighting => ({
  kind: 'sighting',
  signal,
  fingerprint: observation.fingerprint,
  observation,
  diagnosis,
  facts,
});

const benign = (signal: EcsSignal, subject: Subject, diagnosis: Diagnosis): Observed => ({
  kind: 'nothing',
  outcome: quiet(signal, describeSubject(subject), 'benign', `nobody has to act: ${diagnosis.summary}`, diagnosis),
});

const progress = (signal: DeploymentChanged | ServiceActed | HookChanged, because: string): Observed => ({
  kind: 'nothing',
  outcome: quiet(signal, `${signal.service.cluster}/${signal.service.service}`, 'progress', because),
});
