import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Now } from '../clock.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { InvokeOutcome } from '../lambda/outcome.ts';
import { answer, type Listening, readBytes, serve } from '../loopback.ts';

/**
 * The door to a function: each request is an event of payload format 2.0, as a Function URL and an HTTP API make it.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export const openFunctionUrl = (invoke: (event: unknown) => Promise<InvokeOutcome>, now: Now): Promise<Listening> =>
  serve((request, response) => {
    void readBytes(request)
      .then((body) => invoke(eventOf(request, body, now())))
      .then((outcome) => answerWith(outcome, response))
      // Only when everything is being stopped.
      .catch(() => void response.destroy());
  });

function eventOf({ method = 'GET', url = '/', headers, httpVersion }: IncomingMessage, body: Buffer, at: number) {
  const { pathname, search } = new URL(url, 'http://function');
  const domainName = wordOf(headers.host);
  const isText = /^(text\/|application\/json)/.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    requestContext: {
      accountId: 'anonymous',
      domainName,
      http: {
        method,
        path: pathname,
        protocol: `HTTP/${httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      routeKey: '$default',
      stage: '$default',
      timeEpoch: at,
    },
    // A form counts as binary, so what Slack sends arrives in base64.
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** A function that fails is a bad gateway, and its error is for its log alone. */
function answerWith(outcome: InvokeOutcome, response: ServerResponse): void {
  if (outcome.status === 'failed') return answer(response, 502, 'Internal Server Error');
  const { payload } = outcome;
  if (!isObject(payload) || payload['statusCode'] === undefined) {
    return answer(response, 200, JSON.stringify(payload ?? null), { 'content-type': 'application/json' });
  }
  answer(response, Number(payload['statusCode']), wordOf(payload['body']), headersOf(payload['headers']));
}

const headersOf = (headers: unknown): Readonly<Record<string, string>> => (isObject(headers) ? textsOf(headers) : {});

const textsOf = (fields: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, wordOf(value)]));
