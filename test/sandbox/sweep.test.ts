import { ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsServer, startAws } from '../../sandbox/aws/server.ts';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { MIDNIGHT } from '../../sandbox/estate/services.ts';
import { inspect } from '../../shared/domain/watchdog.ts';
import { listPastDurations } from '../../shared/effects/readers/past-durations.ts';
import { createServiceSweep } from '../../shared/effects/sweep/service-sweep.ts';

const NOON = (MIDNIGHT + 12 * 3_600) * 1_000;

let aws: AwsServer;
let ecs: ECSClient;
beforeAll(async () => {
  aws = await startAws(createEstate(), new Map());
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  ecs = new ECSClient({ region: 'eu-west-1', endpoint: aws.url, credentials });
});
afterAll(async () => {
  ecs.destroy();
  await aws[Symbol.asyncDispose]();
});

it('a sweep of the sandbox sees all its services, and none in trouble that events do not tell of', async () => {
  const { services, ...rest } = await createServiceSweep({ client: ecs }).next(undefined, NOON);
  expect(rest).toEqual({ cursor: undefined });
  expect(services.map(({ at }) => `${at.cluster}/${at.service}`)).toEqual([
    'harbor-prod/checkout',
    'harbor-prod/ledger',
    'harbor-prod/web',
    'harbor-prod/report-worker',
    'harbor-prod/thumbnailer',
    'harbor-edge/edge-proxy',
  ]);
  expect(inspect(services, {}, NOON)).toEqual({ findings: [], healthy: [], memory: {} });
});

it('the successful deployments of a service took as long as ECS tells', async () => {
  const checkout = {
    partition: 'aws',
    region: 'eu-west-1',
    account: '111122223333',
    cluster: 'harbor-prod',
    service: 'checkout',
  };
  expect(await listPastDurations(ecs, checkout, new AbortController().signal)).toEqual([240_000]);
});
