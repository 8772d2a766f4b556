import type { ActionsBlock, Button } from '@slack/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindOf, readButtonValue } from '../../shared/domain/chat/button.ts';
import type { AnnouncedRecord, Fingerprint } from '../../shared/domain/incident.ts';
import { BUTTONS_LIMIT } from '../../shared/render/button.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { aPlannedNotice, aRow, aSummary } from '../support/plan-summaries.ts';
import { anIncident } from '../support/records.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';
import { CASES } from './cases.ts';
import { CHAT_CASES } from './chat-cases.ts';
import { record } from './random-records.ts';

/** The buttons that do something; those that open a page have a URL. */
const buttonsIn = (any: AnnouncedRecord): readonly Button[] =>
  renderSlack(any, { hasChat: true })
    .blocks.filter((block): block is ActionsBlock => block.type === 'actions')
    .flatMap(({ elements }) => elements)
    .filter((element): element is Button => element.type === 'button' && element.url === undefined);

const ALL = { ...CASES, ...CHAT_CASES };

function buttonsOf(name: string): readonly Button[] {
  const any = ALL[name];
  if (any === undefined) throw new Error(`there is no case ${name}`);
  return buttonsIn(any);
}

describe.each(Object.entries(CHAT_CASES))('%s', (name, any) => {
  test('in Slack, where clicks are answered', async () => {
    const message = renderSlack(any, { hasChat: true });
    expect(slackLimitProblems(message, ['U0ADA', 'U0BOB'])).toEqual([]);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`../golden/chat/${name}.json`);
  });
});

describe('the buttons', () => {
  test.each([
    ['incident-open', ['Acknowledge', 'Mute…', 'Redeploy…']],
    ['incident-taken', ['Mute…', 'Redeploy…']],
    ['standalone-task', ['Acknowledge', 'Mute…']],
    ['deployment-in-trouble', ['Acknowledge', 'Mute…', 'Roll back…']],
    ['deployment-failed', ['Acknowledge', 'Mute…', 'Redeploy…']],
    ['deployment-rolls-back', ['Acknowledge', 'Mute…']],
    ['hook-waits', ['Continue', 'Roll back', 'Acknowledge', 'Mute…']],
    ['plan-to-approve', ['Approve plan', 'Object', 'Run now…', 'Approve some…', 'Change window…']],
    ['plan-for-one', ['Approve plan', 'Object', 'Run now…', 'Change window…']],
    ['plan-ready', ['Object', 'Run now…', 'Change window…']],
    ['plan-held', ['Approve plan', 'Run now…', 'Approve some…', 'Change window…']],
    ['plan-to-decide', ['Run now…', 'Hand over to AWS', 'Change window…']],
    ['plan-with-everything', ['Approve plan', 'Retry failed', 'Object', 'Run now…', 'Hand over to AWS']],
    ['plan-to-retry', ['Retry failed', 'Object', 'Run now…', 'Change window…']],
    ['plan-over', []],
    ['request-planned', ['Run now…', 'Leave as it is', 'Change window…']],
    ['storm', ['A message for each']],
  ])('of %s are %j', (name, labels) => {
    expect(buttonsOf(name).map(({ text }) => text.text)).toEqual(labels);
  });

  test.each([
    ['resolved'],
    ['closed-without-proof'],
    ['plan-over-and-not-done'],
    ['retirement-closed'],
    ['operational-issue'],
    ['storm-over'],
  ])('are none of what is over or leaves nothing to do: %s', (name) => {
    expect(buttonsOf(name)).toEqual([]);
  });

  test('that change ECS, or let go of it, ask before, and say what the click comes to', () => {
    const texts = Object.values(CHAT_CASES)
      .flatMap(buttonsIn)
      .flatMap(({ style, confirm }) => (style === 'danger' ? (confirm?.text.text ?? 'it does not ask') : []));
    expect([...new Set(texts)]).toEqual([
      'ECS stops the deployment of checkout:43 on harbor-prod/checkout and returns to checkout:42. You are shown which one before it is done.',
      'ECS ends the deployment of harbor-prod/checkout and returns to the service revision before it. Without an answer by 2026-11-21 12:05 UTC ECS does what the hook says, by default a rollback.',
      'Replaces tasks at once, whatever windows and freezes say. You choose next among 3 services; checks still hold back what is not safe.',
      'Replaces tasks at once, whatever windows and freezes say. You choose next among 1 service; checks still hold back what is not safe.',
      'Replaces tasks at once, whatever windows and freezes say. You choose next among 2 services; checks still hold back what is not safe.',
      'Gives up every service that needs a decision, 2. AWS replaces their tasks when it likes, from 2026-11-27 10:00 UTC on.',
      'Replaces tasks at once, whatever windows and freezes say. You choose next among 4 services; checks still hold back what is not safe.',
      'Gives up every service that needs a decision, 1. AWS replaces their tasks when it likes, from 2026-11-27 10:00 UTC on.',
      'Gives up every service that needs a decision, 1. Nothing replaces their tasks.',
    ]);
  });

  test.each([
    [
      'plan-to-approve',
      'Redeploys 3 services, 1 of which may get a new image. The next opening is nights, 2026-11-25 01:00 UTC to 2026-11-25 04:00 UTC. It takes 2 approvals; 0 are given.',
    ],
    [
      'plan-for-one',
      'Redeploys 1 service, with the images that run now. The next opening is nights, 2026-11-25 01:00 UTC to 2026-11-25 04:00 UTC.',
    ],
  ])('say what an approval comes to: %s', (name, text) => {
    const [approve] = buttonsOf(name);
    expect(approve?.confirm?.text.text).toBe(text);
  });
});

describe('whatever a record holds', () => {
  test('Slack accepts the message with its buttons, of which there are five at the most', () => {
    fc.assert(
      fc.property(record, (any) => {
        expect(slackLimitProblems(renderSlack(any, { hasChat: true }))).toEqual([]);
        expect(buttonsIn(any).length).toBeLessThanOrEqual(BUTTONS_LIMIT);
      }),
    );
  });

  test('a button is about this record as it is now', () => {
    fc.assert(
      fc.property(record, (any) => {
        for (const { value = '', action_id: id } of buttonsIn(any)) {
          const button = readButtonValue(value);
          expect(button).toMatchObject({ about: any.fingerprint, bind: bindOf(any) });
          expect(id).toMatch(new RegExp(`^(act|modal):${button?.action}$`));
        }
      }),
    );
  });

  test('without chat there is none', () => {
    fc.assert(
      fc.property(record, (any) => {
        const values = JSON.stringify(renderSlack(any).blocks).match(/"action_id":"[^"]*"/g) ?? [];
        expect(values.filter((id) => !id.startsWith('"action_id":"open-'))).toEqual([]);
      }),
    );
  });

  test('a record whose name is too long for a button has none, and is told all the same', () => {
    const long = anIncident({ fingerprint: `${'x'.repeat(2_000)}|incident#x` as Fingerprint });
    expect(buttonsIn(long)).toEqual([]);
    expect(renderSlack(long, { hasChat: true })).toEqual(renderSlack(long));
  });
});

describe('a message too full for its buttons', () => {
  const long = (index: number) => `service-with-a-long-name-${index}-of-the-harbor`;
  const rows = Array.from({ length: 30 }, (_, index) =>
    aRow(long(index), {
      status: index < 10 ? 'escalated' : index < 20 ? 'blocked' : 'ask',
      because: `${index} ${'word '.repeat(58)}`,
      choices: ['run-now', 'add-window', 'lift-freeze', 'hand-over'],
      asks: [`${index} asks: ${'word '.repeat(55)}`],
    }),
  );
  const tasks = rows.slice(0, 15).map(({ because }, index) => ({
    status: 'notify' as const,
    name: `batch/${long(index)}`,
    because,
  }));
  const plan = aSummary(rows, { tasks, counts: { escalated: 100, blocked: 100, ask: 100 }, leftOut: 270 });

  test('leaves out advice before anything else, and says so', () => {
    const message = renderSlack(aPlannedNotice(plan), { hasChat: true });
    const text = JSON.stringify(message);
    expect(slackLimitProblems(message)).toEqual([]);
    expect(text).toContain('what to do, for which there is no room beside the buttons');
    expect(text).toContain('act:approve');
    expect(text).toContain(long(0));
    expect(text).not.toContain('too long for one message');
  });

  test('then shows half of each list, and how much is left', () => {
    const notice = aPlannedNotice(plan);
    const wide = { ...notice, fingerprint: `${'x'.repeat(300)}|notice` as Fingerprint };
    const message = renderSlack(wide, { hasChat: true });
    const text = JSON.stringify(message);
    expect(slackLimitProblems(message)).toEqual([]);
    expect(text).toMatch(/… and \d+ more lines/);
    expect(text).toContain('act:approve');
    expect(text).not.toContain('too long for one message');
  });
});
