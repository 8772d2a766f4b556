import { createElement as h, type ReactNode } from 'react';
import type { Sandbox } from '../../sandbox.ts';
import { PEOPLE } from '../../slack/people.ts';
import type { Ephemeral } from '../../slack/screens.ts';
import { drawContent } from './content.ts';

/** So many answers stay in sight. */
const REMEMBERED = 5;

const nameOf = (person: string): string => PEOPLE.find(({ id }) => id === person)?.name ?? person;

/** Whom the page is: what is clicked and typed is theirs, and what they alone are shown is seen. */
export const drawPeople = (viewer: string): ReactNode =>
  h(
    'div',
    { role: 'group', 'aria-label': 'You are' },
    h('span', {}, 'You are'),
    PEOPLE.filter(({ is }) => is !== 'bot').map(({ id, name }) =>
      h(
        'form',
        { key: id, method: 'post', action: `/people/${id}` },
        h('button', { type: 'submit', 'aria-pressed': id === viewer }, name),
      ),
    ),
    h('form', { method: 'post', action: '/chat/home' }, h('button', { type: 'submit' }, 'Open the home tab')),
  );

export const drawCommandLine = (): ReactNode =>
  h(
    'form',
    { method: 'post', action: '/chat/command', className: 'command' },
    h('label', { htmlFor: 'command' }, '/slackwater'),
    h('input', { id: 'command', name: 'text', type: 'text', placeholder: 'help', autoComplete: 'off' }),
    h('button', { type: 'submit' }, 'Send'),
  );

/** The latest first. */
export const drawWhispers = (sandbox: Sandbox, viewer: string): readonly ReactNode[] =>
  sandbox.slack
    .screen(viewer)
    .ephemerals.map((message, key) => drawWhisper(message, viewer, key))
    .slice(-REMEMBERED)
    .toReversed();

const drawWhisper = ({ text, blocks }: Ephemeral, viewer: string, key: number): ReactNode =>
  h(
    'article',
    { key, className: 'message whisper' },
    h('header', {}, h('b', {}, 'Slackwater'), h('i', {}, `only ${nameOf(viewer)} sees this`)),
    blocks.length === 0 ? h('p', {}, text) : drawContent(blocks, {}),
  );

export function drawHome(sandbox: Sandbox, viewer: string): readonly ReactNode[] {
  const { home } = sandbox.slack.screen(viewer);
  if (home === undefined) return [];
  return [
    h(
      'details',
      { key: home.id, className: 'message', open: true },
      h('summary', {}, `Home tab of ${nameOf(viewer)}`),
      drawContent(home.blocks, { view: home.id }),
    ),
  ];
}
