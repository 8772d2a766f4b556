import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListTasksCommand } from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientSettings, createTellingClients, type Environment } from '../../shared/effects/clients.ts';
import { createPlannedClients } from '../../shared/effects/planning-clients.ts';
import { createReadClients } from '../../shared/effects/read-clients.ts';

const LAMBDA = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_SESSION_TOKEN: 'token' };

const readClientsOf = (region: string, environment: Environment) =>
  createReadClients(clientSettings(region, environment));

afterEach(() => vi.unstubAllEnvs());

describe('the clients', () => {
  it('sign with the keys of the environment', async () => {
    const { ecs } = readClientsOf('eu-west-1', LAMBDA);
    expect(await ecs.config.credentials()).toMatchObject({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'example',
      sessionToken: 'token',
    });
  });

  it.each([
    ['there are none', {}],
    ['a profile is named', { ...LAMBDA, AWS_PROFILE: 'ops' }],
    ['only half of them are there', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }],
  ])("leave the credentials to the SDK's chain when %s", async (_why, environment) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIACHAIN');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'chain');
    vi.stubEnv('AWS_PROFILE', undefined);
    const { ecs } = readClientsOf('eu-west-1', environment);
    expect(await ecs.config.credentials()).toMatchObject({ accessKeyId: 'AKIACHAIN' });
  });

  it('are made for the Region they are asked for, once', async () => {
    const settings = clientSettings('eu-west-1', LAMBDA);
    const clients = { ...createTellingClients(settings), ...createPlannedClients(settings) };
    expect(await clients.ecs.config.region()).toBe('eu-west-1');
    const sns = await clients.snsFor('cn-north-1');
    expect(await sns.config.region()).toBe('cn-north-1');
    expect(await clients.snsFor('cn-north-1')).toBe(sns);
    const logs = await clients.logsFor('us-gov-west-1');
    expect(await logs.config.region()).toBe('us-gov-west-1');
    expect(await clients.logsFor('us-gov-west-1')).toBe(logs);
    const ecr = await clients.ecrFor('cn-north-1');
    expect(await ecr.config.region()).toBe('cn-north-1');
    expect(await clients.ecrFor('cn-north-1')).toBe(ecr);
    expect(await (await clients.loadBalancing()).config.region()).toBe('eu-west-1');
    expect(await clients.loadBalancing()).toBe(await clients.loadBalancing());
    expect(await (await clients.cloudWatch()).config.region()).toBe('eu-west-1');
    expect(await clients.cloudWatch()).toBe(await clients.cloudWatch());
    expect(await (await clients.ec2()).config.region()).toBe('eu-west-1');
    expect(await clients.ec2()).toBe(await clients.ec2());
    expect(await clients.cloudFormation()).toBe(await clients.cloudFormation());
    expect(await clients.codeDeploy()).toBe(await clients.codeDeploy());
    expect(await clients.serviceQuotas()).toBe(await clients.serviceQuotas());
    expect(await clients.ssm()).toBe(await clients.ssm());
    expect(await clients.secrets()).toBe(await clients.secrets());
  });

  it('use FIPS endpoints where the environment wants them', async () => {
    const { ecs } = readClientsOf('us-gov-west-1', { ...LAMBDA, AWS_USE_FIPS_ENDPOINT: 'true' });
    expect(await ecs.config.useFipsEndpoint()).toBe(true);
  });

  it('go where AWS_ENDPOINT_URL_ECS says', async () => {
    const targets: string[] = [];
    const server = createServer((request, response) => {
      targets.push(String(request.headers['x-amz-target']));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"taskArns":[]}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // True because the server listens on a port.
    vi.stubEnv('AWS_ENDPOINT_URL_ECS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { ecs } = readClientsOf('eu-west-1', LAMBDA);
    await ecs.send(new ListTasksCommand({}));
    ecs.destroy();
    server.close();
    expect(targets).toEqual(['AmazonEC2ContainerServiceV20141113.ListTasks']);
  });
});
