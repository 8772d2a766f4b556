import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { KEPT_IN } from '../../sandbox/estate/company.ts';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { known } from '../../shared/domain/facts.ts';
import { failedDeploymentOf } from '../../shared/domain/failed-deployment.ts';
import type { DeploymentChanged } from '../../shared/domain/signal.ts';
import { createActorReader } from '../../shared/effects/readers/actor-reader.ts';
import { createChangeReader } from '../../shared/effects/readers/change-reader.ts';
import { createEcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { eventIn } from '../support/event-files.ts';

let aws: AwsServer;
let clients: { readonly ecs: ECSClient; readonly trail: CloudTrailClient };

beforeAll(async () => {
  aws = await startAws(createEstate(), new Map());
  const config = {
    endpoint: aws.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  };
  clients = { ecs: new ECSClient(config), trail: new CloudTrailClient(config) };
});
afterAll(() => aws[Symbol.asyncDispose]());

async function failedDeployment() {
  const parsed = parseEvent(eventIn('ecs/deployment-failed-circuit-breaker.json'));
  // True for this file.
  const signal = (parsed as { readonly signal: DeploymentChanged }).signal;
  const service = await createEcsReader({ clientsAt: () => clients, redact: String }).describeService(signal.service);
  return failedDeploymentOf(signal, known(service));
}

describe('the deployment of checkout that failed', () => {
  it('changed the image, a variable and the memory, and no value is told', async () => {
    const change = known(
      await createChangeReader({ clientsAt: () => clients, redact: String })(await failedDeployment()),
    );
    expect(change).toEqual({
      from: 'checkout:57',
      to: 'checkout:58',
      differences: [
        'checkout image 2.30.2 -> 2.31.0',
        'checkout environment: PAYMENT_FALLBACK_KEY added, LOG_LEVEL changed',
        'checkout memory reservation 768 -> 384 MiB',
      ],
      circuitBreaker: { failures: 3, threshold: 3 },
    });
    for (const secret of KEPT_IN) expect(JSON.stringify(change)).not.toContain(secret);
  });

  it('was started by the pipeline, not by the autoscaling after it', async () => {
    const actor = await createActorReader({ clientsAt: () => ({ cloudTrail: async () => clients.trail }) })(
      await failedDeployment(),
    );
    expect(known(actor)).toMatchObject({ who: 'harbor-deploy (session ci-4711)', did: 'UpdateService' });
  });
});
