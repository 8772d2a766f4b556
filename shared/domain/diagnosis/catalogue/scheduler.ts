import { type Entry, the, when } from '../entry.ts';

export const scheduler = {
  'iam/role-assume-failed': {
    title: 'Role cannot be assumed',
    summary: (v) => `ECS could not assume ${the('role', v.role)}.`,
    fix: (v) => [
      `Check that ${the('role', v.role)} exists and trusts the right principal: ecs-tasks.amazonaws.com for task and execution roles, ecs.amazonaws.com for service and infrastructure roles.`,
      'Allow iam:PassRole on it for whoever creates the service or runs the task.',
      'A new role needs a few minutes until it is known everywhere.',
    ],
    page: 'security_iam_troubleshoot.html',
  },
  'iam/permission-missing': {
    title: 'Permission missing',
    summary: (v) =>
      `ECS is not allowed ${v.action ?? 'an action that it needs'}${when(v.role, (role) => ` as ${role}`)}.`,
    fix: (v) => [
      `Allow ${v.action ?? 'the refused action'}${when(v.resource, (resource) => ` on ${resource}`)} for ${the('role', v.role)}.`,
      'Check service control policies and tag policies of the organization: they beat the role.',
      'Check that the service-linked role AWSServiceRoleForECS exists.',
    ],
    page: 'security_iam_troubleshoot.html',
  },
  'deployment/tasks-failed-to-start': {
    title: 'Deployment failed',
    summary: () => 'The deployment failed because its tasks did not start or did not stay healthy.',
    fix: () => [
      'Look at the stopped tasks of the deployment: their reasons and exit codes name the cause.',
      'Register a corrected revision; that also ends the back-off between starts.',
    ],
    page: 'deployment-circuit-breaker.html',
  },
  'deployment/alarm-triggered': {
    title: 'Deployment alarm',
    summary: (v) => `The deployment failed because ${the('alarm', v.alarm)} went off.`,
    fix: (v) => [
      `Look at ${the('alarm', v.alarm)}: what it measures, since when, and whether the new revision explains it.`,
      'Correct the revision, or the threshold if the alarm is wrong, and deploy again.',
    ],
    page: 'deployment-alarm-failure.html',
  },
  'deployment/rolled-back': {
    title: 'Deployment rolled back',
    summary: (v) => `ECS returned to an earlier revision${when(v.deployment, (id) => ` (deployment ${id})`)}.`,
    fix: () => [
      'Look at the deployment that failed before: its stopped tasks, its alarms, its hooks.',
      'Correct the cause before deploying the same revision again.',
    ],
    page: 'deployment-circuit-breaker.html',
  },
  'deployment/blocked': {
    title: 'Deployment blocked',
    summary: () => 'The scheduler may neither stop nor start tasks, so the deployment or the scaling stands still.',
    fix: () => [
      'Check minimum and maximum healthy percent against the desired count: one of them must leave room for one task.',
      'Check task protection: protected tasks are not stopped before their protection ends.',
    ],
    page: 'service-event-messages-list.html',
  },
  'lifecycle/progress': {
    title: 'Service progress',
    summary: () => 'The scheduler reports its ordinary work.',
    fix: () => [],
    page: 'service-event-messages-list.html',
  },
  'lifecycle/replaced-or-scaled-in': {
    title: 'Replaced or scaled in',
    summary: (v) =>
      `The scheduler stopped the task for ${v.deployment === undefined ? 'a deployment, a lower desired count or zone balancing' : `deployment ${v.deployment}`}.`,
    fix: () => [],
    page: 'stopped-task-error-codes.html',
  },
  'lifecycle/stopped-by-user': {
    title: 'Stopped by user',
    summary: (v) =>
      `${v.words?.startsWith('slackwater:') ? 'Slackwater' : 'Somebody'} stopped the task${when(v.words, (words) => `: "${words}"`)}.`,
    fix: () => [],
    page: 'stopped-task-error-codes.html',
  },
} satisfies Readonly<Record<string, Entry>>;
