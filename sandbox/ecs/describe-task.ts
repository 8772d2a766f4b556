import type { StoppedTask } from '../estate/stopped-task.ts';
import { clusterArn, inSeconds } from './names.ts';
import { isRunning, type Task } from './task.ts';
import { taskArn, taskFields } from './task-fields.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
export const describeTask = (task: Task, t: number): StoppedTask & { readonly tags: readonly object[] } => ({
  ...taskFields(task, t, inSeconds),
  taskId: task.id,
  taskArn: taskArn(task),
  clusterArn: clusterArn(task.cluster),
  group: task.group,
  healthStatus: isRunning(task, t) ? task.health : 'UNKNOWN',
  // Stopping a task deletes its tags.
  tags: task.stop === undefined ? Object.entries(task.tags).map(([key, value]) => ({ key, value })) : [],
});
