import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/ecs-events/handler.ts';
import { found, type ServiceFacts } from '../../shared/domain/facts.ts';
import type { FailedDeployment } from '../../shared/domain/failed-deployment.ts';
import { eventIn } from '../support/event-files.ts';
import { aPipeline } from '../support/pipeline.ts';
import { aDeployment } from '../support/revisions.ts';

const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout';
const FAILED = eventIn('ecs/deployment-failed-circuit-breaker.json');
const ROLLBACK = eventIn('ecs/deployment-rollback-started.json');

const failed = aDeployment({
  id: 'ecs-svc/5551904723361187020',
  status: 'ACTIVE',
  rolloutState: 'FAILED',
  taskDefinitionArn: `${ARN}:58`,
});
const serving = aDeployment({ id: 'ecs-svc/4108867725190034417' });
const service: ServiceFacts = {
  status: 'ACTIVE',
  desired: 6,
  running: 6,
  pending: 0,
  deployments: [failed, serving],
  events: [],
  tags: {},
  subnets: [],
  targetGroupArns: [],
};

async function deliver(...events: readonly unknown[]) {
  const pipeline = aPipeline({ service: found(service) });
  const asked: { readonly of: 'change' | 'actor'; readonly about: FailedDeployment }[] = [];
  const handler = createHandler({
    ...pipeline.deps,
    change: async (about) => {
      asked.push({ of: 'change', about });
      return found({ from: 'checkout:57', to: 'checkout:58', differences: ['checkout image 1 -> 2'] });
    },
    actor: async (about) => {
      asked.push({ of: 'actor', about });
      return found({ who: 'deploy-bot', did: 'UpdateService', at: about.at });
    },
  });
  const Records = events.map((event, index) => ({ messageId: `m${index}`, body: JSON.stringify(event) }));
  await handler({ Records }, pipeline.context);
  return { ...pipeline, asked };
}

describe('a deployment that fails', () => {
  it('is told with what it changed, who started it and what serves now', async () => {
    const { told } = await deliver(FAILED);
    expect(told).toMatchObject([
      {
        record: {
          details: {
            taskDefinition: 'checkout:58',
            servingTaskDefinition: 'checkout:57',
            change: { differences: ['checkout image 1 -> 2'] },
            actor: 'deploy-bot, by UpdateService',
          },
        },
      },
    ]);
  });

  it.each([
    ['its failure', [FAILED]],
    ['its failure and the rollback together', [FAILED, ROLLBACK]],
    ['the rollback first', [ROLLBACK, FAILED]],
    ['the rollback alone', [ROLLBACK]],
  ])('is asked about once by %s, with the failed deployment and the one that serves', async (_, events) => {
    const { asked } = await deliver(...events);
    expect(asked.map(({ of }) => of)).toEqual(['change', 'actor']);
    for (const { about } of asked) expect(about).toMatchObject({ failed, serving });
  });

  it('reads the definition of the revision that failed, to know its essential containers', async () => {
    const { reads } = await deliver(FAILED);
    expect(reads).toEqual(['service', 'stopped tasks', 'task definition']);
  });
});
