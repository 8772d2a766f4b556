import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/domain/instant.ts';
import { anEndpoint, failing } from './endpoint.ts';
import { aClick, aCommand, aForm, aHomeOpened, aSubmission, fromSlack, NOON } from './from-slack.ts';

const BODIES = {
  command: aCommand(),
  click: aForm(aClick()),
  submission: aForm(aSubmission()),
  'home-opened': JSON.stringify(aHomeOpened()),
};

/** How Slack is told, so that the person sees it: a text, another view, or a status for its own warning. */
const SHOWN: Readonly<Record<keyof typeof BODIES, (sentence: unknown) => object>> = {
  command: (text) => ({ statusCode: 200, body: { response_type: 'ephemeral', text } }),
  submission: (text) => ({
    statusCode: 200,
    body: { response_action: 'update', view: { type: 'modal', blocks: [{ text: { type: 'plain_text', text } }] } },
  }),
  click: (body) => ({ statusCode: 500, body }),
  'home-opened': (body) => ({ statusCode: 500, body }),
};

// The cast is true: these are its keys.
const KINDS = Object.keys(BODIES) as readonly (keyof typeof BODIES)[];

const readable = ({ statusCode, body }: { readonly statusCode: number; readonly body: string }) => ({
  statusCode,
  body: body.startsWith('{') ? (JSON.parse(body) as unknown) : body,
});

const NOTHING_HAPPENED: unknown = expect.stringContaining('nothing happened');

describe('who asked is told that nothing happened', () => {
  it.each(
    ['AccessDeniedException', 'ThrottlingException', 'TimeoutError', 'ConnectionError', 'Http500'].flatMap((name) =>
      KINDS.map((kind) => ({ name, kind })),
    ),
  )('when the table answers $name to a $kind', async ({ name, kind }) => {
    const isDoubtful = /Error|500/.test(name);
    const { send, verdict, handed } = anEndpoint({ aws: { 'dynamodb:PutItem': failing(name, isDoubtful) } });
    expect(readable(await send(fromSlack(BODIES[kind])))).toMatchObject(SHOWN[kind](NOTHING_HAPPENED));
    expect(verdict()).toBe('failed: store-failed');
    expect(handed()).toEqual([]);
  });

  it.each(
    ['AccessDeniedException', 'TooManyRequestsException', 'ResourceNotFoundException'].flatMap((name) =>
      KINDS.map((kind) => ({ name, kind })),
    ),
  )('when Lambda answers $name for a $kind', async ({ name, kind }) => {
    const { send, outcomes } = anEndpoint({ aws: { 'lambda:InvokeFunction': failing(name) } });
    expect(readable(await send(fromSlack(BODIES[kind])))).toMatchObject(SHOWN[kind](NOTHING_HAPPENED));
    expect(outcomes).toMatchObject([
      { decision: 'failed', reason: 'worker-not-reached', kind, because: `the worker was not reached (${name})` },
    ]);
  });
});

it.each(KINDS)('who asked by a %s is told to look first when Lambda may have it', async (kind) => {
  const { send } = anEndpoint({ aws: { 'lambda:InvokeFunction': failing('TimeoutError', true) } });
  expect(readable(await send(fromSlack(BODIES[kind])))).toMatchObject(
    SHOWN[kind](expect.stringContaining('before you try again')),
  );
});

describe('without the secret nobody is believed', () => {
  it.each(['AccessDeniedException', 'ThrottlingException', 'TimeoutError', 'ParameterNotFound'])(
    'and Slack is told to show a failure: %s',
    async (name) => {
      const { send, outcomes, called } = anEndpoint({ aws: { 'ssm:GetParameter': failing(name) } });
      expect(await send(fromSlack(aCommand()))).toMatchObject({ statusCode: 503 });
      expect(outcomes).toMatchObject([
        { reason: 'secret-unreadable', because: `the parameter /tides/signing could not be read (${name})` },
      ]);
      expect(called('dynamodb:PutItem')).toEqual([]);
    },
  );

  it.each([
    ['', 'no text'],
    ['short', 'too short'],
    ['[]', 'none'],
    ['["a-good-secret", 7]', 'no text in a list'],
  ])('nor with %j in its place', async (stored) => {
    const { send, verdict } = anEndpoint({ stored: [stored] });
    expect(await send(fromSlack(aCommand(), { secret: stored || 'x' }))).toMatchObject({ statusCode: 503 });
    expect(verdict()).toBe('failed: secret-unreadable');
  });

  it('and it is not looked for again within ten seconds', async () => {
    const { send, at, called } = anEndpoint({ aws: { 'ssm:GetParameter': failing('AccessDeniedException') } });
    for (let second = 0; second <= 20; second += 1) {
      at(NOON + seconds(second));
      await send(fromSlack(aCommand()));
    }
    expect(called('ssm:GetParameter')).toHaveLength(3);
  });
});
