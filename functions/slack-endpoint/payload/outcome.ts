import type * as v from 'valibot';
import type { ChatAct, ChatSender } from '../../../shared/domain/chat/request.ts';

/** What a genuine body says. */
export type PayloadRead = Asked | Challenge | Ignored | Malformed;

/** Somebody wants something. */
export interface Asked {
  readonly status: 'asked';
  readonly sender: Omit<ChatSender, 'id' | 'at'>;
  readonly act: ChatAct;
  /** The app that Slack sent it for. */
  readonly appId?: string;
  /** Names what happened across Slack's repeated deliveries, where it repeats them. */
  readonly eventId?: string;
  /** Opens a modal, within three seconds. */
  readonly triggerId?: string;
  /** It was done in a modal, so that another one is put on top. */
  readonly isInModal: boolean;
}

/** Slack asks whether this endpoint is ours: the answer is the challenge. */
interface Challenge {
  readonly status: 'challenge';
  readonly challenge: string;
}

/** Nothing that anybody here acts on. */
export interface Ignored {
  readonly status: 'ignored';
  readonly reason: 'view-closed' | 'unknown-interaction' | 'unknown-event' | 'other-tab';
}

/** `field` is a path; `expected` is in words. Neither holds the value. */
export interface Malformed {
  readonly status: 'malformed';
  readonly field: string;
  readonly expected: string;
}

export const ignored = (reason: Ignored['reason']): Ignored => ({ status: 'ignored', reason });

export const malformed = (field: string, expected: string): Malformed => ({ status: 'malformed', field, expected });

/** The first issue of a schema. An issue without a path is about the whole body. */
export const malformedBy = ([{ path, message }]: readonly [v.BaseIssue<unknown>, ...unknown[]]): Malformed =>
  malformed(path?.map(({ key }) => String(key)).join('.') ?? 'body', message);
