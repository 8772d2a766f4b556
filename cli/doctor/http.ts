import { seconds } from '../../shared/domain/instant.ts';

/** What came back of a POST. The text may repeat the request, secrets included: it is for its reader alone. */
export type HttpReply =
  | { readonly status: 'answered'; readonly code: number; readonly text: string; readonly headers: Headers }
  | { readonly status: 'unanswered' };

export interface HttpPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Longer than Slack itself waits for an endpoint, so that a cold start is no failure. */
const TIMEOUT = seconds(10);

/** Never throws, and follows no redirect: the credential is for the one that was asked. */
export async function post({ url, headers, body }: HttpPost): Promise<HttpReply> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: 'answered', code: answer.status, text: await answer.text(), headers: answer.headers };
  } catch {
    return { status: 'unanswered' };
  }
}
