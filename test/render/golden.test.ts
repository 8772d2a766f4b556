import { describe, expect, test } from 'vitest';
import { renderNotification } from '../../shared/render/notification.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { renderText } from '../../shared/render/text.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';
import { CASES } from './cases.ts';

const golden = (name: string): string => `../golden/${name}`;

describe.each(Object.entries(CASES))('%s', (name, record) => {
  test('in Slack', async () => {
    const message = renderSlack(record);
    expect(slackLimitProblems(message)).toEqual([]);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(golden(`${name}.json`));
  });

  test('in SNS', async () => {
    const { subject, message, attributes } = renderNotification(record);
    const lines = Object.entries(attributes).map(([key, value]) => `${key}: ${value}`);
    await expect(`Subject: ${subject}\n${lines.join('\n')}\n\n${message}\n`).toMatchFileSnapshot(
      golden(`${name}.sns.txt`),
    );
  });

  test('in a terminal', async () => {
    await expect(`${renderText(record)}\n`).toMatchFileSnapshot(golden(`${name}.terminal.txt`));
  });
});
