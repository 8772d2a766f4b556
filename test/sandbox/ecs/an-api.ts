import { afterEach } from 'vitest';
import { type AwsServer, startAws } from '../../../sandbox/aws/server.ts';
import type { ServiceSpec } from '../../../sandbox/ecs/service-spec.ts';
import { createEstate } from '../../../sandbox/estate/estate.ts';
import { aHarbour } from './a-harbour.ts';

const running: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((aws) => aws[Symbol.asyncDispose]()));
});

/** A harbour behind the AWS APIs on loopback, and what a client of the SDK needs to call them. */
export async function anApi(spec: Partial<ServiceSpec> = {}) {
  const pier = aHarbour(spec);
  const aws = await startAws(createEstate(), new Map(), pier.harbour);
  running.push(aws);
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  return { ...pier, aws, config: { region: 'eu-west-1', endpoint: aws.url, credentials, maxAttempts: 1 } };
}
