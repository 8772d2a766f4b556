import { createElement as h, type ReactNode } from 'react';
import type { Survey } from '../../ecs/survey.ts';
import { empty, table } from '../form.ts';
import { addressOf, type Look } from '../look.ts';
import { ageText, type EstateRow, type EstateTask, progressOf } from './rows.ts';

const HEAD = ['Service', 'Tasks', 'Revision', 'Oldest', 'Deployment', 'Slackwater'];

export interface EstateFacts {
  readonly clusters: ReadonlyMap<string, readonly EstateRow[]>;
  readonly survey: Survey;
  readonly now: number;
  readonly look: Look;
}

export const drawEstate = (facts: EstateFacts): ReactNode => [
  drawCapacity(facts),
  facts.clusters.size === 0 ? empty('Nothing runs.') : undefined,
  ...[...facts.clusters].map(([cluster, rows]) =>
    h(
      'section',
      { key: cluster, 'data-key': cluster, className: 'cluster', 'aria-label': `Cluster ${cluster}` },
      table(
        cluster,
        HEAD,
        rows.map((row) => drawRow(row, facts)),
      ),
    ),
  ),
];

function drawCapacity({ survey: { vcpu, standalone, services }, clusters }: EstateFacts): ReactNode {
  const moving = services.filter(({ deployments }) => deployments.some(({ isUnderWay }) => isUnderWay)).length;
  const retiring = [...clusters.values()].flat().reduce((sum, row) => sum + row.retiring, 0);
  return h(
    'div',
    { key: 'capacity', className: 'figures' },
    figure(services.length, 'services'),
    figure(moving, 'deploying'),
    figure(retiring, 'tasks to be retired'),
    standalone.length === 0 ? undefined : figure(standalone.length, 'tasks of no service'),
    h(
      'div',
      { className: 'figure' },
      h('label', { htmlFor: 'vcpu' }, `${vcpu.used} of ${vcpu.quota} vCPU of Fargate On-Demand`),
      h('meter', { id: 'vcpu', min: 0, max: vcpu.quota, value: vcpu.used, high: vcpu.quota * 0.9 }),
    ),
  );
}

const figure = (count: number, what: string): ReactNode =>
  h('div', { key: what, className: 'figure' }, h('b', {}, count), ` ${what}`);

function drawRow(row: EstateRow, { now, look }: EstateFacts): ReactNode {
  const { service, name, tasks } = row;
  const oldest = Math.min(now, ...tasks.map(({ createdAt }) => createdAt));
  const isChosen = look.service === name;
  return h(
    'tr',
    { key: name, 'data-key': name, className: isChosen ? 'chosen' : undefined },
    h(
      'th',
      { scope: 'row' },
      h(
        'a',
        { href: addressOf({ ...look, service: name }, 'service'), 'aria-current': isChosen ? 'true' : undefined },
        service.service,
      ),
      service.behaves ? undefined : h('small', { title: 'It shows in the APIs and never changes' }, ' still'),
    ),
    h('td', {}, drawTasks(row)),
    h('td', {}, h('code', {}, service.taskDefinition.split(':').at(-1))),
    h('td', {}, tasks.length === 0 ? '–' : ageText(now - oldest)),
    h('td', {}, drawDeployment(row)),
    h('td', {}, drawKnown(row)),
  );
}

/** One square a task: its colour is its state, and the words are for who does not see it. */
function drawTasks({ tasks, retiring, service: { running, desired } }: EstateRow): ReactNode {
  const old = retiring === 0 ? '' : `, ${retiring} old`;
  return [
    h(
      'span',
      { key: 'squares', className: 'squares', 'aria-hidden': true },
      tasks.slice(0, MOST_SQUARES).map(drawSquare),
    ),
    h('span', { key: 'count' }, ` ${running} of ${desired}${old}`),
  ];
}

const MOST_SQUARES = 24;

const drawSquare = (task: EstateTask): ReactNode =>
  h('i', {
    key: task.id,
    'data-key': task.id,
    className: `square ${stateOf(task)}`,
    title: `${task.id.slice(0, 8)}… ${stateOf(task)}`,
  });

export const stateOf = ({ status, isRetiring }: EstateTask): string =>
  status === 'RUNNING' && isRetiring ? 'retiring' : status.toLowerCase();

function drawDeployment({ underWay, service: { strategy } }: EstateRow): ReactNode {
  if (underWay === undefined) return h('small', {}, words(strategy));
  const { status, running, desired, failures } = underWay;
  const label = `${words(status)}: ${running} of ${desired} new`;
  return [
    h('progress', { key: 'bar', value: progressOf(underWay), max: 1, 'aria-label': label }),
    h('small', { key: 'words' }, label, failures > 0 ? `, ${failures} failed` : ''),
  ];
}

const drawKnown = ({ known }: EstateRow): ReactNode =>
  known
    .slice(0, 2)
    .map(({ id, kind, status }) =>
      h(
        'span',
        { key: id, className: `badge ${kind} ${status}` },
        `${kind === 'plan' ? 'plan: ' : ''}${words(status)}`,
      ),
    );

export const words = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, ' ');
