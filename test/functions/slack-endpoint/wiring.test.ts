import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LambdaHandler } from '../../../shared/runtime/entrypoint.ts';
import { type Loopback, type Respond, startLoopback } from '../../effects/loopback.ts';
import { aClick, aCommand, aForm, fromSlack, SECRET, signatureOf } from './from-slack.ts';

/** To the second, because index.ts has the real clock. */
const now = (): number => Math.floor(Date.now() / 1_000) * 1_000;

const TOKEN = 'xoxb-0000-of-the-sandbox';

const respond: Respond = (request, response) => {
  const target = String(request.headers['x-amz-target']);
  if (request.url?.endsWith('/invocations')) response.writeHead(202).end();
  else if (target.endsWith('.GetParameter')) response.end(JSON.stringify({ Parameter: { Value: SECRET } }));
  else if (target.endsWith('.GetSecretValue')) response.end(JSON.stringify({ SecretString: TOKEN }));
  else if (request.url?.startsWith('/api/')) response.end('{"ok":true,"view":{"id":"V0OPENED"}}');
  else response.end('{}');
};

let world: Loopback;
let handler: LambdaHandler<unknown, { readonly statusCode: number }>;
const lines: string[] = [];

beforeAll(async () => {
  world = await startLoopback(respond);
  for (const [name, value] of Object.entries({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'key-of-the-role',
    AWS_SESSION_TOKEN: '',
    AWS_ENDPOINT_URL: world.url,
    SLACK_API_URL: `${world.url}api/`,
    TABLE_NAME: 'records',
    WORKER_FUNCTION: 'worker',
    SLACK_SIGNING_SECRET_PARAMETER: '/slackwater/signing',
    SLACK_CREDENTIAL_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack',
  })) {
    vi.stubEnv(name, value);
  }
  ({ handler } = await import('../../../functions/slack-endpoint/index.ts'));
});
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((told) => lines.push(String(told)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((told) => lines.push(String(told)) > 0);
});
afterAll(() => {
  vi.unstubAllEnvs();
  world.close();
});

// True for what the handler reads of it.
const context = { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' } as Context;

describe('the function as it is wired', () => {
  it('verifies, remembers, opens a modal and hands over, each with a call of its own', async () => {
    const body = aForm(aClick({ action_id: 'modal:run-now' }));
    expect(await handler(fromSlack(body, { at: now() }), context)).toMatchObject({ statusCode: 200 });
    expect(world.received.map(({ path, headers }) => String(headers['x-amz-target'] ?? path))).toEqual([
      'AmazonSSM.GetParameter',
      'DynamoDB_20120810.PutItem',
      'secretsmanager.GetSecretValue',
      '/api/views.open',
      '/2015-03-31/functions/worker/invocations',
    ]);
    expect(world.received.at(-1)).toMatchObject({
      headers: { 'x-amz-invocation-type': 'Event' },
      body: { kind: 'click', actionId: 'modal:run-now', viewId: 'V0OPENED' },
    });
  });

  it('refuses a forgery without another call', async () => {
    const before = world.received.length;
    const event = fromSlack(aCommand(), { at: now(), secret: 'another-secret' });
    expect(await handler(event, context)).toMatchObject({ statusCode: 401 });
    expect(world.received).toHaveLength(before);
  });

  it('says in its log what it decided, and nothing of secrets, signatures or what people wrote', async () => {
    const at = now();
    const body = aCommand({ text: 'status the-unmistakable-service' });
    await handler(fromSlack(body, { at }), context);
    const log = lines.join('\n');
    expect(log).toContain('"decision":"handed"');
    expect(log).toContain('"decision":"refused","reason":"forged"');
    expect(log).toContain('ChatRequestsHanded');
    for (const secret of [
      SECRET,
      TOKEN,
      'key-of-the-role',
      signatureOf(body, at, SECRET),
      'unmistakable',
      'hooks.slack',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
