import type { Instant } from '../instant.ts';

/**
 * What somebody did in Slack, verified and read: what `slack-endpoint` hands to the worker, as JSON. Nobody's name is
 * taken: the ids decide. That the sender may do it is not decided yet.
 */
export type ChatRequest = ChatSender & ChatAct;

export interface ChatSender {
  /** 64 hexadecimal digits; the same for every delivery of the same request. */
  readonly id: string;
  /** When Slack sent it, to the second. */
  readonly at: Instant;
  /** The workspace in which it was done (`T…`); the organisation (`E…`) where Slack names no workspace. */
  readonly team: string;
  /** The organisation (`E…`) on Enterprise Grid. */
  readonly enterprise?: string;
  /** `team` is where the person is at home, if Slack says so: another one than the workspace's is a guest by Slack Connect. */
  readonly user: { readonly id: string; readonly team?: string };
  readonly channel?: string;
  /** The channel is shared with another organisation. Slack says so of few requests, so absent means unknown. */
  readonly isExternallyShared?: boolean;
  /** Takes five answers within 30 minutes. https://docs.slack.dev/interactivity/handling-user-interaction */
  readonly responseUrl?: string;
}

export type ChatAct =
  | {
      readonly kind: 'command';
      /** With its slash. */
      readonly command: string;
      readonly text: string;
      /** The modal that was opened for it and still says that it is reading. */
      readonly viewId?: string;
    }
  | {
      /** A button, a choice in a menu or a shortcut (its callback id). */
      readonly kind: 'click';
      readonly actionId: string;
      /** The button's value or the option that was chosen; empty where there is none. */
      readonly value: string;
      /** The message that the button belongs to. */
      readonly messageTs?: string;
      /** The modal that was opened for it and still says that it is reading; otherwise the view it was clicked in. */
      readonly viewId?: string;
    }
  | {
      readonly kind: 'submission';
      readonly callbackId: string;
      /** The modal's `private_metadata`. */
      readonly metadata: string;
      /** What was entered or chosen, by action id; an empty list where nothing was. */
      readonly values: Readonly<Record<string, readonly string[]>>;
      /** The modal. It says that the work has begun as soon as Slack has our answer, which may be after the worker has started. */
      readonly viewId: string;
    }
  /** The app's home tab was opened. */
  | { readonly kind: 'home-opened' };
