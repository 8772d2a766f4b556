import type { TaskRef } from '../place.ts';
import type { CauseId } from './causes.ts';

/** What the runbook looks at: the way to the registry and the endpoints, roles, secrets, logs, mounts. */
const COVERED =
  /^(?:image|network|secrets|logging|storage)\/|^(?:config\/env-file-unavailable|iam\/role-assume-failed)$/;

/** Messages cut longer steps, and half a command is worse than none. */
const LONGEST_STEP = 300;

/**
 * The step that runs AWS's own diagnosis of a task that never reached RUNNING, or `undefined` for a cause that it does
 * not look for. Cluster by name and task by id, in the task's Region, while ECS still knows the task:
 * https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-aws-troubleshootecstaskfailedtostart.html
 */
export function runbookStep(cause: CauseId, { cluster, taskId, region }: TaskRef): string | undefined {
  if (!COVERED.test(cause)) return undefined;
  const command = [
    'aws ssm start-automation-execution --document-name AWSSupport-TroubleshootECSTaskFailedToStart',
    `--parameters ClusterName=${cluster},TaskId=${taskId}`,
    `--region ${region}`,
  ].join(' ');
  const step = `Or let AWS look, within an hour of the stop (it creates a function and a role): \`${command}\``;
  // ARNs hold nothing else, and what a person pastes into a shell has to be beyond doubt.
  return /^[\w-]+$/.test(cluster + taskId + region) && step.length <= LONGEST_STEP ? step : undefined;
}
