/** A task definition as `DescribeTaskDefinition` answers it. */
export interface TaskDefinition {
  readonly taskDefinitionArn: string;
  readonly family: string;
  readonly revision: number;
  readonly containerDefinitions: readonly object[];
  readonly [field: string]: unknown;
}

/** All revisions of one task definition, and what its containers log. */
export interface Family {
  readonly launchType: 'FARGATE' | 'EC2';
  readonly logGroup: string;
  /** Lines by container, the oldest first; every task of the family logs the same. */
  readonly logs: Readonly<Record<string, readonly string[]>>;
  /** `base` is the ARN of the family without its revision. */
  readonly describe: (base: string, revision: number) => TaskDefinition;
}

export interface FamilySketch {
  /** MiB of the whole task. */
  readonly memory: number;
  readonly launchType?: 'FARGATE' | 'EC2';
  /** Image tags by revision; another revision runs the last one. */
  readonly tags: Readonly<Record<number, string>>;
  /** The first is essential, the others are not. */
  readonly containers: readonly ContainerSketch[];
}

interface ContainerSketch {
  readonly name: string;
  readonly image?: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** MiB; the soft limit. */
  readonly memoryReservation?: number;
  /** What a revision sets differently. */
  readonly revised?: Readonly<Record<number, Partial<Pick<ContainerSketch, 'environment' | 'memoryReservation'>>>>;
  /** Names of secrets by variable. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly logs: readonly string[];
}

export function family(name: string, sketch: FamilySketch): Family {
  const launchType = sketch.launchType ?? 'FARGATE';
  const logGroup = `/ecs/harbor/${name}`;
  return {
    launchType,
    logGroup,
    logs: Object.fromEntries(sketch.containers.map((container) => [container.name, container.logs])),
    describe: (base, revision) => ({
      taskDefinitionArn: `${base}:${revision}`,
      family: name,
      revision,
      status: 'ACTIVE',
      cpu: '512',
      memory: String(sketch.memory),
      networkMode: 'awsvpc',
      requiresCompatibilities: [launchType],
      executionRoleArn: roleArn(base, `harbor-${name}-execution`),
      taskRoleArn: roleArn(base, `harbor-${name}`),
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
      containerDefinitions: sketch.containers
        .map((container) => ({ ...container, ...container.revised?.[revision] }))
        .map((container, index) => ({
          name: container.name,
          image: container.image ?? imageOf(base, name, sketch.tags[revision] ?? Object.values(sketch.tags).at(-1)),
          essential: index === 0,
          cpu: 0,
          ...(container.memoryReservation !== undefined && { memoryReservation: container.memoryReservation }),
          portMappings: container.port === undefined ? [] : [{ containerPort: container.port, protocol: 'tcp' }],
          environment: pairs(container.environment, 'value'),
          secrets: pairs(container.secrets, 'valueFrom'),
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': logGroup, 'awslogs-region': regionOf(base), 'awslogs-stream-prefix': name },
          },
        })),
    }),
  };
}

const pairs = (record: Readonly<Record<string, string>> = {}, key: string): readonly object[] =>
  Object.entries(record).map(([name, value]) => ({ name, [key]: value }));

const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

function roleArn(base: string, role: string): string {
  const [, partition, , , account] = base.split(':');
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** The China partition's registry has a suffix of its own. https://docs.aws.amazon.com/general/latest/gr/ecr.html */
function imageOf(base: string, name: string, tag: string | undefined): string {
  const [, partition, , region, account] = base.split(':');
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${account}.dkr.ecr.${region}.${suffix}/${name}:${tag}`;
}
