import { describe, expect, it } from 'vitest';
import { openFunctionUrl } from '../../../sandbox/chat/function-url.ts';
import { failed, type InvokeOutcome } from '../../../sandbox/lambda/outcome.ts';

/** One request to a function that notes its event down and answers with `outcome`. */
async function knock(request: RequestInit & { readonly path?: string }, outcome: InvokeOutcome = returned('')) {
  const events: unknown[] = [];
  const { path = '/', ...init } = request;
  await using door = await openFunctionUrl(
    async (event) => {
      events.push(event);
      return outcome;
    },
    () => 1_795_000_000_000,
  );
  const response = await fetch(`${door.url}${path}`, init);
  return { events, status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

const returned = (payload: unknown): InvokeOutcome => ({ status: 'returned', payload });

describe('a request to a function by its URL', () => {
  it('is an event of payload format 2.0, with a form in base64 and headers in lower case', async () => {
    const { events } = await knock({
      method: 'POST',
      path: '/slack?a=1&b=2',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Slack-Signature': 'v0=1' },
      body: 'text=%C3%A9é',
    });
    expect(events).toMatchObject([
      {
        version: '2.0',
        rawPath: '/slack',
        rawQueryString: 'a=1&b=2',
        headers: { 'x-slack-signature': 'v0=1' },
        requestContext: { http: { method: 'POST', path: '/slack' }, timeEpoch: 1_795_000_000_000 },
        body: Buffer.from('text=%C3%A9é').toString('base64'),
        isBase64Encoded: true,
      },
    ]);
  });

  it('has JSON as it was sent', async () => {
    const body = '{"a":"é"}';
    const { events } = await knock({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(events).toMatchObject([{ body, isBase64Encoded: false }]);
  });

  it('has no body where there was none', async () => {
    const { events } = await knock({});
    expect(events[0]).not.toHaveProperty('body');
  });
});

describe('the answer over HTTP', () => {
  it.each([
    [
      'what the function says',
      returned({ statusCode: 401, headers: { 'content-type': 'text/plain' }, body: 'no' }),
      [401, 'text/plain', 'no'],
    ],
    ['JSON of whatever else it returns', returned({ a: 1 }), [200, 'application/json', '{"a":1}']],
    [
      'a bad gateway when it fails, without its error',
      failed('thrown', 'TypeError', 'a secret'),
      [502, null, 'Internal Server Error'],
    ],
  ] as const)('is %s', async (_, outcome, expected) => {
    const { status, type, body } = await knock({}, outcome);
    expect([status, type, body]).toEqual(expected);
  });
});
