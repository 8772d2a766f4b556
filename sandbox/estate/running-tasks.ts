import { createHash } from 'node:crypto';
import { MIDNIGHT, type ServiceDescription } from './services.ts';

/** A task as `DescribeTasks` answers it: times in epoch seconds. */
export interface RunningTask {
  readonly taskId: string;
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly [field: string]: unknown;
}

const DAY = 86_400;

/** As many tasks as the service says that run, all of them started ten days before the events. */
export function runningTasks(service: ServiceDescription): readonly RunningTask[] {
  const { serviceName, serviceArn, clusterArn, launchType, taskDefinition, runningCount } = service;
  return Array.from({ length: Number(runningCount) }, (_, index) => {
    const taskId = createHash('sha256').update(`${serviceArn} ${index}`).digest('hex').slice(0, 32);
    const createdAt = MIDNIGHT - 10 * DAY;
    return {
      taskId,
      taskArn: `${clusterArn.replace(':cluster/', ':task/')}/${taskId}`,
      clusterArn,
      taskDefinitionArn: taskDefinition,
      group: `service:${serviceName}`,
      startedBy: 'ecs-svc/0000000000000000000',
      launchType,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
      createdAt,
      startedAt: createdAt + 60,
      containers: [],
      attachments: [],
      tags: [],
    };
  });
}
