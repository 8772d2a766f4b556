import { type Area, both, either, matches, says } from '../rule.ts';

/** Verdicts of the load balancer. Service events name the reason of the target, a task's stopped reason does not. */
export const health: Area = {
  applies: either(
    says('unhealthy in', 'not healthy in', 'elb health check', 'health checks failed', 'unhealthy status'),
    both(says('target-group', '(elb '), says('unhealthy', 'failed to', 'unable to')),
    says('unhealthythreshold', 'target group', 'load balancer', 'targetgroupnotfound'),
  ),
  rules: [
    {
      cause: 'health/lb-target-misconfigured',
      when: either(
        says('group is not found', 'target is not found', 'targetgroupnotfound', 'target groups not found'),
        says('not enabled for the load balancer', 'not in use', 'target is in an availability zone'),
        says('not in the same vpc', 'different vpc', 'outside the vpc', 'invalidtarget', 'not within the vpc'),
        says('does not have an associated load balancer', 'not a valid target', 'target group does not exist'),
        matches(/\bnot (?:currently )?registered\b/),
        matches(/target group\b.{0,200}\b(?:not found|does not exist|doesn't exist)/),
      ),
      because: 'The target or its group does not exist, or the load balancer cannot use it where it is.',
      example: 'service api (task 1f2e3d4c) is not healthy in target-group api due to TARGET GROUP IS NOT FOUND.',
    },
    {
      cause: 'health/lb-unexpected-status',
      when: says('with these codes', 'with this code', 'responsecodemismatch', 'response code mismatch'),
      because: 'The target answered, with a status outside the matcher.',
      example:
        '(service api) (port 8080) is unhealthy in (target-group api) due to (reason Health checks failed with these codes: [503])',
    },
    {
      cause: 'health/lb-timeout',
      when: says('request timed out', 'target.timeout', 'connection to the target timed out', 'requests timed out'),
      because: 'The target did not answer the health check in time.',
      example: '(service api) (task 1f2e3d4c) is unhealthy in (target-group api) due to (reason Request timed out)',
    },
    {
      cause: 'capacity/quota-exceeded',
      when: says('rate exceeded', 'throttl', 'quota', 'limitexceeded', 'toomanytargets'),
      because: 'The load balancing API limits how often or how much.',
      example: 'service api failed to register targets in target-group api with (error Rate exceeded)',
    },
    {
      cause: 'iam/permission-missing',
      when: both(says('failed to', 'unable to'), says('accessdenied', 'access denied', 'not authorized')),
      because: 'ECS may not call the load balancing API.',
      example: 'service api failed to deregister targets in target-group api with (error AccessDenied)',
    },
    {
      cause: 'health/lb-target-misconfigured',
      when: both(matches(/(?:failed|unable) to register/), matches(/\(error (?!internal)[^)]+\)/)),
      because: 'The load balancer refused to register the target.',
      example: 'service api failed to register targets in target-group api with (error The target IP is not valid)',
    },
    {
      cause: 'platform/unspecified-failure',
      when: matches(/(?:failed|unable) to (?:describe|register|deregister)/),
      confidence: 'unclear',
      because: 'A call to the load balancing API failed for a reason that ECS does not pass on.',
      example: 'service api failed to describe target health on target-group api with (error Internal failure)',
    },
    {
      cause: 'health/lb-check-failed',
      when: either(
        matches(/\(reason health checks failed\)/),
        says('failed elb health check', 'unhealthythreshold number'),
      ),
      because: 'The load balancer says that its health checks failed and nothing about how.',
      example: 'Task failed ELB health checks in (target-group api)',
    },
    {
      cause: 'health/container-check-failed',
      when: says('due to an unhealthy status'),
      confidence: 'likely',
      because: 'ECS replaced tasks that a health check of a container, or less often of a load balancer, failed.',
      example:
        '(service api) has started 1 tasks: (task 1f2e3d4c). Amazon ECS replaced 1 tasks due to an unhealthy status.',
    },
    {
      cause: 'health/lb-check-failed',
      when: says('unhealthy in', 'not healthy in', 'health checks failed'),
      confidence: 'unclear',
      because: 'The target is unhealthy; the text ends before the reason.',
      example: '(service api) (port 8080) is unhealthy in (target-group api)',
    },
  ],
};
