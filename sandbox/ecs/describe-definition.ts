import { COMPANY } from '../estate/company.ts';
import type { TaskDefinition } from '../estate/family.ts';
import { ecsArn, imageOf } from './names.ts';
import type { ServiceState } from './service-state.ts';
import type { Task } from './task.ts';

interface Definition {
  readonly family: string;
  readonly revision: number;
  readonly image: string;
  readonly cpu: number;
  readonly isActive: boolean;
  readonly hasHealthCheck: boolean;
  readonly versionConsistency: 'enabled' | 'disabled';
}

/** Of a service any revision exists, as of every family of the estate; only the current one can be inactive. */
export const definitionOf = ({ service, settings }: ServiceState, revision: number): TaskDefinition =>
  describe({
    family: service,
    revision,
    image: imageOf(service, settings.tag),
    cpu: settings.cpu,
    hasHealthCheck: settings.health !== 'UNKNOWN',
    isActive: settings.isDefinitionActive || revision !== settings.revision,
    versionConsistency: settings.versionConsistency,
  });

export const definitionOfTask = ({ taskDefinition, container, cpu, health }: Task): TaskDefinition => {
  const [family = '', revision = ''] = taskDefinition.split(':');
  return describe({
    family,
    revision: Number(revision),
    image: container.image,
    cpu,
    isActive: true,
    hasHealthCheck: health !== 'UNKNOWN',
    versionConsistency: 'enabled',
  });
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
const describe = ({
  family,
  revision,
  image,
  cpu,
  isActive,
  hasHealthCheck,
  versionConsistency,
}: Definition): TaskDefinition => ({
  taskDefinitionArn: ecsArn(`task-definition/${family}:${revision}`),
  family,
  revision,
  status: isActive ? 'ACTIVE' : 'INACTIVE',
  cpu: String(cpu),
  memory: '1024',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  compatibilities: ['EC2', 'FARGATE'],
  runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
  containerDefinitions: [
    {
      name: family,
      image,
      essential: true,
      cpu: 0,
      stopTimeout: 30,
      versionConsistency,
      ...(hasHealthCheck && { healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } }),
      portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
      environment: [],
      secrets: [],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': `/ecs/harbour/${family}`,
          'awslogs-region': COMPANY.region,
          'awslogs-stream-prefix': family,
        },
      },
    },
  ],
});
