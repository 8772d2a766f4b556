import { type Entry, the, when } from '../entry.ts';

const page = 'troubleshoot-service-load-balancers.html';
const GRACE = 'If tasks only need longer to start, raise `healthCheckGracePeriodSeconds` of the service.';

export const health = {
  'health/container-check-failed': {
    title: 'Health check failed',
    summary: (v) =>
      `ECS stopped a task because ${v.container === undefined ? 'a container' : `container ${v.container}`} was unhealthy.`,
    fix: (v) => [
      `Run the health check${when(v.healthCheck, (command) => ` \`${command}\``)} inside the container; its tools must be in the image.`,
      'Raise `startPeriod` if the application needs longer to start, `timeout` and `retries` if it is slow under load.',
      'Read the log of the application around the stop.',
    ],
    page: 'healthcheck.html',
  },
  'health/lb-unexpected-status': {
    title: 'Health check status wrong',
    summary: (v) =>
      `The health check of ${the('target group', v.targetGroup)} got status ${v.statusCodes ?? 'codes outside its matcher'}.`,
    fix: (v) => [
      `Request the health check path${when(v.port, (port) => ` on port ${port}`)} from inside the VPC; it must answer with a status of the matcher (200 by default).`,
      'Correct the path or the matcher of the target group, or the application.',
      GRACE,
    ],
    page,
  },
  'health/lb-timeout': {
    title: 'Health check timed out',
    summary: (v) => `Tasks did not answer the health check of ${the('target group', v.targetGroup)} in time.`,
    fix: (v) => [
      `Let the security group of the tasks accept the load balancer on ${v.port === undefined ? 'the container port' : `port ${v.port}`}.`,
      'Check that the application listens on that port, on 0.0.0.0 and not on localhost.',
      'Compare the time of an answer under load with the timeout of the health check.',
      GRACE,
    ],
    page,
  },
  'health/lb-target-misconfigured': {
    title: 'Target misconfigured',
    summary: (v) =>
      `${v.targetGroup === undefined ? 'The target group' : `Target group ${v.targetGroup}`} cannot use the tasks as they are registered.`,
    fix: (v) => [
      `Check that ${the('target group', v.targetGroup)} exists, is attached to a listener, and is in the VPC of the tasks.`,
      'Enable every zone of the service in the load balancer.',
      'Tasks in awsvpc mode need the target type `ip`.',
    ],
    page,
  },
  'health/lb-check-failed': {
    title: 'Load balancer check failed',
    summary: (v) => `Tasks failed the health checks of ${the('target group', v.targetGroup)}.`,
    fix: (v) => [
      `Ask for the reason: \`aws elbv2 describe-target-health\` for ${the('target group', v.targetGroup)} while a task is registered.`,
      'Check port, path and matcher of the health check, then the security group of the tasks.',
      GRACE,
    ],
    page,
  },
} satisfies Readonly<Record<string, Entry>>;
