import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { answer, answerJson, type Listening, readBody, serve } from '../../sandbox/loopback.ts';
import { anEndpoint } from '../functions/slack-endpoint/endpoint.ts';
import { NOON } from '../functions/slack-endpoint/from-slack.ts';
import { objectsIn, run } from './command.ts';
import { mockAws } from './installation-aws.ts';
import { aHealthyState, type State, TOKEN } from './installation-state.ts';

/**
 * A stack `tides` on mocked AWS clients, with a Slack and the real endpoint's handler on loopback. `doctor` looks at it and
 * answers the findings.
 */
export function anInstallation() {
  const mocks = mockAws();
  let slack: Listening;
  let endpoint: Listening;
  let state: State;
  const asked: string[] = [];
  beforeAll(async () => {
    slack = await serve((request, response) => void answerSlack(request, response));
    endpoint = await serve((request, response) => void answerEndpoint(request, response));
  });
  beforeEach(() => {
    state = aHealthyState(`${endpoint.url}/`);
    asked.length = 0;
    mocks.follow(state);
  });
  afterAll(async () => {
    await slack[Symbol.asyncDispose]();
    await endpoint[Symbol.asyncDispose]();
  });

  async function answerSlack(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const method = request.url?.split('/').at(-1) ?? '';
    asked.push([method, body].filter((part) => part !== '').join(' '));
    const { scopes, answers } = state.slack;
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
    const known = isKnown
      ? (answers[method] ?? { ok: false, error: 'unknown_method' })
      : { ok: false, error: 'invalid_auth' };
    answerJson(response, 200, known, scopes === undefined ? {} : { 'x-oauth-scopes': scopes });
  }

  /** As a Function URL calls its function. */
  async function answerEndpoint(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (state.endpoint !== undefined) return state.endpoint(response);
    const {
      statusCode,
      headers,
      body: text,
    } = await anEndpoint().send({
      requestContext: { http: { method: request.method } },
      rawQueryString: '',
      headers: request.headers,
      body,
      isBase64Encoded: false,
    });
    answer(response, statusCode, text, headers);
  }

  const slackwater = (args: readonly string[], given: Parameters<typeof run>[1] = {}) =>
    run(['doctor', ...args], {
      environment: {
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        AWS_REGION: 'eu-west-1',
        SLACK_API_URL: `${slack.url}/api/`,
      },
      clock: () => NOON,
      ...given,
    });

  return {
    state: () => state,
    /** What Slack was asked, in order. */
    asked: (): readonly string[] => asked,
    slackwater,
    doctor: async (...args: readonly string[]) => {
      const { out, err, code } = await slackwater(['--stack', 'tides', '--json', ...args]);
      return { findings: objectsIn(out), err, code, out };
    },
  };
}
