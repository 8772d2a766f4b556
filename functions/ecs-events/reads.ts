import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import {
  type ActorFacts,
  type ChangeFacts,
  type Facts,
  type Gathered,
  type ImageFacts,
  known,
  type LogTail,
  type MemoryFacts,
  missing,
  type ServiceFacts,
  type TargetHealthFacts,
} from '../../shared/domain/facts.ts';
import type { FailedDeployment } from '../../shared/domain/failed-deployment.ts';
import { culpritOf } from '../../shared/domain/observe-task.ts';
import type { Place } from '../../shared/domain/place.ts';
import { present } from '../../shared/domain/present.ts';
import type { TaskState } from '../../shared/domain/signal.ts';
import type { EcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import type { ImageReader } from '../../shared/effects/readers/image-reader.ts';
import type { LogReader } from '../../shared/effects/readers/log-reader.ts';
import type { MemoryReader } from '../../shared/effects/readers/memory-reader.ts';
import type { StopActorReader } from '../../shared/effects/readers/stop-actor-reader.ts';
import type { TargetHealthReader } from '../../shared/effects/readers/target-health-reader.ts';

/**
 * The reads behind the evidence. None throws for what AWS answers; one that this installation does not allow is absent.
 */
export interface EvidenceReaders {
  readonly ecs: EcsReader;
  readonly logs?: LogReader;
  readonly image?: ImageReader;
  readonly targetHealth?: TargetHealthReader;
  readonly memory?: MemoryReader;
  readonly change?: (deployment: FailedDeployment) => Promise<Gathered<ChangeFacts>>;
  /** Who started the deployment. */
  readonly actor?: (deployment: FailedDeployment) => Promise<Gathered<ActorFacts>>;
  readonly stopActor?: StopActorReader;
}

/** Long enough to hold a stack trace's cause, short enough to be read in a chat. */
const LOG_LINES = 20;

export async function readService(
  { task, group }: TaskState,
  { ecs }: EvidenceReaders,
): Promise<Gathered<ServiceFacts> | undefined> {
  if (group.kind !== 'service') return undefined;
  const { partition, region, account, cluster } = task;
  return ecs.describeService({ partition, region, account, cluster, service: group.service });
}

/** The culprit's last lines, unless it never ran or the task definition is not known. */
export async function readLogs(
  state: TaskState,
  facts: Facts,
  diagnosis: Diagnosis,
  { logs }: EvidenceReaders,
): Promise<Gathered<LogTail> | undefined> {
  const definition = known(facts.taskDefinition);
  if (definition === undefined || logs === undefined) return undefined;
  const name = culpritOf(state, diagnosis, definition);
  const container = definition.containers.find((candidate) => candidate.name === name);
  if (container === undefined) {
    return missing(
      'not-applicable',
      `container ${name ?? '?'} is not in the task definition, so its logs are not known`,
    );
  }
  const { runtimeId, exitCode } = state.containers.find((candidate) => candidate.name === name) ?? {};
  if (runtimeId === undefined && exitCode === undefined) return undefined;
  const { task } = state;
  return logs.tail({ container, taskId: task.taskId, at: task, lines: LOG_LINES, ...present({ runtimeId }) });
}

export async function readImage(
  state: TaskState,
  diagnosis: Diagnosis,
  { image }: EvidenceReaders,
): Promise<Gathered<ImageFacts> | undefined> {
  const culprit = state.containers.find(({ name }) => name === diagnosis.culprit) ?? state.containers[0];
  return culprit?.image === undefined ? undefined : image?.(culprit.image, state.task);
}

export async function readMemory(
  { task, group, taskDefinition, stoppedAt, stoppingAt }: TaskState,
  { memory }: EvidenceReaders,
): Promise<Gathered<MemoryFacts> | undefined> {
  const end = stoppingAt ?? stoppedAt;
  if (end === undefined) return undefined;
  const service = group.kind === 'service' ? group.service : undefined;
  return memory?.({ task, family: taskDefinition.family, stoppedAt: end, ...present({ service }) });
}

/** Of the target group that ECS names, by ARN or by name, else of the service's first; asked for where the service is. */
export async function readTargetHealth(
  targetGroupArns: readonly string[],
  { evidence, at }: Pick<Diagnosis, 'evidence'> & { readonly at: Place },
  { targetHealth }: EvidenceReaders,
): Promise<Gathered<TargetHealthFacts> | undefined> {
  const words = evidence.map(({ text }) => text).join('\n');
  const [named] = TARGET_GROUP_ARN.exec(words) ?? [];
  const arn =
    named ?? targetGroupArns.find((one) => words.includes(`target-group ${nameOf(one)})`)) ?? targetGroupArns[0];
  return arn === undefined ? undefined : targetHealth?.(arn, at);
}

const TARGET_GROUP_ARN =
  /arn:[\w-]{1,30}:elasticloadbalancing:[\w-]{1,30}:\d{12}:targetgroup\/[\w-]{1,40}\/[0-9a-f]{1,40}/;

/** `targetgroup/NAME/ID`. */
const nameOf = (targetGroupArn: string): string => targetGroupArn.split('/').at(-2) ?? targetGroupArn;
