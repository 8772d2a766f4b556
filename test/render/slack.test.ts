import { expect, test } from 'vitest';
import { renderSlack } from '../../shared/render/slack.ts';
import { anIncident } from '../support/records.ts';

test('those who are mentioned stand in the first paragraph, each once, and nothing else is a mention', () => {
  const mentions = ['S0123', 'U0123', 'U0123', '<!channel>', 'here', 'C0123ABCD', 'U0123> <!here'];
  const [, called] = renderSlack(anIncident(), { mentions }).blocks;
  expect(called).toEqual({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'usergroup', usergroup_id: 'S0123' },
          { type: 'text', text: ' ' },
          { type: 'user', user_id: 'U0123' },
        ],
      },
    ],
  });
});

test('nobody is mentioned where no id is one', () => {
  expect(renderSlack(anIncident(), { mentions: ['everyone'] })).toEqual(renderSlack(anIncident()));
});
