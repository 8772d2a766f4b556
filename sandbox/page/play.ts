import { createElement as h, type ReactNode } from 'react';
import type { Sandbox } from '../sandbox.ts';
import type { Recorded } from '../scenario/library.ts';
import { SCENARIOS } from '../scenario/scenarios.ts';
import { action } from './form.ts';

/** Scenarios, each with what to look for. */
export const drawScenarios = (): ReactNode =>
  h(
    'ul',
    { className: 'scenarios' },
    SCENARIOS.map(({ id, title, expectation }) =>
      h(
        'li',
        { key: id },
        action(`/scenarios/${id}`, title, { describedBy: `about-${id}` }),
        h('p', { id: `about-${id}` }, expectation),
      ),
    ),
  );

export const drawLibrary = (library: readonly Recorded[]): ReactNode =>
  [...Map.groupBy(library, ({ group }) => group)].map(([group, events]) =>
    h(
      'details',
      { key: group },
      h('summary', {}, `${GROUP_TITLES[group] ?? group} (${events.length})`),
      h(
        'ul',
        { className: 'events' },
        events.map(({ path, title }) => h('li', { key: path }, action(`/events/${path}`, title))),
      ),
    ),
  );

const GROUP_TITLES: Readonly<Record<string, string>> = {
  ecs: 'ECS events',
  health: 'AWS Health events',
  malformed: 'Malformed events',
};

const EXAMPLE = `{
  "source": "aws.ecs",
  "detail-type": "ECS Task State Change",
  "detail": { … }
}`;

/** For an event of one's own. */
export const drawCustomEvent = (): ReactNode =>
  h(
    'details',
    {},
    h('summary', {}, 'An event of your own'),
    h(
      'form',
      { method: 'post', action: '/event', className: 'custom' },
      h('label', { htmlFor: 'event' }, 'EventBridge event, JSON'),
      h('textarea', { id: 'event', name: 'event', rows: 10, placeholder: EXAMPLE, spellCheck: false }),
      h('button', { type: 'submit', className: 'primary' }, 'Put on the bus'),
    ),
  );

/** What can go wrong at the press of a button. */
export const drawTroubles = (
  { slackFault, functions }: Pick<Sandbox, 'slackFault' | 'functions'>,
  troubles: ReadonlySet<string>,
): ReactNode => {
  const isDown = slackFault() !== undefined;
  return [
    action(isDown ? '/slack/up' : '/slack/down', 'Slack is down', { pressed: isDown }),
    action('/trouble/database', 'DynamoDB throttles', { pressed: troubles.has('database') }),
    action('/trouble/ecs', 'ECS throttles', { pressed: troubles.has('ecs') }),
    action('/reconcile', 'Reconcile now'),
    ...functions.map((name) => action(`/kill/${name}`, `Kill ${name}`)),
  ];
};
