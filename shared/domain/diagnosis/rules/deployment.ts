import { type Area, always, both, either, matches, not, says } from '../rule.ts';

/** Verdicts on a rollout and the scheduler's narration. Asked after everything that names a cause. */
export const deployment: Area = {
  applies: always,
  rules: [
    {
      cause: 'deployment/blocked',
      when: says(
        'service deployment configuration',
        'under protection',
        'protected tasks',
        'unable to scale in',
        'deployment_blocked',
        'unable to az rebalance',
        'minimumhealthypercent',
      ),
      because: 'The scheduler may neither stop nor start a task: percentages or task protection forbid it.',
      example:
        '(service api) was unable to stop or start tasks during a deployment because of the service deployment configuration.',
    },
    {
      cause: 'deployment/alarm-triggered',
      when: matches(/\balarms?\b/),
      because: 'A deployment alarm went off.',
      example: '(service api) (deployment ecs-svc/1234567890123456789) deployment failed: alarm detected.',
    },
    {
      cause: 'deployment/rolled-back',
      when: says('rolling back', 'rolled back', 'rollback'),
      because: 'ECS returns to an earlier revision; why is told elsewhere.',
      example: '(service api) rolling back to deployment ecs-svc/1234567890123456789.',
    },
    {
      cause: 'deployment/tasks-failed-to-start',
      when: says(
        'tasks failed to start',
        'task failed to start',
        'unable to consistently start',
        'tasks failed to reach',
      ),
      because: 'The deployment failed because its tasks did not start or did not stay healthy.',
      example: 'ECS deployment circuit breaker: tasks failed to start.',
    },
    {
      cause: 'deployment/tasks-failed-to-start',
      when: says('deployment failed', 'circuit breaker', 'failed to stabilize'),
      confidence: 'unclear',
      because: 'The deployment failed; the text ends before it says over what.',
      example: '(service api) (deployment ecs-svc/1234567890123456789) deployment failed',
    },
    {
      cause: 'lifecycle/progress',
      when: either(
        says('reached a steady state', 'reached steady state', 'az balanced', 'draining connections'),
        both(says('az rebalanc'), not(says('failed', 'unable'))),
        both(
          matches(/\bhas (?:successfully )?(?:started|stopped) (?:\d+ (?:running )?tasks?|rebalancing)/),
          // A sentence after the list of tasks says why, and it is not always ordinary.
          not(matches(/\(task [^)]*\)\. [a-z]/)),
        ),
        matches(/\(task [^)]*\)(?: has)? (?:started|stopped)\b/),
        matches(/\b(?:de)?registered \d+ (?:targets?|instances?)/),
        both(matches(/\bdeployment\b.{0,80}\b(?:completed|in progress)\b/), not(says('failed', 'unable'))),
        both(says('desired count', 'computeddesiredcount'), not(says('failed', 'unable'))),
      ),
      because: 'The scheduler tells what it does in the ordinary course.',
      example: '(service api) has reached a steady state.',
    },
  ],
};
