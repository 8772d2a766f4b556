import type { ContainerDefinition, DeploymentFacts, TaskDefinitionFacts } from '../../shared/domain/facts.ts';
import type { Revision, RevisionPair } from '../../shared/domain/revision-difference.ts';

export const aContainer = (overrides: Partial<ContainerDefinition> = {}): ContainerDefinition => ({
  name: 'app',
  image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:2.30.4',
  isEssential: true,
  memory: 512,
  logDriver: 'awslogs',
  logOptions: { 'awslogs-group': '/ecs/checkout' },
  containerPorts: [8080],
  environmentNames: ['DB_HOST', 'LOG_LEVEL'],
  secrets: [{ name: 'API_KEY', valueFrom: '/checkout/api-key' }],
  ...overrides,
});

export const aTaskDefinition = (overrides: Partial<TaskDefinitionFacts> = {}): TaskDefinitionFacts => ({
  family: 'checkout',
  revision: 57,
  containers: [aContainer()],
  cpu: 512,
  memory: 1024,
  executionRoleArn: 'arn:aws:iam::111122223333:role/checkout-execution',
  networkMode: 'awsvpc',
  ...overrides,
});

export const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

/** Revision 57 with its one image resolved. */
export const aRevision = (
  definition: Partial<TaskDefinitionFacts> = {},
  more: Partial<Omit<Revision, 'definition'>> = {},
): Revision => ({
  definition: aTaskDefinition(definition),
  digests: new Map([['app', digestOf('a')]]),
  ...more,
});

/** From 57 to 58, which differ in nothing unless said otherwise. */
export const aPair = (overrides: Partial<RevisionPair> = {}): RevisionPair => ({
  from: aRevision(),
  to: aRevision({ revision: 58 }),
  concealed: { containers: new Map(), settings: [] },
  ...overrides,
});

export const aDeployment = (overrides: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  id: 'ecs-svc/57',
  status: 'PRIMARY',
  rolloutState: 'COMPLETED',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:57',
  desired: 2,
  running: 2,
  failedTasks: 0,
  ...overrides,
});
