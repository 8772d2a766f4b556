import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { anEndpoint } from './endpoint.ts';
import {
  APP,
  aClick,
  aCommand,
  aForm,
  aHomeOpened,
  fromSlack,
  NOON,
  type Sent,
  signatureOf,
  TEAM,
} from './from-slack.ts';

const BODY = aCommand({ text: 'approve Größe 🚢' });
const SIGNATURE = signatureOf(BODY, NOON, 'another-secret-of-somebody');

interface Forgery {
  readonly sentence: string;
  readonly verdict: string;
  readonly status: number;
  readonly sent?: Sent;
  readonly body?: string;
}

const FORGERIES: readonly Forgery[] = [
  {
    sentence: 'without a signature',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': undefined } },
  },
  {
    sentence: 'without a timestamp',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-request-timestamp': undefined } },
  },
  {
    sentence: 'without any of its headers',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': undefined, 'x-slack-request-timestamp': undefined } },
  },
  {
    sentence: 'signed with another secret',
    verdict: 'refused: forged',
    status: 401,
    sent: { secret: 'another-secret-of-somebody' },
  },
  {
    sentence: 'with the signature of another version',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': SIGNATURE.replace('v0', 'v1') } },
  },
  {
    sentence: 'with a signature that is cut off',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': signatureOf(BODY, NOON, 'x').slice(0, -2) } },
  },
  {
    sentence: 'with an empty signature',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': 'v0=' } },
  },
  {
    sentence: 'that was recorded more than five minutes ago',
    verdict: 'refused: stale',
    status: 401,
    sent: { at: NOON - minutes(5) - seconds(1) },
  },
  {
    sentence: 'from more than five minutes ahead',
    verdict: 'refused: stale',
    status: 401,
    sent: { at: NOON + minutes(5) + seconds(1) },
  },
  {
    sentence: 'an old one with a new timestamp',
    verdict: 'refused: forged',
    status: 401,
    sent: { at: NOON - minutes(30), headers: { 'x-slack-request-timestamp': String(NOON / 1_000) } },
  },
  {
    sentence: 'with one byte of the body altered',
    verdict: 'refused: forged',
    status: 401,
    sent: { arrives: BODY.replace('approve', 'bpprove') },
  },
  {
    sentence: 'with one byte added to the body',
    verdict: 'refused: forged',
    status: 401,
    sent: { arrives: `${BODY}&` },
  },
  { sentence: 'without its body', verdict: 'refused: forged', status: 401, sent: { arrives: '' } },
  {
    sentence: 'with one byte of a base64 body altered',
    verdict: 'refused: forged',
    status: 401,
    sent: { isBase64: true, arrives: BODY.replace('approve', 'bpprove') },
  },
  ...[
    'noon',
    '',
    '-1795435200',
    '+1795435200',
    '1795435200.0',
    '1e9',
    ' 1795435200',
    '0x6b03c5c0',
    '9'.repeat(400),
  ].map((timestamp) => ({
    sentence: `with the timestamp ${JSON.stringify(timestamp.slice(0, 20))}`,
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-request-timestamp': timestamp } },
  })),
  {
    sentence: 'with a timestamp beyond every calendar',
    verdict: 'refused: stale',
    status: 401,
    sent: { headers: { 'x-slack-request-timestamp': '999999999999' } },
  },
  {
    sentence: 'with its signature sent twice',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-signature': `${SIGNATURE},${SIGNATURE}` } },
  },
  {
    sentence: 'with its timestamp sent twice',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'x-slack-request-timestamp': `${NOON / 1_000},${NOON / 1_000}` } },
  },
  {
    sentence: 'with its signature in two spellings of the header',
    verdict: 'refused: unsigned',
    status: 401,
    sent: { headers: { 'X-Slack-Signature': SIGNATURE } },
  },
  { sentence: 'by GET', verdict: 'refused: method', status: 405, sent: { method: 'GET' } },
  { sentence: 'of more than 64 KB', verdict: 'refused: too-large', status: 413, body: `command=${'x'.repeat(65_536)}` },
  {
    sentence: 'of more than 64 KB in base64',
    verdict: 'refused: too-large',
    status: 413,
    body: `command=${'x'.repeat(65_536)}`,
    sent: { isBase64: true },
  },
  {
    sentence: 'of more than 64 KB in few characters',
    verdict: 'refused: too-large',
    status: 413,
    body: `command=${'🚢'.repeat(16_384)}`,
  },
];

describe('a request that Slack did not make', () => {
  it.each(FORGERIES)('$sentence is refused', async ({ verdict, status, sent, body = BODY }) => {
    const { send, verdict: given, calls, views } = anEndpoint();
    const answer = await send(fromSlack(body, sent));
    expect({ verdict: given(), status: answer.statusCode }).toEqual({ verdict, status });
    // The secret is read, at the most: nothing is written, opened or handed over.
    expect(calls.map(({ action }) => action).filter((action) => action !== 'ssm:GetParameter')).toEqual([]);
    expect(views).toEqual([]);
  });

  it('is told no more than that, whatever is wrong with its signature', async () => {
    const { send } = anEndpoint();
    const wrong = FORGERIES.filter(({ status }) => status === 401);
    const answers = await Promise.all(wrong.map(({ sent, body = BODY }) => send(fromSlack(body, sent))));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  it('costs no look at the secret when its headers already tell', async () => {
    const { send, calls } = anEndpoint();
    await send(fromSlack(BODY, { headers: { 'x-slack-signature': undefined } }));
    await send(fromSlack(BODY, { at: NOON - minutes(6) }));
    expect(calls).toEqual([]);
  });

  it.each([{}, null, 'x', 7, { headers: {} }, { headers: { a: 1 }, requestContext: { http: { method: 'POST' } } }])(
    'is refused when it is not even an HTTP request: %j',
    async (event) => {
      const { send, verdict, calls } = anEndpoint();
      expect(await send(event)).toMatchObject({ statusCode: 400 });
      expect(verdict()).toBe('refused: not-http');
      expect(calls).toEqual([]);
    },
  );
});

describe('a request that Slack made for somebody else', () => {
  const senders = { appId: APP, teams: [TEAM, 'E0OCEAN'] };

  it.each([
    ['a command of another app', aCommand({ api_app_id: 'A0OTHER' }), 'wrong-app'],
    ['a click in another app', aForm(aClick({}, { api_app_id: 'A0OTHER' })), 'wrong-app'],
    ['a click that names no app', aForm(aClick({}, { api_app_id: undefined })), 'wrong-app'],
    ['an event of another app', JSON.stringify(aHomeOpened({}, { api_app_id: 'A0OTHER' })), 'wrong-app'],
    ['a command in another workspace', aCommand({ team_id: 'T0OTHER' }), 'wrong-team'],
    ['a click in another workspace', aForm(aClick({}, { team: { id: 'T0OTHER' } })), 'wrong-team'],
    [
      'a click in a workspace of another organisation',
      aForm(aClick({}, { team: { id: 'T0OTHER' }, enterprise: { id: 'E0OTHER' } })),
      'wrong-team',
    ],
    ['an event of another workspace', JSON.stringify(aHomeOpened({}, { team_id: 'T0OTHER' })), 'wrong-team'],
  ])('%s is refused', async (_, body, reason) => {
    const { send, verdict, called } = anEndpoint({ senders });
    expect(await send(fromSlack(body))).toMatchObject({ statusCode: 403 });
    expect(verdict()).toBe(`refused: ${reason}`);
    expect([called('dynamodb:PutItem'), called('lambda:InvokeFunction')]).toEqual([[], []]);
  });

  it.each([
    ['the workspace', { team_id: TEAM }],
    ['any workspace of the organisation', { team_id: 'T0OTHER', enterprise_id: 'E0OCEAN' }],
  ])('but one from %s is taken', async (_, fields) => {
    const { send, verdict } = anEndpoint({ senders });
    await send(fromSlack(aCommand(fields)));
    expect(verdict()).toBe('handed: asked');
  });
});

describe('a genuine request whose body cannot be read', () => {
  it.each([
    ['JSON that is cut off', '{"type":"event_callback"', 'body is not as expected: a JSON object'],
    ['an event without a type', '{}', 'type is not as expected: a text'],
    ['a form with nothing of Slack in it', 'a=b', 'body is not as expected: a command, an interaction or an event'],
    ['no body', '', 'body is not as expected: a command, an interaction or an event'],
    ['broken percent signs', '%E0%A4%A&%%%=%', 'body is not as expected: a command, an interaction or an event'],
    ['a payload that is not JSON', 'payload=%7B', 'body is not as expected: a JSON object'],
    ['a payload that is a list', 'payload=%5B%5D', 'type is not as expected: a text'],
    ['a click on nothing', aForm(aClick({}, { actions: [] })), 'actions is not as expected: an action'],
    ['a click of nobody', aForm(aClick({}, { user: null })), 'user is not as expected: a JSON object'],
    ['a command without a user', aCommand({ user_id: '' }), 'user_id is not as expected: a text'],
    [
      'a submission without a state',
      aForm({ ...aClick(), type: 'view_submission', view: { id: 'V', callback_id: 'x' } }),
      'view.state is not as expected: a JSON object',
    ],
    ['a challenge without one', '{"type":"url_verification"}', 'challenge is not as expected: a text'],
  ])('%s is refused with a plain sentence', async (_, body, because) => {
    const { send, outcomes, called } = anEndpoint();
    expect(await send(fromSlack(body))).toMatchObject({
      statusCode: 400,
      body: `Slackwater cannot read this: ${because}.`,
    });
    expect(outcomes).toMatchObject([{ decision: 'refused', reason: 'malformed', because }]);
    expect([called('dynamodb:PutItem'), called('lambda:InvokeFunction')]).toEqual([[], []]);
  });
});

describe('a request that is sent again', () => {
  it('is acted on once, whoever sends it', async () => {
    const { send, verdict, handed } = anEndpoint();
    const event = fromSlack(BODY);
    await send(event);
    expect(await send(event)).toEqual({ statusCode: 200, body: '' });
    expect(verdict()).toBe('ignored: repeated');
    expect(handed()).toHaveLength(1);
  });

  it('is acted on once when Slack repeats an event under a new signature', async () => {
    const { send, at, handed } = anEndpoint();
    const body = JSON.stringify(aHomeOpened());
    await send(fromSlack(body));
    at(NOON + minutes(1));
    await send(fromSlack(body, { at: NOON + minutes(1), headers: { 'x-slack-retry-num': '1' } }));
    expect(handed()).toHaveLength(1);
  });

  it('is remembered until no signature of it can be good any more', async () => {
    const { send, called } = anEndpoint();
    await send(fromSlack(BODY, { at: NOON + minutes(5) }));
    const [put] = called('dynamodb:PutItem');
    expect(put).toMatchObject({
      Item: { pk: { S: 'chat#replay' }, expiresAt: { N: String((NOON + minutes(10)) / 1_000) } },
    });
  });
});
