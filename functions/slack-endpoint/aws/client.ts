import type { Instant } from '../../../shared/domain/instant.ts';
import { type AwsAnswer, awsAnswer } from '../../../shared/effects/aws-answer.ts';
import { postText } from '../../../shared/effects/http-post.ts';
import { type Keys, signedHeaders } from '../../../shared/effects/signed-headers.ts';
import type { TimeLeft } from '../time-left.ts';
import { type AwsAction, type Service, specOf } from './calls.ts';

export interface AwsCall {
  readonly body: unknown;
  /** Where the call goes, encoded; `/` when absent. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes one call in the time that is left. Whatever happens is an answer. */
export type AwsClient = (action: AwsAction, call: AwsCall, left: TimeLeft) => Promise<AwsAnswer>;

export interface AwsClientDeps {
  readonly region: string;
  /** An http(s) URL for each service. */
  readonly endpoints: Readonly<Record<Service, string>>;
  readonly credentials: Keys;
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
    const signed = signedHeaders(
      {
        service,
        region,
        url,
        text,
        headers: { ...headers, 'content-type': contentType, ...(target !== undefined && { 'x-amz-target': target }) },
      },
      credentials,
      clock(),
    );
    return awsAnswer(await postText({ url, headers: signed, text, timeout: left() }));
  };
}
