import type { Random } from '../../sandbox/random.ts';
import { type DeploymentFacts, found, missing, type ServiceFacts } from '../../shared/domain/facts.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import type { EcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import type { Execution } from './execution.ts';
import { type RolledBack, SERVICES } from './troubles.ts';

const SERVING = new Map(SERVICES.map(({ name, deployment }) => [name, `ecs-svc/${deployment}`]));

/** ECS as one execution sees it: it knows the deployments, and its answers may be missing. */
export function createEcsModel(
  deployments: readonly RolledBack[],
  execution: Pick<Execution, 'call'>,
  {
    random,
    now,
    isThrottled,
  }: { readonly random: Random; readonly now: () => Instant; readonly isThrottled: () => boolean },
): EcsReader {
  const ask = <Value>(what: string, read: () => Value) =>
    execution.call(what, () => {
      const isMissing = isThrottled() && random.happens(0.1);
      const answer = isMissing ? missing('throttled', `${what} was throttled`) : found(read());
      return { takes: 10 + random.below(40), give: () => answer };
    });
  return {
    describeService: (service) => ask('ecs:DescribeServices', () => serviceAt(service, deployments, now())),
    describeTaskDefinition: (arn) =>
      ask('ecs:DescribeTaskDefinition', () => {
        const [family = '', revision = ''] = (arn.split('/').at(-1) ?? '').split(':');
        const container = { name: family, image: `registry.example.com/${family}:${revision}`, isEssential: true };
        const nothingElse = { logOptions: {}, containerPorts: [], environmentNames: [], secrets: [] };
        return { family, revision: Number(revision), containers: [{ ...container, ...nothingElse }] };
      }),
    stoppedTasks: () => ask('ecs:ListTasks', () => []),
  };
}

function serviceAt({ service }: ServiceRef, deployments: readonly RolledBack[], now: Instant): ServiceFacts {
  const known = deployments.filter((one) => one.service.name === service && one.began <= now);
  const running = known.find(({ rolledBack }) => now < rolledBack);
  const counts = { desired: 4, running: 3, failedTasks: 0 };
  const isReturning = running !== undefined && now >= running.gaveUp;
  const serving: DeploymentFacts = {
    id: SERVING.get(service) ?? '',
    status: running === undefined || isReturning ? 'PRIMARY' : 'ACTIVE',
    rolloutState: isReturning ? 'IN_PROGRESS' : 'COMPLETED',
    ...counts,
  };
  const failing: readonly DeploymentFacts[] =
    running === undefined
      ? []
      : [
          {
            id: running.id,
            status: isReturning ? 'ACTIVE' : 'PRIMARY',
            rolloutState: isReturning ? 'FAILED' : 'IN_PROGRESS',
            createdAt: running.began,
            ...counts,
          },
        ];
  return {
    status: 'ACTIVE',
    desired: 4,
    running: 3,
    pending: 1,
    deployments: [...failing, serving],
    events: [],
    tags: {},
    subnets: [],
    targetGroupArns: [],
  };
}
