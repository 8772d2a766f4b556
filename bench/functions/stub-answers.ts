import { readObject } from '../../sandbox/json-object.ts';

interface Asked {
  /** Of the services that speak JSON. */
  readonly operation: string;
  readonly path: string;
  readonly body: string;
}

interface Answered {
  readonly contentType: string;
  readonly text: string;
}

const ACCOUNT = '111122223333';
const arnOf = (resource: string): string => `arn:aws:ecs:eu-west-1:${ACCOUNT}:${resource}`;

/** In epoch seconds. */
const LONG_AGO = Date.UTC(2026, 0, 5) / 1_000;

/** ECS keeps the last hundred events of a service, and answers all of them: 25 KB in real life. */
const SERVICE_EVENTS = 100;

type Operation = (input: Readonly<Record<string, unknown>>) => object;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeServices: ({ services, cluster }) => ({
    services: listOf(services).map((name) => serviceCalled(lastPart(name), lastPart(String(cluster)))),
    failures: [],
  }),
  DescribeTaskDefinition: ({ taskDefinition }) => ({ taskDefinition: definitionOf(String(taskDefinition)) }),
  ListClusters: () => ({ clusterArns: [arnOf('cluster/armada-west')] }),
  ListServices: () => ({ serviceArns: [arnOf('service/armada-west/barge-001')] }),
  GetParameter: ({ Name }) => ({ Parameter: { Name, Value: secretOf(String(Name)) } }),
  GetLogEvents: () => ({
    events: ['barge 1.7.0 starting', 'reading the manifest', 'Error: connect ECONNREFUSED 10.40.7.19:5432'].map(
      (message, index) => ({ message, timestamp: LONG_AGO * 1_000 + index, ingestionTime: LONG_AGO * 1_000 + index }),
    ),
    nextBackwardToken: 'b/1',
    nextForwardToken: 'f/1',
  }),
};

/** What the endpoint signs by, and what posts to Slack; neither opens anything. */
export const SIGNING_SECRET = 'the-signing-secret-of-a-bench';
const secretOf = (name: string): string => (name.includes('signing') ? SIGNING_SECRET : 'xoxb-bench-0000-0000');

const PUBLISHED =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>';

const SLACK_USER = {
  id: 'U0ADA',
  team_id: 'T0HARBOR',
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
  deleted: false,
  tz: 'Europe/Berlin',
  profile: { display_name: 'ada' },
};

/** What AWS, DynamoDB apart, and Slack answer; the same each time. */
export function answerTo({ operation, path, body }: Asked): Answered {
  if (operation !== '') return json((OPERATIONS[operation] ?? (() => ({})))(readObject(body)));
  if (path.startsWith('/slack'))
    return json({ ok: true, channel: 'C0HARBOR', ts: '1795000000.000100', user: SLACK_USER });
  if (path.startsWith('/2015-03-31/functions')) return json({});
  return { contentType: 'text/xml', text: PUBLISHED };
}

const json = (value: object): Answered => ({ contentType: 'application/x-amz-json-1.1', text: JSON.stringify(value) });

function serviceCalled(serviceName: string, cluster: string): object {
  return {
    serviceName,
    serviceArn: arnOf(`service/${cluster}/${serviceName}`),
    clusterArn: arnOf(`cluster/${cluster}`),
    status: 'ACTIVE',
    schedulingStrategy: 'REPLICA',
    desiredCount: 3,
    runningCount: 2,
    pendingCount: 1,
    launchType: 'FARGATE',
    taskDefinition: arnOf(`task-definition/${serviceName}:7`),
    createdAt: LONG_AGO,
    deployments: [
      {
        id: 'ecs-svc/7000000000000000001',
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        desiredCount: 3,
        runningCount: 2,
        taskDefinition: arnOf(`task-definition/${serviceName}:7`),
        createdAt: LONG_AGO,
        updatedAt: LONG_AGO,
      },
    ],
    events: Array.from({ length: SERVICE_EVENTS }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      createdAt: LONG_AGO + SERVICE_EVENTS - index,
      message: `(service ${serviceName}) has started 1 tasks: (task ${String(index).padStart(32, '0')}). Registered in the target group, waiting.`,
    })),
    loadBalancers: [],
    tags: [],
  };
}

function definitionOf(reference: string): object {
  const [family = '', revision = '1'] = lastPart(reference).split(':');
  return {
    taskDefinitionArn: reference,
    family,
    revision: Number(revision),
    status: 'ACTIVE',
    cpu: '512',
    memory: '1024',
    networkMode: 'awsvpc',
    containerDefinitions: [
      {
        name: family,
        image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/${family}:1.7.0`,
        essential: true,
        environment: [{ name: 'PORT', value: '8080' }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': `/ecs/${family}`, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'ecs' },
        },
      },
    ],
  };
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
