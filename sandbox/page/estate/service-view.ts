import { createElement as h, type ReactNode } from 'react';
import type { Coming } from '../calendar/agenda.ts';
import { wallText } from '../calendar/days.ts';
import { empty, table } from '../form.ts';
import { addressOf, type Look } from '../look.ts';
import { ageText, type EstateRow } from './rows.ts';
import { stateOf, words } from './view.ts';

export interface ServiceFacts {
  /** `undefined`: there is no such service. */
  readonly row: EstateRow | undefined;
  readonly opening: Pick<Coming, 'at' | 'what'> | undefined;
  readonly now: number;
  readonly zone: string;
  readonly look: Look;
}

/** All about one service: what ECS runs, and what Slackwater knows. */
export function drawService(facts: ServiceFacts): ReactNode {
  const { look, row } = facts;
  if (look.service === undefined) return undefined;
  const { service: _, ...without } = look;
  return h(
    'section',
    { key: 'service', id: 'service', className: 'panel', tabIndex: -1, 'aria-labelledby': 'service-title' },
    h('h3', { id: 'service-title' }, row?.name ?? look.service),
    h('a', { href: addressOf(without, 'estate'), className: 'close' }, 'Close'),
    row === undefined ? empty('There is no such service.') : drawAll(row, facts),
  );
}

const drawAll = (row: EstateRow, facts: ServiceFacts): ReactNode => [
  drawTerms(row, facts),
  drawKnown(row),
  drawTasks(row, facts),
  drawDeployments(row, facts),
  row.service.messages.length === 0 ? undefined : drawMessages(row, facts),
];

const drawTerms = ({ service }: EstateRow, { opening, zone }: ServiceFacts): ReactNode =>
  h(
    'dl',
    { key: 'terms' },
    term('Status', service.status),
    term('Capacity', service.capacity),
    term('Deployed', service.strategy),
    term(
      'Next opening',
      opening === undefined ? 'none: it is never replaced by itself' : `${wallText(opening.at, zone)}, ${opening.what}`,
    ),
    ...Object.entries(service.tags).map(([name, value]) => term(`Tag ${name}`, value)),
  );

const term = (name: string, value: string): ReactNode => h('div', { key: name }, h('dt', {}, name), h('dd', {}, value));

const drawKnown = ({ known }: EstateRow): ReactNode =>
  h(
    'div',
    { key: 'known' },
    h('h4', {}, 'What Slackwater knows'),
    known.length === 0
      ? empty('Nothing: no problem, no plan.')
      : h(
          'ul',
          {},
          known.map(({ id, kind, status, text }) =>
            h('li', { key: id }, h('b', {}, `${words(status)} ${kind}`), ` ${text} `, h('small', {}, id)),
          ),
        ),
  );

const drawTasks = ({ tasks }: EstateRow, { now }: ServiceFacts): ReactNode =>
  tasks.length === 0
    ? empty('No task runs.')
    : table(
        'Tasks',
        ['Task', 'State', 'Age', 'Revision', 'Image'],
        tasks.map((task) =>
          h(
            'tr',
            { key: task.id, 'data-key': task.id },
            h('th', { scope: 'row' }, h('code', {}, `${task.id.slice(0, 8)}…`)),
            h(
              'td',
              {},
              h('i', { className: `square ${stateOf(task)}`, 'aria-hidden': true }),
              ` ${stateText(task, now)}`,
            ),
            h('td', {}, ageText(now - task.createdAt)),
            h('td', {}, h('code', {}, task.taskDefinition)),
            h('td', {}, h('code', {}, task.digest?.slice(7, 15) ?? '–')),
          ),
        ),
      );

const stateText = (task: EstateRow['tasks'][number], now: number): string =>
  [
    stateOf(task),
    task.protectedUntil === undefined ? '' : `protected for ${ageText(task.protectedUntil - now)}`,
    task.stoppedReason ?? '',
  ]
    .filter((text) => text !== '')
    .join(', ');

const drawDeployments = ({ service: { deployments } }: EstateRow, { zone }: ServiceFacts): ReactNode =>
  deployments.length === 0
    ? undefined
    : table(
        'Deployments',
        ['Begun', 'Status', 'Revision', 'Tasks', 'Why'],
        deployments
          .slice(0, 6)
          .map((it) =>
            h(
              'tr',
              { key: it.name, 'data-key': it.name },
              h('th', { scope: 'row' }, wallText(it.createdAt, zone)),
              h('td', {}, [words(it.status), it.stage && words(it.stage)].filter(Boolean).join(', ')),
              h('td', {}, h('code', {}, it.taskDefinition)),
              h('td', {}, `${it.running} of ${it.desired}${it.failures > 0 ? `, ${it.failures} failed` : ''}`),
              h('td', {}, it.reason ?? ''),
            ),
          ),
      );

const drawMessages = ({ service: { messages } }: EstateRow, { zone }: ServiceFacts): ReactNode =>
  h(
    'div',
    { key: 'messages' },
    h('h4', {}, 'What ECS says'),
    h(
      'ul',
      {},
      messages.slice(0, 5).map(({ at, text }, key) => h('li', { key }, h('small', {}, wallText(at, zone)), ` ${text}`)),
    ),
  );
