import { type Area, either, matches, says } from '../rule.ts';

/** A whole token: at the start of the text, or as the error of the closest matching instance. */
const token = (pattern: string) => matches(new RegExp(`(?:^|error )["']?(?:${pattern})["']?\\.?(?:$|[^a-z:-])`));

/** Placement. The tokens come from DescribeTasks, `failures[]` and service events alike. */
export const capacity: Area = {
  applies: either(
    token('resource:[a-z_]+|agent|attribute|location|memberof|distinctinstance|inactive|no active instances'),
    says('container instance', 'container-instance', 'capacity', 'placement', 'launch instance', 'compute strategy'),
    says('your limit', 'reached the limit', 'operations are being throttled', 'could not launch', 'fargate'),
    matches(/unable to place a task (?:in|because) /),
  ),
  rules: [
    {
      cause: 'capacity/fargate-unavailable',
      when: either(
        token('resource:fargate[a-z_]*'),
        says(
          'capacity is unavailable at this time',
          'fargate capacity',
          'fargate is not supported',
          'fargate spot capacity',
        ),
        says('not support fargate', "doesn't support fargate"),
      ),
      because: 'Fargate has no capacity in the zones of the service, or does not offer it there.',
      example: 'RESOURCE:FARGATE',
    },
    {
      cause: 'capacity/port-in-use',
      when: either(token('resource:ports?[a-z_]*'), says('already using a port required')),
      because: 'Every suitable instance already uses the host port.',
      example: 'The closest matching container-instance is already using a port required by your task.',
    },
    {
      cause: 'capacity/insufficient-resources',
      when: either(
        token('resource:(?:cpu|memory|gpu|eni)'),
        matches(/\binsufficient (?:cpu|memory|gpu|eni|network|resource|disk)/),
        says(
          'not enough memory',
          'not enough cpu',
          'not have enough cpu',
          'not have enough memory',
          'resourceinsufficient',
        ),
      ),
      because: 'The closest instance lacks CPU, memory, GPUs or network interfaces.',
      example:
        '(service api) was unable to place a task. The closest matching (container-instance 5f) has insufficient CPU units available.',
    },
    {
      cause: 'capacity/insufficient-resources',
      when: token('resource:[a-z_]+'),
      confidence: 'likely',
      because: 'Any other resource token names something that the instances lack.',
      example: 'RESOURCE:DISK',
    },
    {
      cause: 'platform/agent-disconnected',
      when: token('agent'),
      because: 'The agent of the chosen instance is not connected.',
      example: 'The closest matching container-instance 5f encountered error "AGENT".',
    },
    {
      cause: 'capacity/constraint-unsatisfied',
      when: either(
        token('attribute|location|memberof|distinctinstance'),
        says('placement constraint', 'missing an attribute', 'missing a required attribute', 'required attribute'),
        says('incompatible with the placement', 'attributes required by'),
      ),
      because: 'No instance has the attribute or meets the constraint that the task asks for.',
      example: 'TaskFailedToStart: MemberOf placement constraint unsatisfied',
    },
    {
      cause: 'config/invalid-setting',
      when: says('not compatible with the selected compute strategy', 'no fargate configuration exists'),
      because: 'The task definition does not suit the kind of capacity that was asked for.',
      example: 'The selected task definition is not compatible with the selected compute strategy',
    },
    {
      cause: 'capacity/quota-exceeded',
      when: either(
        says('reached the limit', 'above your limit', 'capacity limit was exceeded', 'operations are being throttled'),
        says('limitexceeded', 'countexceeded', 'limit exceeded', 'quota', 'exceeds the limit', 'exceeded your limit'),
        says('throttlingexception', 'rate exceeded', 'requestlimitexceeded'),
      ),
      because: 'An account quota or an API rate was exceeded.',
      example:
        "(service api) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently",
    },
    {
      cause: 'capacity/no-container-instances',
      when: either(
        token('no active instances|empty capacity provider|inactive'),
        says(
          'no container instances were found',
          'no active instances',
          'empty capacity provider',
          'no container instances in',
        ),
        says('unfulfillablecapacity', 'insufficientinstancecapacity', 'no instances found'),
      ),
      because: 'The cluster or the capacity provider has no instance and could not get one.',
      example:
        '(service api) was unable to reach steady state. Reason: No Container Instances were found in your capacity provider.',
    },
    {
      cause: 'capacity/insufficient-resources',
      when: says('no container instance met all', 'no container instance meets all', 'no container instance met'),
      confidence: 'unclear',
      because: 'No instance fits; the text ends before it says what is lacking.',
      example: '(service api) was unable to place a task because no container instance met all of its requirements.',
    },
    {
      cause: 'capacity/no-container-instances',
      when: says('unable to launch instance'),
      confidence: 'unclear',
      because: 'The capacity provider could not launch an instance; the text ends before the error of EC2.',
      example: 'ResourceInitializationError: Unable to launch instance(s) for capacity provider batch.',
    },
    {
      cause: 'capacity/fargate-unavailable',
      when: matches(/^is unable to place a task in (?:(?!because).){1,40}$/),
      confidence: 'likely',
      because: 'AWS documents this sentence, without a reason after it, for a zone without Fargate capacity.',
      example: '(service api) is unable to place a task in eu-west-1b.',
    },
    {
      cause: 'capacity/insufficient-resources',
      when: says('could not launch', 'insufficient capacity', 'because the resources', 'capacity was unavailable'),
      confidence: 'unclear',
      because: 'Not all tasks could be placed; the text does not say what is lacking.',
      example: 'service api could not launch 2 tasks for deployment ecs-svc/1234567890123456789.',
    },
  ],
};
