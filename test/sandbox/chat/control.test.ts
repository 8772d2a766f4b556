import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { answered, findControl, initialOf } from '../../../sandbox/chat/control.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ value, text: plain(`${value}!`) });

const BLOCKS: readonly KnownBlock[] = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'act:go', text: plain('Go'), value: 'v' }] },
  {
    type: 'input',
    block_id: 'own',
    label: plain('Which'),
    element: {
      type: 'multi_static_select',
      action_id: 'which',
      options: [option('a'), option('b')],
      initial_options: [option('b')],
    },
  },
  {
    type: 'input',
    optional: true,
    label: plain('When'),
    element: { type: 'radio_buttons', action_id: 'when', options: [option('now')], initial_option: option('now') },
  },
  {
    type: 'input',
    label: plain('Until'),
    element: { type: 'datetimepicker', action_id: 'until', initial_date_time: 60 },
  },
  { type: 'input', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } },
];

describe('a control', () => {
  it.each([['act:go'], ['Go']])('is found by its action id or its label: %s', (name) => {
    expect(findControl(BLOCKS, name)).toMatchObject({ blockId: 'b0', actionId: 'act:go', label: 'Go' });
  });

  it('that is not there is told with those that are', () => {
    expect(() => findControl(BLOCKS, 'Stop')).toThrow('there is no Stop, only: Go, Which, When, Until, Why');
  });

  it.each([
    ['which', ['b']],
    ['when', ['now']],
    ['until', ['60']],
    ['why', []],
  ])('begins with what its element says: %s', (name, values) => {
    expect(initialOf(findControl(BLOCKS, name))).toEqual(values);
  });

  it.each([
    ['act:go', [], { type: 'button', value: 'v', text: plain('Go') }],
    ['which', ['a', 'b!'], { type: 'multi_static_select', selected_options: [option('a'), option('b')] }],
    ['when', ['now'], { type: 'radio_buttons', selected_option: option('now') }],
    ['when', [], { type: 'radio_buttons', selected_option: null }],
    ['until', ['120'], { type: 'datetimepicker', selected_date_time: 120 }],
    ['why', ['so'], { type: 'plain_text_input', value: 'so' }],
    ['why', [], { type: 'plain_text_input', value: null }],
  ])('answers as Slack does: %s with %j', (name, values, expected) => {
    expect(answered(findControl(BLOCKS, name), values)).toEqual(expected);
  });

  it('has no other options than its own', () => {
    expect(() => answered(findControl(BLOCKS, 'which'), ['c'])).toThrow('Which has no c, only: a!, b!');
  });
});
