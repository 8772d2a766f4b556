import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { PEOPLE } from '../../slack/people.ts';
import type { PostedMessage } from '../../slack/workspace.ts';

/**
 * The blocks as Slack draws them, as HTML in which every text is escaped. The library's own style sheet knows one theme
 * at a time, so the page styles its class names instead. Its id, the same for every message, goes, and so do its inline styles,
 * which the page's policy would not let in.
 */
export function drawBlocks({ blocks }: Pick<PostedMessage, 'blocks'>): string {
  const message = createElement(Message, {
    // True: both are Slack's block types, written down by different people.
    blocks: blocks as readonly unknown[] as Block[],
    logo: '',
    name: '',
    withoutWrapper: true,
    unstyled: true,
    hooks: { date: drawDate, user: drawUser, link: ({ href, children }) => drawLink(href, children) },
  });
  // No text can look like an attribute: quotes in texts are escaped.
  return renderToStaticMarkup(message).replaceAll(/ (?:id="slack_blocks_to_jsx"|style="[^"]*")/g, '');
}

/** The page cannot know the reader's time zone while it is drawn; the browser puts local time there. */
const drawDate = ({ timestamp, fallback }: { readonly timestamp: string; readonly fallback: string }): ReactNode => {
  const seconds = Number(timestamp);
  const instant = Number.isFinite(seconds) ? new Date(seconds * 1_000).toISOString() : undefined;
  return createElement('time', { dateTime: instant, title: fallback }, fallback);
};

/** By name, as Slack shows people; one who is not of the workspace by the id. */
const drawUser = ({ id }: { readonly id: string }): ReactNode =>
  createElement('span', { className: 'mention' }, `@${PEOPLE.find((person) => person.id === id)?.name ?? id}`);

const drawLink = (href: string, children: ReactNode): ReactNode =>
  /^https?:\/\//.test(href)
    ? createElement('a', { href, rel: 'noreferrer', target: '_blank' }, children)
    : createElement('span', {}, children);
