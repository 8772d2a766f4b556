import { createElement as h, type ReactNode } from 'react';
import { empty, table } from '../form.ts';
import type { Coming } from './agenda.ts';
import type { Calendar, CalendarDay, CalendarRow } from './calendar.ts';
import { offsetText, wallText } from './days.ts';

/** Every day has room for 25 hours, so that the day on which clocks go back is the only one that fills it. */
const MOST_MINUTES = 1_500;
const HEIGHT = 26;
const x = (minutes: number): string => `${((100 * minutes) / MOST_MINUTES).toFixed(3)}%`;

export const drawCalendar = (calendar: Calendar, agenda: readonly Coming[]): ReactNode => [
  drawAgenda(agenda, calendar.zone),
  drawLegend(),
  h(
    'div',
    { key: 'days', className: 'days', role: 'img', 'aria-label': summaryOf(calendar) },
    drawHours(),
    calendar.days.map(drawDay(calendar)),
  ),
  h(
    'details',
    { key: 'table' },
    h('summary', {}, 'The calendar as a table'),
    table(
      `Six weeks, ${calendar.zone}`,
      ['From', 'To', 'What', 'Because'],
      calendar.rows.map((row, index) => drawRow(row, index, calendar.zone)),
    ),
  ),
];

const summaryOf = ({ days, rows, zone }: Calendar): string =>
  `Calendar from ${days[0]?.date} to ${days.at(-1)?.date}, ${zone}, with ${rows.length} entries; the table below says the same in words.`;

function drawAgenda(agenda: readonly Coming[], zone: string): ReactNode {
  return h(
    'div',
    { key: 'agenda', className: 'agenda' },
    h('h3', {}, 'Next'),
    agenda.length === 0
      ? empty('Nothing is scheduled: no window opens within sixty days.')
      : h(
          'ol',
          {},
          agenda
            .slice(0, 5)
            .map(({ at, what }) => h('li', { key: `${at} ${what}` }, h('b', {}, wallText(at, zone)), ` ${what}`)),
        ),
  );
}

const LEGEND = [
  ['open', 'open'],
  ['taken', 'taken by a plan'],
  ['frozen', 'frozen'],
  ['freeze', 'freeze'],
  ['deadline', 'AWS begins'],
  ['change', 'clocks change'],
  ['now', 'now'],
] as const;

const drawLegend = (): ReactNode =>
  h(
    'ul',
    { key: 'legend', className: 'legend' },
    LEGEND.map(([kind, text]) =>
      h('li', { key: kind }, h('i', { className: `key ${kind}`, 'aria-hidden': true }), ` ${text}`),
    ),
  );

const drawHours = (): ReactNode =>
  h(
    'div',
    { key: 'hours', className: 'day hours', 'aria-hidden': true },
    h('span'),
    h(
      'svg',
      { height: 16 },
      Array.from({ length: 9 }, (_, index) =>
        h(
          'text',
          { key: index, x: x(index * 180), y: 12, textAnchor: index === 0 ? 'start' : 'middle' },
          String(index * 3).padStart(2, '0'),
        ),
      ),
    ),
  );

const drawDay =
  ({ zone }: Calendar) =>
  (day: CalendarDay): ReactNode =>
    h(
      'div',
      {
        key: day.date,
        'data-key': day.date,
        className: ['day', day.isToday && 'today', day.weekday === 'Mon' && 'monday', day.change && 'changing']
          .filter(Boolean)
          .join(' '),
        'aria-hidden': true,
      },
      h(
        'span',
        {},
        `${day.weekday} ${day.date.slice(8)}`,
        h('small', {}, ` ${MONTHS[Number(day.date.slice(5, 7)) - 1]}`),
      ),
      h(
        'svg',
        { height: HEIGHT },
        h('rect', { className: 'whole', x: 0, y: 1, width: x(day.minutes), height: HEIGHT - 2 }),
        Array.from({ length: 7 }, (_, index) => drawGrid((index + 1) * 180)),
        [...day.pieces].toSorted(byLayer).map(drawPiece),
        day.marks.map((mark, index) => drawMark(mark, index, day)),
      ),
      notesOf(day, zone).map((note) => h('em', { key: note.text, className: note.kind }, note.text)),
    );

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const drawGrid = (minutes: number): ReactNode =>
  h('line', { key: minutes, className: 'grid', x1: x(minutes), x2: x(minutes), y1: 1, y2: HEIGHT - 1 });

/** Freezes lie under what they take. */
const LAYERS = ['freeze', 'open', 'frozen'] as const;
const byLayer = (a: Piece, b: Piece): number => LAYERS.indexOf(a.span.kind) - LAYERS.indexOf(b.span.kind);

type Piece = CalendarDay['pieces'][number];

/** The name is cut where the piece ends. */
function drawPiece({ span, from, to }: Piece, index: number): ReactNode {
  const inset = span.kind === 'freeze' ? 1 : 5;
  const place = { x: x(from), y: inset, width: x(to - from), height: HEIGHT - 2 * inset };
  return h(
    'g',
    { key: index, className: `piece ${span.kind}` },
    h('title', {}, `${span.name}: ${span.because}`),
    h('rect', { ...place, rx: 3 }),
    h('svg', place, h('text', { x: 5, y: HEIGHT / 2 + 4 - inset }, span.name)),
  );
}

/** The opening that a plan takes has a frame; everything else is a line. */
function drawMark(
  { kind, minute, text }: CalendarDay['marks'][number],
  index: number,
  { pieces }: CalendarDay,
): ReactNode {
  const taken = pieces.find(({ span, from }) => span.kind === 'open' && from === minute);
  return h(
    'g',
    { key: `${kind}${index}`, className: `mark ${kind}` },
    h('title', {}, text),
    kind === 'taken' && taken !== undefined
      ? h('rect', { x: x(taken.from), y: 4, width: x(taken.to - taken.from), height: HEIGHT - 8, rx: 4 })
      : h('line', { x1: x(minute), x2: x(minute), y1: 0, y2: HEIGHT }),
  );
}

/** What the lines and frames of a day are, below it. */
const notesOf = (day: CalendarDay, zone: string): readonly { readonly kind: string; readonly text: string }[] =>
  day.marks.flatMap(({ kind, at, text }) => {
    if (kind === 'now') return [];
    const length =
      kind === 'change'
        ? `, ${offsetText(at - 1, zone)} to ${offsetText(at, zone)}: a day of ${day.minutes / 60} hours`
        : '';
    return [{ kind, text: `${wallText(at, zone).slice(11)} ${text}${length}` }];
  });

const drawRow = ({ at, until, what, because }: CalendarRow, index: number, zone: string): ReactNode =>
  h(
    'tr',
    { key: `${at} ${index}` },
    h('th', { scope: 'row' }, wallText(at, zone)),
    h('td', {}, until === undefined ? '' : wallText(until, zone)),
    h('td', {}, what),
    h('td', {}, because),
  );
