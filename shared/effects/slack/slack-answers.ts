import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { seconds } from '../../domain/instant.ts';
import { postJson } from '../http-post.ts';
import { type Patience, patiently, type SlackMethods, type SlackReply } from './slack-methods.ts';

export interface Words {
  /** mrkdwn; stands for the blocks where they cannot be shown. */
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** Ways to show something to one person. Whatever happens is a reply. */
export interface SlackAnswers {
  /** To who clicked or typed, there where they did. Slack takes five of them within 30 minutes. */
  readonly respond: (responseUrl: string, words: Words) => Promise<SlackReply>;
  readonly whisper: (to: { readonly channel: string; readonly user: string }, words: Words) => Promise<SlackReply>;
  /** Puts `view` in the place of an open modal. */
  readonly replaceModal: (viewId: string, view: ModalView) => Promise<SlackReply>;
  readonly publishHome: (user: string, view: HomeView) => Promise<SlackReply>;
}

const TIMEOUT = seconds(5);

export function createSlackAnswers(deps: Patience & { readonly methods: SlackMethods }): SlackAnswers {
  const { write } = deps.methods;
  return {
    respond: (responseUrl, words) => respond(responseUrl, words, deps),
    whisper: ({ channel, user }, words) => write('chat.postEphemeral', { channel, user, ...words }),
    replaceModal: (viewId, view) => write('views.update', { view_id: viewId, view }),
    publishHome: (user, view) => write('views.publish', { user_id: user, view }),
  };
}

/** The URL is a secret for half an hour: it is in no reply. https://docs.slack.dev/interactivity/handling-user-interaction */
async function respond(responseUrl: string, words: Words, patience: Patience): Promise<SlackReply> {
  const url = URL.canParse(responseUrl) ? new URL(responseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return { status: 'failed', name: 'invalid_response_url' };
  const body = { response_type: 'ephemeral', replace_original: false, ...words };
  const answer = await patiently(() => postJson({ url, body, timeout: TIMEOUT }), patience);
  if (answer.status === 'unanswered') return { status: 'failed', name: answer.failure };
  const isTaken = answer.code >= 200 && answer.code < 300;
  return isTaken ? { status: 'ok', body: {} } : { status: 'failed', name: `http_${answer.code}` };
}
