import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { PostedMessage } from '../../slack/workspace.ts';
import { empty } from '../form.ts';
import { addressOf, type Look } from '../look.ts';
import { drawContent } from './content.ts';

/** A thread with more replies begins folded. */
const FEW = 3;

/** Channels that anything was posted to, to choose one of them. */
export function drawChannels(messages: readonly PostedMessage[], look: Look): ReactNode {
  const channels = [...Map.groupBy(messages, ({ channel }) => channel)];
  if (channels.length < 2) return undefined;
  const { channel: chosen, ...all } = look;
  return h(
    'nav',
    { 'aria-label': 'Channels', className: 'channels' },
    drawChannel('All channels', addressOf(all, 'slack'), chosen === undefined, messages.length),
    channels.map(([channel, members]) =>
      drawChannel(`# ${channel}`, addressOf({ ...look, channel }, 'slack'), channel === chosen, members.length),
    ),
  );
}

const drawChannel = (label: string, href: string, isChosen: boolean, count: number): ReactNode =>
  h('a', { key: label, href, 'aria-current': isChosen ? 'true' : undefined }, `${label} (${count})`);

/** The latest message first, each with its replies below it in the order in which they were posted. */
export function drawThreads(messages: readonly PostedMessage[], channel?: string): ReactNode {
  const threads = Map.groupBy(messages, (message) => `${message.channel} ${message.thread_ts ?? message.ts}`);
  const begun = messages
    .filter((message) => message.thread_ts === undefined && (channel ?? message.channel) === message.channel)
    .toReversed();
  if (begun.length === 0) return empty('No message yet. Play a scenario, or send an event.');
  return begun.map((message) => {
    const key = `${message.channel} ${message.ts}`;
    return h(
      'article',
      { key, 'data-key': key, className: 'message', 'aria-label': firstLineOf(message) },
      drawMessage(message),
      drawReplies(threads.get(key)?.slice(1) ?? []),
    );
  });
}

function drawReplies(replies: readonly PostedMessage[]): ReactNode {
  if (replies.length === 0) return undefined;
  return h(
    'details',
    { className: 'thread', open: replies.length <= FEW },
    h('summary', {}, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
    replies.map((reply) =>
      h('article', { key: reply.ts, 'data-key': reply.ts, className: 'message reply' }, drawMessage(reply)),
    ),
  );
}

/** A message is another object after each edit, so what was drawn of one stays true. */
const drawn = new WeakMap<PostedMessage, string>();

function drawMessage(message: PostedMessage): ReactNode {
  const html = drawn.get(message) ?? renderToStaticMarkup(partsOf(message));
  drawn.set(message, html);
  return h('div', { dangerouslySetInnerHTML: { __html: html } });
}

function partsOf({ ts, channel, edits, text, broadcast, blocks }: PostedMessage): ReactNode {
  const edited = edits === 0 ? '' : `edited ${edits === 1 ? 'once' : `${edits} times`}`;
  const also = broadcast ? 'also sent to the channel' : '';
  return [
    h(
      'header',
      { key: 'header' },
      h('span', { className: 'face', 'aria-hidden': true }, 'S'),
      h('b', {}, 'Slackwater'),
      h('span', { className: 'app' }, 'APP'),
      h('span', {}, `# ${channel}`),
      h('time', { dateTime: new Date(Number(ts) * 1_000).toISOString() }, utcTime(ts)),
      h('i', {}, [also, edited].filter((words) => words !== '').join(', ')),
    ),
    drawContent(blocks, { channel, ts }),
    h('details', { key: 'push', className: 'push' }, h('summary', {}, 'Push notification'), h('p', {}, text)),
  ];
}

const utcTime = (ts: string): string => `${new Date(Number(ts) * 1_000).toISOString().slice(11, 16)} UTC`;

const firstLineOf = ({ text }: PostedMessage): string => text.split('\n')[0] ?? '';
