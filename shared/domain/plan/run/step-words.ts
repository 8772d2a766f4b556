import { assertNever } from '../../assert-never.ts';
import { serviceArn } from '../../place.ts';
import { nameOf } from '../plan.ts';
import type { PlanStep } from '../step.ts';

/** What a step is about, as outcomes are kept by: the ARN of a service, or the id of a task. */
export function stepKey(step: PlanStep): string {
  switch (step.kind) {
    case 'lock':
      return serviceArn(step.lock.at);
    case 'run-task':
      return step.launch.taskId;
    case 'stop-task':
      return step.taskId;
    case 'unlock':
    case 'deploy':
    case 'roll-back':
    case 'replace-task':
      return serviceArn(step.at);
    default:
      return assertNever(step);
  }
}

/** What is asked of AWS, in words for the log; `undefined` for what only concerns Slackwater. */
export function stepText(step: PlanStep): string | undefined {
  switch (step.kind) {
    case 'lock':
    case 'unlock':
      return undefined;
    case 'deploy':
      return step.through === undefined
        ? `${nameOf(step)}: UpdateService, forceNewDeployment`
        : `${nameOf(step)}: CreateDeployment by CodeDeploy, group ${step.through.group}`;
    case 'roll-back':
      return `${nameOf(step)}: ${step.through === undefined ? 'StopServiceDeployment, ROLLBACK' : 'StopDeployment by CodeDeploy'}`;
    case 'replace-task':
      return `${nameOf(step)}: StopTask ${step.taskId}`;
    case 'run-task':
      return `${step.launch.cluster.cluster}: RunTask, a copy of ${step.launch.taskId}`;
    case 'stop-task':
      return `${step.at.cluster}: StopTask ${step.taskId}`;
    default:
      return assertNever(step);
  }
}
