import type { KnownBlock } from '@slack/types';

export interface Revision {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A message in a channel, or a reply in the thread of one; `ts` and `thread_ts` are Slack's words for who is who. */
export interface PostedMessage extends Revision {
  readonly channel: string;
  readonly ts: string;
  /** The message that this is a reply to. */
  readonly thread_ts?: string;
  /** A reply that is shown in the channel as well. */
  readonly broadcast?: true;
  /** Absent for a bot token: who posted is then known. Webhook messages can never be edited. */
  readonly isFromWebhook: boolean;
  /** Earlier contents, oldest first. */
  readonly earlier: readonly Revision[];
  readonly edits: number;
}

/** Where and how a message is posted. */
export interface Posting {
  readonly channel: string;
  readonly isFromWebhook: boolean;
  /** Of the message to reply to; a reply's own leads to its parent. */
  readonly thread_ts?: string;
  readonly broadcast?: boolean;
}

/** The channels of one workspace: messages in the order in which they were posted, with all they ever said. */
export interface Workspace {
  readonly messages: () => readonly PostedMessage[];
  /** `undefined` when the message to reply to is not there. */
  readonly post: (posting: Posting, revision: Revision) => PostedMessage | undefined;
  /** The message as it is now, or `undefined` when there is none to edit. A reply can be shown in the channel later. */
  readonly edit: (channel: string, ts: string, revision: Revision, broadcast?: boolean) => PostedMessage | undefined;
}

/** `now` is in milliseconds; Slack's `ts` is seconds with six digits that make it unique in its channel. */
export function createWorkspace(now: () => number): Workspace {
  const messages: PostedMessage[] = [];
  const indexOf = (channel: string, ts: string): number =>
    messages.findIndex((message) => message.channel === channel && message.ts === ts);
  return {
    messages: () => messages,
    post: ({ channel, isFromWebhook, thread_ts, broadcast = false }, revision) => {
      const parent = thread_ts === undefined ? undefined : messages[indexOf(channel, thread_ts)];
      if (thread_ts !== undefined && parent === undefined) return undefined;
      const serial = String(messages.length + 1).padStart(6, '0');
      const posted: PostedMessage = {
        channel,
        ts: `${Math.floor(now() / 1_000)}.${serial}`,
        ...(parent && { thread_ts: parent.thread_ts ?? parent.ts }),
        ...(parent && broadcast && { broadcast }),
        isFromWebhook,
        earlier: [],
        edits: 0,
        ...revision,
      };
      messages.push(posted);
      return posted;
    },
    edit: (channel, ts, revision, broadcast = false) => {
      const index = indexOf(channel, ts);
      const before = messages[index];
      if (before === undefined || before.isFromWebhook) return undefined;
      const { text, blocks, earlier } = before;
      const edited = {
        ...before,
        ...revision,
        ...(broadcast && before.thread_ts !== undefined && { broadcast }),
        earlier: [...earlier, { text, blocks }],
        edits: before.edits + 1,
      };
      messages[index] = edited;
      return edited;
    },
  };
}
