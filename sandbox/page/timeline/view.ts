import { createElement as h, type ReactNode } from 'react';
import { clockText, wallText } from '../calendar/days.ts';
import { empty } from '../form.ts';
import type { Look } from '../look.ts';
import { GROUP_NAMES, TIMELINE_GROUPS } from './groups.ts';
import type { TimelineRow } from './rows.ts';

/** Which kinds are shown. A form that changes the page's address. */
export const drawFilter = ({ shown, zone, service, channel }: Look): ReactNode =>
  h(
    'form',
    { method: 'get', action: '/', className: 'filter' },
    h(
      'fieldset',
      {},
      h('legend', { className: 'hidden' }, 'Show on the timeline'),
      Object.entries({ zone, service, channel }).map(([name, value]) =>
        value === undefined ? undefined : h('input', { key: name, type: 'hidden', name, value }),
      ),
      TIMELINE_GROUPS.map((group) =>
        h(
          'label',
          { key: group },
          h('input', { type: 'checkbox', name: 'show', value: group, defaultChecked: shown.includes(group) }),
          GROUP_NAMES[group],
        ),
      ),
    ),
    h('button', { type: 'submit', className: 'plain' }, 'Show'),
  );

export function drawTimeline(rows: readonly TimelineRow[], zone: string): ReactNode {
  if (rows.length === 0) return empty('Nothing of this has happened yet.');
  return h(
    'ol',
    { className: 'rows', 'aria-label': 'What happened, the latest first' },
    rows.map((row, index) => drawRow(row, zone, dayBefore(rows[index - 1], row, zone))),
  );
}

/** A new day gets its name. */
function dayBefore(above: TimelineRow | undefined, row: TimelineRow, zone: string): string | undefined {
  const day = wallText(row.at, zone).slice(0, 10);
  return above !== undefined && wallText(above.at, zone).slice(0, 10) === day ? undefined : day;
}

const drawRow = (
  { number, at, group, what, why, where, times, isLoud }: TimelineRow,
  zone: string,
  day: string | undefined,
) =>
  h(
    'li',
    { key: number, 'data-key': String(number), className: `entry ${group}${isLoud ? ' loud' : ''}` },
    day === undefined ? undefined : h('h3', {}, day),
    h(
      'a',
      { href: `/entries/${number}`, 'data-detail': `${GROUP_NAMES[group]}: ${what}` },
      h('time', { dateTime: new Date(at).toISOString(), 'data-shown': 'as is' }, clockText(at, zone)),
      h('span', { className: 'kind' }, GROUP_NAMES[group]),
      h('b', {}, what),
      times === 1 ? undefined : h('span', { className: 'times' }, ` ${times} times`),
    ),
    why === '' ? undefined : h('span', { className: 'why' }, why),
    where === '' ? undefined : h('small', {}, where),
  );
