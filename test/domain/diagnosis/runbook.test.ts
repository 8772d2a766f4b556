import { describe, expect, it } from 'vitest';
import { type CauseId, SEVERITY_OF_CAUSE } from '../../../shared/domain/diagnosis/causes.ts';
import { runbookStep } from '../../../shared/domain/diagnosis/runbook.ts';
import type { TaskArn, TaskRef } from '../../../shared/domain/place.ts';

const aTask = (cluster = 'harbor-prod'): TaskRef => ({
  partition: 'aws-us-gov',
  region: 'us-gov-west-1',
  account: '111122223333',
  cluster,
  taskId: '3ced7978c97d3104214a0f126781b9eb',
  // True for the cluster of the default.
  arn: 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task/harbor-prod/3ced7978c97d3104214a0f126781b9eb' as TaskArn,
});

describe("AWS's runbook for tasks that do not start", () => {
  it('is a command for the task, in its Region', () => {
    expect(runbookStep('image/not-found', aTask())).toBe(
      'Or let AWS look, within an hour of the stop (it creates a function and a role): `aws ssm start-automation-execution --document-name AWSSupport-TroubleshootECSTaskFailedToStart --parameters ClusterName=harbor-prod,TaskId=3ced7978c97d3104214a0f126781b9eb --region us-gov-west-1`',
    );
  });

  it('is for what fails before RUNNING, and for nothing else', () => {
    // The keys of a record of every cause are the causes.
    const covered = (Object.keys(SEVERITY_OF_CAUSE) as CauseId[]).filter((cause) => runbookStep(cause, aTask()));
    const areas = new Set(covered.map((cause) => cause.split('/')[0]));
    expect([...areas]).toEqual(['image', 'network', 'secrets', 'logging', 'config', 'storage', 'iam']);
    expect(covered.filter((cause) => /^(?:config|iam)/.test(cause))).toEqual([
      'config/env-file-unavailable',
      'iam/role-assume-failed',
    ]);
  });

  it('is left out rather than cut, or pasted with something that is no name', () => {
    expect(runbookStep('image/not-found', aTask('c'.repeat(255)))).toBeUndefined();
    expect(runbookStep('image/not-found', aTask('prod; rm -rf ~'))).toBeUndefined();
  });
});
