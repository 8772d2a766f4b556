import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientSettings } from '../../../shared/effects/clients.ts';
import { createActionClients } from '../../../shared/effects/plan-steps/action-clients.ts';
import { createReadClients } from '../../../shared/effects/read-clients.ts';

const LAMBDA = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_SESSION_TOKEN: 'token' };

let close = (): void => undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  close();
});

/** An AWS on loopback that answers so; counts what is asked of it, and over how many connections. */
async function anAws(answer: RequestListener) {
  const asked: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target']).replace(/^.*\./, ''));
    answer(request, response);
  }).on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  // True because the server listens on a port.
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { asked, connections: () => connections };
}

const force = new UpdateServiceCommand({ cluster: 'harbor-prod', service: 'checkout', forceNewDeployment: true });
const create = new CreateDeploymentCommand({ applicationName: 'harbor', deploymentGroupName: 'checkout' });

const ANSWERS: readonly (readonly [string, RequestListener])[] = [
  ['breaks the connection', (request) => void request.socket.destroy()],
  ['answers 500', (_request, response) => void response.writeHead(500).end('{"__type":"ServerException"}')],
  ['answers 503', (_request, response) => void response.writeHead(503).end()],
  ['throttles', (_request, response) => void response.writeHead(400).end('{"__type":"ThrottlingException"}')],
];

describe('the clients that change something', () => {
  it.each(ANSWERS)('ask once and no more when AWS %s', async (_what, answer) => {
    const { asked } = await anAws(answer);
    const { ecs, codeDeploy } = createActionClients(clientSettings('eu-west-1', LAMBDA));
    await expect(ecs.send(force)).rejects.toBeInstanceOf(Error);
    await expect((await codeDeploy()).send(create)).rejects.toBeInstanceOf(Error);
    expect(asked).toEqual(['UpdateService', 'CreateDeployment']);
  });

  it('are needed for that: the other clients ask again', async () => {
    const { asked } = await anAws((request) => void request.socket.destroy());
    await expect(createReadClients(clientSettings('eu-west-1', LAMBDA)).ecs.send(force)).rejects.toBeInstanceOf(Error);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('open a connection for each call, because one that was kept may have died in between', async () => {
    const { connections } = await anAws((_request, response) => void response.writeHead(200).end('{}'));
    const { ecs } = createActionClients(clientSettings('eu-west-1', LAMBDA));
    await ecs.send(force);
    await ecs.send(force);
    expect(connections()).toBe(2);
  });

  it('are made once, for the Region and with the keys of the environment', async () => {
    const { ecs, codeDeploy } = createActionClients(
      clientSettings('eu-west-1', { ...LAMBDA, AWS_USE_FIPS_ENDPOINT: 'true' }),
    );
    expect(await ecs.config.region()).toBe('eu-west-1');
    expect(await ecs.config.useFipsEndpoint()).toBe(true);
    expect(await ecs.config.credentials()).toMatchObject({ accessKeyId: 'AKIAEXAMPLE' });
    expect(await codeDeploy()).toBe(await codeDeploy());
  });
});
