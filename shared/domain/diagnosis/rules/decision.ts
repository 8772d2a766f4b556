import { type Area, always, either, matches, says } from '../rule.ts';

/** What ECS or a person decided. Exit codes that follow are consequences, so these rows are asked first. */
export const decision: Area = {
  applies: always,
  rules: [
    {
      cause: 'lifecycle/stopped-by-user',
      when: matches(/^slackwater:/),
      because: 'Slackwater stopped the task itself; its reasons begin with its name.',
      example: 'slackwater: replaced before AWS retires it (plan ret-4f0c2a9d1e)',
    },
    {
      cause: 'platform/spot-interruption',
      when: says('spot task was interrupted', 'spotinterruption', 'spot interruption', 'spot instance interruption'),
      because: 'The text names the Spot interruption.',
      example: 'Your Spot Task was interrupted.',
    },
    {
      cause: 'platform/maintenance',
      when: says('performing maintenance', 'task retirement', 'scheduled for retirement', 'being retired'),
      because: 'ECS says that it moves the task for maintenance or retirement.',
      example: 'ECS is performing maintenance on the underlying infrastructure hosting the task',
    },
    {
      cause: 'platform/host-removed',
      when: says('deregistration forced by user', 'instance deregistered', 'instance was deregistered'),
      benign: true,
      because: 'An operator took the instance out of the cluster by force.',
      example: 'Container instance deregistration forced by user',
    },
    {
      cause: 'platform/host-removed',
      when: either(
        says('in draining state', 'draining status'),
        matches(/\binstance\b[^.]{0,60}\bdraining\b(?! conn)/),
      ),
      benign: true,
      because: 'An operator, or automation on their behalf, is draining the instance.',
      example: 'container instance is in DRAINING state',
    },
    {
      cause: 'platform/host-removed',
      when: either(
        says('host ec2'),
        matches(/\b(?:container )?instance\b[^.]{0,80}\b(?:was|has been|is) (?:stopped|terminated|shut down)\b/),
      ),
      because: 'The instance under the task stopped or terminated.',
      example: 'Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.',
    },
    {
      cause: 'platform/agent-disconnected',
      when: says(
        'agent disconnected',
        'agent is not connected',
        'agent not connected',
        'agent is disconnected',
        "doesn't have the agent connected",
        'does not have the agent connected',
        'waiting for amazon ecs agent',
      ),
      because: 'ECS has lost the container agent of the instance, or never reached it.',
      example: 'Container instance agent disconnected',
    },
    {
      cause: 'lifecycle/replaced-or-scaled-in',
      when: either(
        says('scaling activity initiated by', 'rebalancing initiated by', 'task set scaled', 'deployment initiated by'),
        matches(/\binitiated (?:action )?by \(?(?:deployment|task ?set|service)\b/),
      ),
      because: 'The scheduler replaced the task or lowered the number of tasks.',
      example: 'Scaling activity initiated by (deployment ecs-svc/1234567890123456789)',
    },
    {
      cause: 'health/container-check-failed',
      when: says('failed container health check', 'container health checks failed', 'failed service discovery health'),
      because: 'ECS stopped the task because a container health check failed.',
      example: 'Task failed container health checks',
    },
    {
      cause: 'lifecycle/stopped-by-user',
      when: says(
        'stopped by user',
        'stopped by the user',
        'stopped manually',
        'stoptask api',
        'user initiated',
        'userinitiated',
      ),
      because: 'The text says that a person or a tool stopped the task.',
      example: 'Task stopped by user',
    },
  ],
};
