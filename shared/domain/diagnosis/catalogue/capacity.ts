import { type Entry, when } from '../entry.ts';

const page = 'service-event-messages-list.html';
const RUNBOOK = 'For an instance that should have been chosen run AWSSupport-TroubleshootECSContainerInstance.';

/** The tokens of ECS, `RESOURCE:ENI`, as a reader would say them. */
const RESOURCES: Readonly<Record<string, string>> = {
  CPU: 'CPU',
  MEMORY: 'memory',
  GPU: 'GPUs',
  ENI: 'network interfaces',
};

const lacking = (token: string | undefined): string =>
  token === undefined ? 'CPU, memory, GPUs or network interfaces' : (RESOURCES[token.toUpperCase()] ?? token);

export const capacity = {
  'capacity/no-container-instances': {
    title: 'No instances',
    summary: (v) =>
      `${v.capacityProvider === undefined ? 'The cluster' : `Capacity provider ${v.capacityProvider}`} has no instance for the task.`,
    fix: () => [
      'Check the desired and the maximum size of the Auto Scaling group, and its activity history for launch errors.',
      'If instances run, check that they register: user data, instance profile, route to ECS.',
      'Allow more instance types or zones if EC2 has no capacity for these.',
    ],
    page,
  },
  'capacity/insufficient-resources': {
    title: 'Not enough resources',
    summary: (v) => `No instance has enough ${lacking(v.lacking)} for the task.`,
    fix: () => [
      'Add instances or larger ones; a task larger than the instance type never fits.',
      'Lower CPU and memory of the task to what it uses.',
      'For network interfaces use ENI trunking, on instances launched after it was switched on.',
      RUNBOOK,
    ],
    page,
  },
  'capacity/port-in-use': {
    title: 'Host port taken',
    summary: (v) =>
      `${v.port === undefined ? 'The host port' : `Host port ${v.port}`} that the task asks for is taken.`,
    fix: () => [
      'Use host port 0, which takes a free one, or the network mode awsvpc.',
      'With a fixed host port have at least one instance more than tasks, or let the deployment stop old tasks first.',
    ],
    page,
  },
  'capacity/constraint-unsatisfied': {
    title: 'Constraint not met',
    summary: () => 'No instance meets a placement constraint or has an attribute that the task requires.',
    fix: () => [
      'Compare placement constraints and `requiresAttributes` of the task definition with the attributes of the instances.',
      'Update the agent and the AMI: log drivers, GPU and awsvpc are attributes.',
      'In awsvpc mode have instances in the zones of the subnets of the service.',
      RUNBOOK,
    ],
    page: 'task-placement-constraints.html',
  },
  'capacity/fargate-unavailable': {
    title: 'No Fargate capacity',
    summary: () => 'Fargate has no capacity for the task in the zones of the service.',
    fix: () => [
      'Add subnets in more zones.',
      'Keep a base of FARGATE beside FARGATE_SPOT: ECS does not move from Spot to On-Demand by itself.',
      'ECS keeps trying; if this lasts, ask AWS Support.',
    ],
    page: 'fargate-capacity-providers.html',
  },
  'capacity/quota-exceeded': {
    title: 'Quota exceeded',
    summary: (v) =>
      `An account quota or the rate of an API was exceeded${when(v.capacityProvider, (name) => ` (capacity provider ${name})`)}.`,
    fix: () => [
      'Compare the use that the message names with Service Quotas, and ask for more.',
      'If it is a rate, spread out deployments: ECS tries again by itself.',
    ],
    page: 'service-quotas.html',
  },
} satisfies Readonly<Record<string, Entry>>;
