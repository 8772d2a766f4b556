import { createElement as h, type ReactNode } from 'react';

interface Extra {
  readonly pressed?: boolean;
  readonly className?: string;
  readonly disabled?: boolean;
  /** What a screen reader says instead of the label, which it has to contain. */
  readonly name?: string;
  /** Id of what says more. */
  readonly describedBy?: string;
  /** The key that does the same, as `aria-keyshortcuts` has it. */
  readonly shortcut?: string;
}

/** A form of one button; the page's script sends it without leaving the page. */
export const action = (path: string, label: ReactNode, extra: Extra = {}): ReactNode =>
  h(
    'form',
    { method: 'post', action: path, key: path },
    h(
      'button',
      {
        type: 'submit',
        className: extra.className,
        disabled: extra.disabled,
        'aria-pressed': extra.pressed,
        'aria-label': extra.name,
        'aria-describedby': extra.describedBy,
        'aria-keyshortcuts': extra.shortcut,
      },
      label,
    ),
  );

/** A part of the page with its heading. */
export const section = (id: string, title: ReactNode, ...inner: readonly ReactNode[]): ReactNode =>
  h('section', { id, 'aria-labelledby': `${id}-title`, tabIndex: -1 }, h('h2', { id: `${id}-title` }, title), ...inner);

export const empty = (text: string): ReactNode => h('p', { key: text, className: 'empty' }, text);

/** A table that scrolls by itself where the page is narrow, and by keyboard too. */
export const table = (caption: string, head: readonly string[], rows: readonly ReactNode[]): ReactNode =>
  h(
    'div',
    { key: caption, className: 'scroller', role: 'region', 'aria-label': caption, tabIndex: 0 },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { key: text, scope: 'col' }, text)))),
      h('tbody', {}, ...rows),
    ),
  );
