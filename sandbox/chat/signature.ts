import { createHmac } from 'node:crypto';

/**
 * The headers that show a request to be Slack's; `at` in milliseconds since 1970.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack/
 */
export function signed(body: string, secret: string, at: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
