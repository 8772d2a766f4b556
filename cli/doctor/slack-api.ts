import { present } from '../../shared/domain/present.ts';
import { parseJson } from '../../shared/parse/json.ts';
import { post } from './http.ts';

/** What a method of Slack's Web API answered. */
export type SlackReply =
  | {
      readonly status: 'ok';
      readonly body: Readonly<Record<string, unknown>>;
      /** Of the token; absent where Slack does not say. */
      readonly scopes?: readonly string[];
    }
  /** By Slack's own code: `missing_scope`. */
  | { readonly status: 'refused'; readonly error: string }
  | { readonly status: 'unanswered' };

export type SlackApi = (method: string, fields: Readonly<Record<string, string>>) => Promise<SlackReply>;

const SLACK_API_URL = 'https://slack.com/api/';

/** Reads only. Fields go as a form, because methods that read take no JSON. https://docs.slack.dev/apis/web-api/ */
export function createSlackApi(token: string, apiUrl = SLACK_API_URL): SlackApi {
  const base = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`;
  return async (method, fields) => {
    const reply = await post({
      url: new URL(method, base),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    if (reply.status === 'unanswered') return reply;
    if (reply.code === 429) return { status: 'refused', error: 'ratelimited' };
    const body = objectIn(reply.text);
    // A proxy's page, most likely.
    if (body === undefined) return { status: 'unanswered' };
    if (body['ok'] === true) return present({ status: 'ok', body, scopes: scopesIn(reply.headers) });
    return { status: 'refused', error: codeIn(body['error']) };
  };
}

/** Only what looks like one of Slack's codes is repeated: an echo of the token is not. */
const codeIn = (error: unknown): string =>
  typeof error === 'string' && /^[a-z_]{3,60}$/.test(error) ? error : 'unknown_error';

const scopesIn = (headers: Headers): readonly string[] | undefined =>
  headers
    .get('x-oauth-scopes')
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => /^[\w:.-]{1,60}$/.test(scope));

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(text);
  // True for every object that JSON has.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
