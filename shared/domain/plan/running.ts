import type { ActiveService, ServiceTask } from './situation.ts';

/** The running tasks that AWS Fargate may retire. */
export const fargateTasks = ({ tasks }: ActiveService): readonly ServiceTask[] =>
  tasks.filter(({ lastStatus, launchType }) => lastStatus === 'RUNNING' && launchType === 'FARGATE');
