import type { KnownBlock } from '@slack/types';

export interface Revision {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export interface PostedMessage extends Revision {
  readonly channel: string;
  readonly ts: string;
  /** Absent for a bot token: who posted is then known. Webhook messages can never be edited. */
  readonly isFromWebhook: boolean;
  /** Earlier contents, oldest first. */
  readonly earlier: readonly Revision[];
}

/** The channels of one workspace: messages in the order in which they were posted, with all they ever said. */
export interface Workspace {
  readonly messages: () => readonly PostedMessage[];
  readonly post: (channel: string, revision: Revision, isFromWebhook: boolean) => PostedMessage;
  /** The message as it is now, or `undefined` when there is none to edit. */
  readonly edit: (channel: string, ts: string, revision: Revision) => PostedMessage | undefined;
}

/** `now` is in milliseconds; Slack's `ts` is seconds with six digits that make it unique in its channel. */
export function createWorkspace(now: () => number): Workspace {
  const messages: PostedMessage[] = [];
  return {
    messages: () => messages,
    post: (channel, revision, isFromWebhook) => {
      const serial = String(messages.length + 1).padStart(6, '0');
      const ts = `${Math.floor(now() / 1_000)}.${serial}`;
      const posted = { channel, ts, isFromWebhook, earlier: [], ...revision };
      messages.push(posted);
      return posted;
    },
    edit: (channel, ts, revision) => {
      const index = messages.findIndex((message) => message.channel === channel && message.ts === ts);
      const before = messages[index];
      if (before === undefined || before.isFromWebhook) return undefined;
      const { text, blocks, earlier } = before;
      const edited = { ...before, ...revision, earlier: [...earlier, { text, blocks }] };
      messages[index] = edited;
      return edited;
    },
  };
}
