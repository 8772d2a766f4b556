import * as v from 'valibot';
import type { Destination } from '../domain/destination.ts';
import { exact, listOf, matching } from './document-shape.ts';

const CHANNEL = matching(/^(webhook|[CGD][A-Z0-9]{2,})$/, 'a channel id such as C0123ABCD, or the word webhook');

/** A FIFO topic would want a group for every message. */
const TOPIC = matching(
  /^arn:[^:\s]+:sns:[^:\s]+:\d{12}:[\w-]{1,256}$/,
  'the whole ARN of a standard SNS topic, not its name',
);

/** `{ slack: 'C0123ABCD' }`, `{ slack: 'webhook' }` or `{ topic: 'arn:…' }`. */
const DESTINATION = v.pipe(
  exact({ slack: v.exactOptional(CHANNEL), topic: v.exactOptional(TOPIC) }),
  v.check(({ slack, topic }) => (slack === undefined) !== (topic === undefined), 'either slack or topic'),
  v.transform(({ slack, topic }): Destination => {
    if (topic !== undefined) return { kind: 'sns-topic', topicArn: topic };
    return slack === 'webhook' ? { kind: 'slack-webhook' } : { kind: 'slack-channel', channel: slack ?? '' };
  }),
);

/** May be empty: told to nobody, and recorded. */
export const DESTINATIONS = v.array(DESTINATION, 'a list of destinations');

/** https://docs.slack.dev/reference/objects/usergroup-object, https://docs.slack.dev/reference/objects/user-object */
export const MENTIONS = listOf(
  matching(/^[SUW][A-Z0-9]{2,}$/, 'the id of a Slack user group (S…) or of a user (U…, W…)'),
);
