import aws4 from 'aws4';
import type { Instant } from '../../../shared/domain/instant.ts';
import { type Answer, postText } from '../../../shared/effects/slack/http-post.ts';
import { parseJson } from '../../../shared/parse/json.ts';
import type { TimeLeft } from '../time-left.ts';
import { type AwsAction, type Service, specOf } from './calls.ts';
import { errorName } from './error-name.ts';

export interface AwsCall {
  readonly body: unknown;
  /** Where the call goes, encoded; `/` when absent. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type AwsAnswer =
  | { readonly status: 'done'; readonly body: unknown }
  | {
      readonly status: 'failed';
      /** AWS's name of the error, `TimeoutError` or `ConnectionError`; never its message, which names callers. */
      readonly name: string;
      /** AWS may have done it all the same. */
      readonly isDoubtful: boolean;
    };

/** Makes one call in the time that is left. Whatever happens is an answer. */
export type AwsClient = (action: AwsAction, call: AwsCall, left: TimeLeft) => Promise<AwsAnswer>;

export interface AwsClientDeps {
  readonly region: string;
  /** An http(s) URL for each service. */
  readonly endpoints: Readonly<Record<Service, string>>;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly clock: () => Instant;
}

/**
 * AWS without its SDK, which would be ten times the rest of this function: four calls, each a signed POST of JSON.
 * A call is made once: Slack waits for three seconds, and whoever clicked can click again.
 */
export function createAwsClient({ region, endpoints, credentials, clock }: AwsClientDeps): AwsClient {
  return async (action, { body, path = '/', headers = {} }, left) => {
    const { service, contentType, target } = specOf(action);
    const url = new URL(path, endpoints[service]);
    const text = JSON.stringify(body);
    const request = {
      method: 'POST',
      path: url.pathname,
      service,
      region,
      body: text,
      headers: {
        ...headers,
        host: url.host,
        'content-type': contentType,
        'x-amz-date': amzDate(clock()),
        ...(target !== undefined && { 'x-amz-target': target }),
      },
    };
    const signed = aws4.sign(request, credentials);
    return answerOf(await postText({ url, headers: textsOf(signed.headers), text, timeout: left() }));
  };
}

/** `20261121T140000Z` */
const amzDate = (at: Instant): string => new Date(at).toISOString().replace(/[:-]|\.\d{3}/g, '');

/** The package's types allow whatever Node's do. */
const textsOf = (headers: object = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

function answerOf(answer: Answer): AwsAnswer {
  if (answer.status === 'unanswered') {
    const name = answer.failure === 'timeout' ? 'TimeoutError' : 'ConnectionError';
    return { status: 'failed', name, isDoubtful: true };
  }
  const { code, text } = answer;
  const body = parseJson(text);
  if (code >= 200 && code < 300) return { status: 'done', body };
  return { status: 'failed', name: errorName(code, body), isDoubtful: code >= 500 };
}
