import { type Entry, the } from '../entry.ts';

export const platform = {
  'platform/agent-disconnected': {
    title: 'Agent disconnected',
    summary: (v) => `The container agent of ${the('instance', v.instance)} is not connected to ECS.`,
    fix: (v) => [
      `On ${the('instance', v.instance)} restart the agent (\`systemctl restart ecs\`) and read /var/log/ecs/ecs-agent.log.`,
      'Check the instance role, the route to ECS, and that disk and memory are not exhausted.',
      'If in doubt, drain the instance and replace it.',
    ],
    page: 'troubleshooting.html',
  },
  'platform/runtime-failure': {
    title: 'Container runtime failed',
    summary: (v) => `The container runtime failed to create, start or stop ${the('container', v.container)}.`,
    fix: () => [
      'If it happened once, let ECS try again.',
      'On EC2 read the log of Docker and of the agent, and check disk, memory and kernel of the host.',
      'On Fargate, if it repeats, ask AWS Support with the task id.',
    ],
    page: 'stopped-task-error-codes.html',
  },
  'platform/runtime-timeout': {
    title: 'Container runtime timeout',
    summary: (v) =>
      `${v.container === undefined ? 'A container' : `Container ${v.container}`} took longer to change its state than the agent waits.`,
    fix: () => [
      'Check the load of the host: burst credits of CPU and disk, throughput of the volume, number of tasks starting at once.',
      'Check the route to the log endpoint: a log driver that cannot connect delays the start.',
      'On EC2 raise ECS_CONTAINER_START_TIMEOUT or ECS_CONTAINER_CREATE_TIMEOUT.',
    ],
    page: 'container-runtime-timeout-error.html',
  },
  'platform/host-removed': {
    title: 'Host removed',
    summary: (v) =>
      `${v.instance === undefined ? 'The instance' : `Instance ${v.instance}`} under the task was stopped, terminated, drained or deregistered.`,
    fix: () => [
      'Check that a replacement runs; a standalone task is not restarted by ECS.',
      'Switch on managed instance draining, so that tasks move before their instance goes.',
      'If nobody meant it, look at the activity history of the Auto Scaling group.',
    ],
    page: 'managed-instance-draining.html',
  },
  'platform/spot-interruption': {
    title: 'Spot interruption',
    summary: () => 'AWS took back the Spot capacity under the task.',
    fix: () => [
      'Check that a replacement runs; ECS does not replace Spot by On-Demand.',
      'Keep a base of On-Demand capacity for services that must not shrink, and use more zones.',
      'Handle SIGTERM within `stopTimeout`.',
    ],
    page: 'spot-interruption-errors.html',
  },
  'platform/maintenance': {
    title: 'AWS maintenance',
    summary: () => 'ECS moved the task for maintenance or retirement of its host.',
    fix: () => [
      'Check that a replacement runs; a standalone task is not restarted by ECS.',
      'Run at least two tasks, so that one at a time can be replaced.',
      'Choose when with the task retirement settings and event windows of Fargate.',
    ],
    page: 'task-maintenance.html',
  },
  'platform/unspecified-failure': {
    title: 'Failure, cause unknown',
    summary: () => 'ECS reports a failure and does not say what caused it.',
    fix: () => [
      'If it happened once, let ECS try again.',
      'Look at every container and attachment in `aws ecs describe-tasks` within an hour of the stop.',
      'On Fargate check that the subnets are in zones that Fargate offers.',
      'If it repeats, ask AWS Support with the task id.',
    ],
    page: 'stopped-task-error-codes.html',
  },
} satisfies Readonly<Record<string, Entry>>;
