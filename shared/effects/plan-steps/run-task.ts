import { type Failure, RunTaskCommand, type RunTaskCommandInput, type TaskOverride } from '@aws-sdk/client-ecs';
import { clusterArn } from '../../domain/place.ts';
import type { Launch } from '../../domain/plan/situation.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { attempt, type Deed, DONE } from './attempt.ts';
import { lateness } from './guard.ts';
import { noAnswer } from './refusal.ts';
import type { StepDeps } from './step-deps.ts';
import type { StepOf } from './step-of.ts';

/**
 * Starts a copy of a task of no service, if it is not too late. For a day ECS answers the same token with the same task; by
 * `startedBy` the copy is found later.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export async function runTask(step: StepOf<'run-task'>, deps: StepDeps): Promise<StepOutcome> {
  const late = lateness(step, deps);
  if (late !== undefined) return late;
  const { launch, token } = step;
  const { cluster, taskId } = launch;
  const deed: Deed = {
    action: 'ecs:RunTask',
    on: `a copy of ${cluster.cluster}/${taskId}`,
    shownBy: `the tasks started by ${token}`,
    isSecret: true,
  };
  return attempt(deed, deps.budget, async (abortSignal) => {
    const command = new RunTaskCommand(requestOf(launch, token));
    const { tasks = [], failures = [] } = await deps.clientsAt(cluster).ecs.send(command, { abortSignal });
    const [failure] = failures;
    if (failure !== undefined) return failed(failure, deed);
    return tasks.length > 0 ? DONE : noAnswer('no task', deed);
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
function requestOf(launch: Launch, token: string): RunTaskCommandInput {
  const { cluster, taskDefinitionArn, platformVersion, enableExecuteCommand, network } = launch;
  const overrides = overridesOf(launch);
  const group = groupOf(launch);
  const tags = tagsOf(launch);
  return {
    cluster: clusterArn(cluster),
    taskDefinition: taskDefinitionArn,
    count: 1,
    startedBy: token,
    clientToken: token,
    enableExecuteCommand,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [network.subnet],
        securityGroups: [...network.securityGroups],
        assignPublicIp: network.assignPublicIp ? 'ENABLED' : 'DISABLED',
      },
    },
    ...capacityOf(launch),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(group !== undefined && { group }),
    ...(tags.length > 0 && { tags }),
    ...(overrides && { overrides }),
  };
}

/** ECS tells both of a task that a capacity provider started, and refuses a request that has both. */
function capacityOf({
  capacityProvider,
  launchType,
}: Launch): Pick<RunTaskCommandInput, 'capacityProviderStrategy' | 'launchType'> {
  if (capacityProvider !== undefined) return { capacityProviderStrategy: [{ capacityProvider, weight: 1 }] };
  // The cast is true because ECS told it of a task that it runs.
  return launchType === undefined ? {} : { launchType: launchType as NonNullable<RunTaskCommandInput['launchType']> };
}

/** `family:NAME` is the group that ECS puts a task into when none is asked for. */
const groupOf = ({ group }: Launch): string | undefined => (group?.startsWith('family:') ? undefined : group);

/** Tags of AWS's own cannot be given. */
const tagsOf = ({ tags }: Launch) =>
  Object.entries(tags)
    .filter(([key]) => !key.toLowerCase().startsWith('aws:'))
    .map(([key, value]) => ({ key, value }));

/**
 * GiB that every task has; only more can be asked for.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html
 */
const FREE_STORAGE = 20;

/** As ECS told them, without those of Elastic Inference: it is no more, and ECS still tells an empty list. */
function overridesOf({ overrides, ephemeralStorage = 0 }: Launch): TaskOverride | undefined {
  const { inferenceAcceleratorOverrides: _, ...given } = overrides ?? {};
  const storage = ephemeralStorage > FREE_STORAGE ? { ephemeralStorage: { sizeInGiB: ephemeralStorage } } : {};
  // The cast is true because ECS told them of a task.
  const all = { ...given, ...storage } as TaskOverride;
  return Object.keys(all).length === 0 ? undefined : all;
}

/** What goes away by itself. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html */
const PASSING = /^RESOURCE|capacity/i;

/** HTTP 200, and no task. */
function failed({ reason = 'no reason given' }: Failure, { action, on }: Deed): StepOutcome {
  const retryable = PASSING.test(reason);
  const hint = retryable ? 'Asking again later may help.' : 'See whether what it was started from is still there.';
  return { status: 'failed', because: `${action} of ${on} started nothing: ${reason}. ${hint}`, retryable };
}
