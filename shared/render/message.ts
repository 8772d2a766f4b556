import type { KnownBlock } from '@slack/types';

/** What `chat.postMessage` and an incoming webhook take. `text` is the push notification, at most 150 characters. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What SNS takes. The subject is under 100 printable ASCII characters; attributes serve filter policies. */
export interface Notification {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<NotificationAttribute, string>>;
}

/** Public names: subscribers filter on them. */
export type NotificationAttribute = 'severity' | 'cause' | 'cluster' | 'service' | 'kind' | 'change';
