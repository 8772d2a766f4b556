import { createElement as h, type ReactNode } from 'react';
import type { Coming } from '../calendar/agenda.ts';
import { clockText, offsetText, wallText } from '../calendar/days.ts';
import { action } from '../form.ts';
import type { Job } from './jobs.ts';
import { FAST, type Speed } from './pace.ts';

export interface ClockFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly zone: string;
  readonly zones: readonly string[];
  readonly speed: Speed;
  readonly agenda: readonly Coming[];
  readonly isBusy: boolean;
}

export const drawClock = (facts: ClockFacts): ReactNode => [drawTime(facts), drawSpeeds(facts), drawJumps(facts)];

const drawTime = ({ now, zone, zones }: ClockFacts): ReactNode =>
  h(
    'div',
    { key: 'time', className: 'time' },
    h(
      'time',
      { dateTime: new Date(now).toISOString(), 'data-shown': 'as is' },
      h('b', {}, clockText(now, zone)),
      ' ',
      h('span', {}, wallText(now, zone).slice(0, 10)),
    ),
    h(
      'form',
      { method: 'get', action: '/', className: 'zone' },
      h('label', { className: 'hidden', htmlFor: 'zone' }, 'Time zone'),
      h(
        'select',
        { id: 'zone', name: 'zone', defaultValue: zone },
        zones.map((name) => h('option', { key: name, value: name }, `${name} ${offsetText(now, name)}`)),
      ),
      h('button', { type: 'submit', className: 'plain' }, 'Show'),
    ),
  );

const SPEEDS: readonly (readonly [Speed, string, string, string])[] = [
  ['held', 'Pause', 'Pause the clock', 'p'],
  ['real', '×1', '×1: the clock runs as real time does', 'r'],
  ['fast', `×${FAST}`, `×${FAST}: a minute every second, with every scheduled run`, 'f'],
];

const drawSpeeds = ({ speed }: ClockFacts): ReactNode =>
  h(
    'div',
    { key: 'speeds', role: 'group', 'aria-label': 'Speed of the clock', className: 'joined' },
    SPEEDS.map(([name, label, words, shortcut]) =>
      action(`/clock/${name}`, label, { pressed: name === speed, name: words, shortcut }),
    ),
  );

function drawJumps({ agenda, zone, isBusy }: ClockFacts): ReactNode {
  const opening = agenda.find(({ isOpening }) => isOpening);
  const [next] = agenda;
  return h(
    'div',
    { key: 'jumps', role: 'group', 'aria-label': 'Jump ahead', className: 'jumps' },
    action('/jump/hour', '+1 h', { disabled: isBusy, shortcut: 'h' }),
    action('/jump/day', '+1 day', { disabled: isBusy, shortcut: 'd' }),
    action('/jump/opening', 'Next opening', { disabled: isBusy || opening === undefined, shortcut: 'o' }),
    action('/jump/next', 'Next event', { disabled: isBusy || next === undefined, shortcut: 'n' }),
    h('small', {}, next === undefined ? 'Nothing is scheduled.' : `Next: ${wallText(next.at, zone)}, ${next.what}`),
  );
}

/** What is under way, with a way to end it. */
export const drawJob = (job: Job | undefined, failure: string | undefined): ReactNode => [
  job === undefined
    ? undefined
    : h(
        'div',
        { key: 'job', className: 'job' },
        h('label', { htmlFor: 'job-progress' }, job.isStopping ? `Stopping: ${job.title}` : job.title),
        h('progress', { id: 'job-progress', value: job.done, max: job.done === undefined ? undefined : 1 }),
        action('/stop', 'Stop', { disabled: job.isStopping, shortcut: 'x' }),
      ),
  failure === undefined ? undefined : h('p', { key: 'failure', className: 'failure', role: 'alert' }, failure),
];
