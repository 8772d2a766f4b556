import type { KnownBlock } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { type Control, controlsOf, initialOf, optionsOf } from '../../chat/control.ts';
import { isObject, wordOf } from '../../json-object.ts';
import { drawBlocks } from './blocks.ts';

/** What a click in these blocks is sent with, so that the server finds them again. */
export type Place = Readonly<Record<string, string>>;

/** Blocks as Slack draws them, with forms in the place of whatever can be clicked or chosen. */
export const drawContent = (blocks: readonly KnownBlock[], place: Place): readonly ReactNode[] =>
  runsOf(blocks).map((run, index) =>
    run.kind === 'controls'
      ? h(
          'div',
          { key: index, className: 'actions' },
          controlsOf([run.block]).map((control, at) => drawControl(control, place, at)),
        )
      : h('div', { key: index, dangerouslySetInnerHTML: { __html: drawBlocks({ blocks: run.blocks }) } }),
  );

type Run =
  | { readonly kind: 'text'; readonly blocks: readonly KnownBlock[] }
  | { readonly kind: 'controls'; readonly block: KnownBlock };

/** Blocks of text stay together, because lists and quotes of neighbours belong together. */
function runsOf(blocks: readonly KnownBlock[]): readonly Run[] {
  return blocks.reduce<readonly Run[]>((runs, block) => {
    if (block.type === 'actions') return [...runs, { kind: 'controls', block }];
    const last = runs.at(-1);
    if (last?.kind === 'text') return [...runs.slice(0, -1), { kind: 'text', blocks: [...last.blocks, block] }];
    return [...runs, { kind: 'text', blocks: [block] }];
  }, []);
}

function drawControl(control: Control, place: Place, key: number): ReactNode {
  const { url, style } = control.element;
  if (typeof url === 'string') return drawLink(url, control.label, key);
  return h(
    'form',
    { key, method: 'post', action: '/chat/click', 'data-confirm': confirmOf(control) },
    drawHidden({ ...place, control: control.actionId }),
    control.type === 'button' ? undefined : drawMenu(control),
    h(
      'button',
      { type: 'submit', className: wordOf(style) || undefined },
      control.type === 'button' ? control.label : 'Choose',
    ),
  );
}

const drawLink = (url: string, label: string, key: number): ReactNode =>
  /^https?:\/\//.test(url)
    ? h('a', { key, className: 'button', href: url, rel: 'noreferrer', target: '_blank' }, label)
    : h('span', { key }, label);

const drawMenu = (control: Control): ReactNode =>
  h(
    'select',
    { name: 'value', 'aria-label': control.label, defaultValue: initialOf(control)[0] },
    optionsOf(control).map(({ value, label }) => h('option', { key: value, value }, label)),
  );

export const drawHidden = (fields: Place): readonly ReactNode[] =>
  Object.entries(fields).map(([name, value]) => h('input', { key: name, type: 'hidden', name, value }));

/** What Slack asks before it sends a click. */
function confirmOf({ element: { confirm } }: Control): string | undefined {
  if (!isObject(confirm)) return undefined;
  const texts = [confirm['title'], confirm['text']].filter(isObject);
  return texts.map(({ text }) => wordOf(text)).join('\n\n');
}
