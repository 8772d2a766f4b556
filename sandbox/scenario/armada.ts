import { COMPANY } from '../estate/company.ts';
import type { Estate } from '../estate/estate.ts';
import { type Family, family } from '../estate/family.ts';
import type { ImageDescription } from '../estate/registry.ts';
import type { ServiceDescription } from '../estate/services.ts';
import { createRollouts, type Rollout } from './rollouts.ts';

/** One of any number of services that exist for storms alone, beside the company's own. */
export interface ArmadaService {
  readonly cluster: string;
  readonly name: string;
  /** Of the task definition that serves. */
  readonly revision: number;
  /** Id of the deployment that serves. */
  readonly deployment: string;
}

export const ARMADA_CLUSTERS = ['armada-north', 'armada-west', 'armada-south'] as const;

/** Of every task definition. Nobody pushed the image of the failing one. */
export const REVISIONS = { serving: 7, failing: 8 } as const;
const TAGS = { [REVISIONS.serving]: '1.7.0', [REVISIONS.failing]: '1.8.0' };
const LOGS = ['barge 1.7.0 starting', 'reading the manifest', 'Error: connect ECONNREFUSED 10.40.7.19:5432'];
const NAME = /^barge-(\d{3,})$/;

/** The `index`th service, from 1; they take turns in the clusters. */
export const armadaService = (index: number): ArmadaService => ({
  // True: the remainder is an index of the list.
  cluster: ARMADA_CLUSTERS[index % ARMADA_CLUSTERS.length] as string,
  name: `barge-${String(index).padStart(3, '0')}`,
  revision: REVISIONS.serving,
  deployment: String(7_000_000_000_000_000_000n + BigInt(index)),
});

export const armada = (count: number): readonly ArmadaService[] =>
  Array.from({ length: count }, (_, index) => armadaService(index + 1));

/** The same account with the armada in it, so that the AWS APIs know what the storms are about. */
export function withArmada(estate: Estate): Estate {
  const rollouts = createRollouts((service) => {
    const [cluster = '', name = ''] = service.split('/');
    const known = serviceCalled(cluster, name);
    return known && `ecs-svc/${known.deployment}`;
  });
  return {
    ...estate,
    taskDefinition: (reference) => describedFamily(reference) ?? estate.taskDefinition(reference),
    service: (cluster, name) => {
      const service = serviceCalled(cluster, name);
      return service ? describe(service, rollouts.of(`${cluster}/${name}`)) : estate.service(cluster, name);
    },
    logLines: (group, stream) => {
      const name = group.startsWith(LOG_GROUP) ? group.slice(LOG_GROUP.length) : '';
      return NAME.test(name) && stream.split('/')[1] === name ? LOGS : estate.logLines(group, stream);
    },
    learn: (event) => {
      rollouts.learn(event);
      estate.learn(event);
    },
  };
}

/** As `family` names it. */
const LOG_GROUP = '/ecs/harbor/';

const arn = (resource: string): string =>
  `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:${resource}`;

const familyOf = (name: string): Family =>
  family(name, { memory: 1024, tags: TAGS, containers: [{ name, port: 8080, logs: LOGS }] });

/** The image of the service's container, as the task definition names it. */
export function imageOf({ name }: ArmadaService, revision: number): string {
  const { containerDefinitions } = familyOf(name).describe(arn(`task-definition/${name}`), revision);
  // True: a described container always names its image.
  return (containerDefinitions[0] as { readonly image: string }).image;
}

/** The images in a service's repository, as `DescribeImages` answers them; `undefined` for what is no service's. */
export const armadaImages = (repository: string): readonly ImageDescription[] | undefined =>
  NAME.test(repository)
    ? [
        {
          registryId: COMPANY.account,
          repositoryName: repository,
          imageTags: [TAGS[REVISIONS.serving]],
          imagePushedAt: CREATED,
          imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        },
      ]
    : undefined;

function describedFamily(reference: string) {
  const [, name = '', revision = ''] = /(?:^|\/)([^/:]+):(\d+)$/.exec(reference) ?? [];
  return NAME.test(name) ? familyOf(name).describe(arn(`task-definition/${name}`), Number(revision)) : undefined;
}

function serviceCalled(cluster: string, name: string): ArmadaService | undefined {
  const index = Number(NAME.exec(name)?.[1] ?? 0);
  const service = armadaService(index);
  return index > 0 && service.cluster === cluster && service.name === name ? service : undefined;
}

/** Long ago, in epoch seconds: nothing about the armada depends on when it was made. */
const CREATED = Date.UTC(2026, 0, 5) / 1_000;

function describe(
  { cluster, name, revision, deployment }: ArmadaService,
  rollout: Rollout | undefined,
): ServiceDescription {
  const taskDefinition = arn(`task-definition/${name}:${revision}`);
  const counts = { desiredCount: 4, runningCount: 3, pendingCount: 1 };
  return {
    serviceName: name,
    serviceArn: arn(`service/${cluster}/${name}`),
    clusterArn: arn(`cluster/${cluster}`),
    status: 'ACTIVE',
    launchType: 'FARGATE',
    taskDefinition,
    ...counts,
    createdAt: CREATED,
    deployments: [
      ...(rollout ? [rolloutOf(rollout, arn(`task-definition/${name}:${REVISIONS.failing}`))] : []),
      {
        id: `ecs-svc/${deployment}`,
        status: rollout && !rollout.isRollingBack ? 'ACTIVE' : 'PRIMARY',
        taskDefinition,
        ...counts,
        failedTasks: 0,
        rolloutState: rollout?.isRollingBack ? 'IN_PROGRESS' : 'COMPLETED',
        rolloutStateReason: `ECS deployment ecs-svc/${deployment} completed.`,
        createdAt: CREATED,
      },
    ],
    events: [],
    tags: [{ key: 'team', value: 'armada' }],
    loadBalancers: [],
  };
}

const rolloutOf = ({ id, state, isRollingBack }: Rollout, taskDefinition: string): object => ({
  id,
  status: isRollingBack ? 'ACTIVE' : 'PRIMARY',
  taskDefinition,
  desiredCount: 4,
  runningCount: 0,
  pendingCount: 1,
  failedTasks: state === 'FAILED' ? 3 : 1,
  rolloutState: state,
  rolloutStateReason: `ECS deployment ${id} ${state === 'FAILED' ? 'failed' : 'in progress'}.`,
  createdAt: CREATED,
});
