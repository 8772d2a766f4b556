import { describe, expect, test } from 'vitest';
import type { Notice } from '../../shared/domain/incident.ts';
import type { PlanSummary } from '../../shared/domain/plan/telling/summary.ts';
import type { TaskStatus } from '../../shared/domain/plan/telling/task-row.ts';
import { noticeCard } from '../../shared/render/notice-card.ts';
import { phraseText } from '../../shared/render/plain.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import {
  AWS_BEGINS,
  anEndedRow,
  anEscalatedRow,
  aPlannedNotice,
  aRequest,
  aRow,
  aSummary,
  SLOT,
} from '../support/plan-summaries.ts';
import { anAffectedService, anAffectedTask } from '../support/records.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';

const cardOf = (plan: PlanSummary, overrides: Partial<Notice> = {}) => noticeCard(aPlannedNotice(plan, overrides));
const leadOf = (plan: PlanSummary) => phraseText(cardOf(plan).lead);
const headlineOf = (plan: PlanSummary, overrides: Partial<Notice> = {}) => {
  const { icon, headline } = cardOf(plan, overrides);
  return `${icon} ${headline.join(' · ')}`;
};

const ask = (service: string) => aRow(service, { status: 'ask' });
const task = (status: TaskStatus, name = 'batch/68f1') => ({ name, status, because: 'Somebody started it.' });
const RUN_NOW = { windows: ['run now'], opens: SLOT.opens, closes: SLOT.closes, cutoff: SLOT.cutoff };

describe('the headline', () => {
  test.each<[string, string, string]>([
    [
      'of what is to come counts what AWS names and says when it starts',
      headlineOf(aSummary([ask('checkout'), ask('ledger')])),
      '🛠 Fargate retirement · 2 services · AWS starts Fri 27 Nov 10:00 UTC',
    ],
    [
      'calls for a decision where nothing happens without one',
      headlineOf(aSummary([anEscalatedRow('checkout'), ask('ledger')])),
      '🚨 Fargate retirement · 2 services · 1 needs a decision · AWS starts Fri 27 Nov 10:00 UTC',
    ],
    [
      'of a window that is used says how far it is and when it closes',
      headlineOf(
        aSummary([aRow('checkout', { status: 'running' }), anEndedRow('ledger', 'done')], { phase: 'under-way' }),
      ),
      '▶️ 1/2 done, 1 running, 0 failed · Fargate retirement · closes Wed 25 Nov 04:00 UTC',
    ],
    [
      'between two windows says when the next one opens',
      headlineOf(
        aSummary([aRow('checkout', { status: 'failed' }), anEndedRow('ledger', 'done')], { phase: 'under-way' }),
      ),
      '▶️ 1/2 done, 0 running, 1 failed · Fargate retirement · window Wed 25 Nov 01:00 UTC',
    ],
    [
      'of what somebody ordered names no window',
      headlineOf(aSummary([aRow('checkout', { status: 'running' })], { phase: 'under-way', slot: RUN_NOW })),
      '▶️ 0/1 done, 1 running, 0 failed · Fargate retirement · ordered to run now',
    ],
    [
      'does not count what needs nothing',
      headlineOf(
        aSummary(
          [aRow('checkout', { status: 'running' }), anEndedRow('ledger', 'skipped'), anEndedRow('search', 'gone')],
          {
            phase: 'under-way',
          },
        ),
      ),
      '▶️ 0/1 done, 1 running, 0 failed · Fargate retirement · closes Wed 25 Nov 04:00 UTC',
    ],
    [
      'of what is over says what came of it',
      headlineOf(aSummary([anEndedRow('checkout', 'rolled-back'), anEndedRow('ledger', 'done')], { phase: 'over' })),
      '✅ Fargate retirement finished · 1 done, 1 rolled back · 0 old tasks left',
    ],
    [
      'is no success where something failed',
      headlineOf(aSummary([anEndedRow('checkout', 'failed')], { phase: 'over' })),
      '⚠️ Fargate retirement finished · 0 done, 1 failed · 0 old tasks left',
    ],
    [
      'is no success where something old is left',
      headlineOf(aSummary([anEndedRow('checkout', 'escalated', { old: 1 })], { phase: 'over' })),
      '⚠️ Fargate retirement finished · 0 done, 1 not replaced · 1 old task left',
    ],
    [
      'of standalone tasks alone counts them',
      headlineOf(
        aSummary([], { phase: 'under-way', tasks: [task('running'), task('done', 'batch/6267')], slot: SLOT }),
        { entities: [anAffectedTask('68f1'), anAffectedTask('6267')] },
      ),
      '▶️ 1 of 2 standalone tasks replaced, 1 running, 0 failed · Fargate retirement · closes Wed 25 Nov 04:00 UTC',
    ],
    [
      'of standalone tasks that are over says no more than that',
      headlineOf(aSummary([], { phase: 'over', tasks: [task('gone')] }), { entities: [anAffectedTask('68f1')] }),
      '✅ Fargate retirement · 1 standalone task · over',
    ],
  ])('%s', (_, headline, expected) => expect(headline).toBe(expected));
});

describe('the first paragraph', () => {
  const nothingRuns = 'Nothing runs before approval.';

  test.each<[string, PlanSummary, boolean]>([
    ['is said where everything waits for one', aSummary([ask('checkout'), ask('ledger')]), true],
    ['is not said where something is ready without', aSummary([ask('checkout'), aRow('ledger')]), false],
    [
      'is not said where the last opening is used all the same',
      aSummary([ask('checkout')], { votes: { given: [], needed: 1, against: [], orLastOpening: true } }),
      false,
    ],
    ['is not said where something has begun', aSummary([ask('checkout')], { phase: 'under-way' }), false],
  ])(`"${nothingRuns}" %s`, (_, plan, isSaid) => expect(leadOf(plan).includes(nothingRuns)).toBe(isSaid));

  test('names who objects, and says what that means', () => {
    const votes = { given: ['ada'], needed: 2, against: ['bob', 'eve'] };
    expect(leadOf(aSummary([ask('checkout')], { votes }))).toContain(
      'bob, eve objected: nothing more starts until they approve.',
    );
  });

  test('does not promise that AWS does what somebody asked for', () => {
    const plan = aSummary([anEscalatedRow('checkout')], { occasion: 'request' });
    const card = noticeCard(aRequest({ plan }));
    const { groups: _, ...own } = card;
    expect(JSON.stringify(own)).not.toContain('AWS');
    expect(phraseText(card.lead)).toContain('without one, nothing replaces the tasks.');
  });

  test('says of a task that cannot be started again that it cannot', () => {
    expect(leadOf(aSummary([], { tasks: [task('pressing')] }))).toContain(
      '1 standalone task was to be started again and cannot be.',
    );
  });
});

describe('the services', () => {
  const textsOf = (plan: PlanSummary, title: string) =>
    cardOf(plan)
      .groups.filter((group) => group.title === title)
      .flatMap(({ entries }) => entries.map(({ term, text }) => `${term ?? ''} ${text}`));

  test('are counted where they have no line, by where they stand', () => {
    const rows = Array.from({ length: 25 }, (_, index) => ask(`service-${index}`));
    const lines = textsOf(aSummary(rows, { counts: { ask: 40, skipped: 3 }, leftOut: 18 }), 'Services');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… 23 more (20 to be approved, 3 nothing to do)');
  });

  test('that share a reason share its line', () => {
    const plan = aSummary([anEscalatedRow('checkout'), anEscalatedRow('ledger')]);
    const [line, ...others] = textsOf(plan, 'Why');
    expect(others).toEqual([]);
    expect(line).toMatch(/^harbor-prod\/checkout, harbor-prod\/ledger: No maintenance window/);
  });

  test('have a line for each question that an approval answers', () => {
    const plan = aSummary([aRow('checkout', { status: 'ask', asks: ['The image moved.', 'A hook pauses.'] })]);
    expect(textsOf(plan, 'Why, and what an approval agrees to')).toEqual([
      'harbor-prod/checkout: The image moved.',
      'harbor-prod/checkout: A hook pauses.',
    ]);
  });

  test('that are done are told of when they are not as they were', () => {
    const plan = aSummary([anEndedRow('checkout', 'done', { changes: ['The image of app is another.'] })], {
      phase: 'over',
    });
    expect(textsOf(plan, 'Worth a look')).toEqual(['harbor-prod/checkout: The image of app is another.']);
  });
});

describe('what to do', () => {
  const commandsOf = (plan: PlanSummary): readonly string[] =>
    cardOf(plan)
      .steps.join('\n')
      .match(/slackwater [a-z]+( [a-z-]+)?/g)
      ?.map((command) => command.replace(/^slackwater (plan )?/, '')) ?? [];

  test.each<[string, PlanSummary, readonly string[]]>([
    [
      'what waits for approval can be approved or objected to',
      aSummary([ask('checkout')]),
      ['approve', 'object', 'show'],
    ],
    [
      'what would release another image can be replaced with the same one',
      aSummary([aRow('checkout', { status: 'ask', asks: ['The image moved.'] })]),
      ['approve', 'pin', 'object', 'show'],
    ],
    ['what is ready can be objected to', aSummary([aRow('checkout')]), ['object', 'show']],
    [
      'what has no opening can be run now or left',
      aSummary([anEscalatedRow('checkout')]),
      ['run-now', 'hand-over', 'show'],
    ],
    [
      'a freeze can be lifted where it may be',
      aSummary([aRow('checkout', { status: 'escalated', choices: ['run-now', 'lift-freeze', 'hand-over'] })]),
      ['run-now', 'lift-freeze', 'hand-over', 'show'],
    ],
    [
      'what is objected to can be approved',
      aSummary([aRow('checkout', { status: 'ask' })], { votes: { given: [], needed: 1, against: ['bob'] } }),
      ['approve', 'show'],
    ],
    ['what is over and well needs nobody', aSummary([anEndedRow('checkout', 'done')], { phase: 'over' }), []],
    [
      'what is over and not done can be asked for anew',
      aSummary([anEndedRow('checkout', 'escalated', { old: 2 })], { phase: 'over' }),
      ['redeploy', 'show'],
    ],
  ])('%s', (_, plan, commands) => expect(commandsOf(plan)).toEqual(commands));

  test('what binds to what was shown names its hash', () => {
    const { steps, footer } = cardOf(aSummary([ask('checkout'), anEscalatedRow('ledger')]));
    const binding = steps.filter((step) => /plan (approve|run-now) /.test(step));
    expect(binding).toHaveLength(2);
    expect(binding.every((step) => step.includes('--hash 8e2b71c0aa'))).toBe(true);
    expect(footer).toEqual(
      expect.arrayContaining(['hash 8e2b71c0aa', 'votes 0/2', 'account 111122223333', 'eu-west-1']),
    );
  });
});

test('nothing has to be left out of a message for hundreds of services in trouble with long names', () => {
  const name = (index: number) => `service-with-a-long-name-${index}-of-the-harbor`;
  const rows = Array.from({ length: 30 }, (_, index) =>
    aRow(name(index), {
      status: index < 10 ? 'escalated' : index < 20 ? 'blocked' : 'ask',
      because: `${index} ${'word '.repeat(58)}`,
      choices: ['run-now', 'add-window', 'lift-freeze', 'hand-over'],
      asks: [`${index} asks: ${'word '.repeat(55)}`],
    }),
  );
  const tasks = Array.from({ length: 15 }, (_, index) => ({
    ...task('notify', `batch/${name(index)}`),
    because: rows[index]?.because ?? '',
  }));
  const plan = aSummary(rows, { tasks, counts: { escalated: 100, blocked: 100, ask: 100 }, leftOut: 270 });
  const message = renderSlack(aPlannedNotice(plan));
  expect(slackLimitProblems(message)).toEqual([]);
  expect(JSON.stringify(message)).not.toContain('too long for one message');
});

test('a notice that is looked at little by little says how far that is', () => {
  const entities = Array.from({ length: 90 }, (_, index) => anAffectedService(`service-${index}`));
  expect(cardOf(aSummary([ask('checkout')]), { entities }).facts).toContainEqual({
    label: 'Looked at',
    value: ['1 of 90 services so far'],
  });
});

test('that AWS closed the notice is a fact beside the plan', () => {
  const { facts } = cardOf(aSummary([ask('checkout')]), { phase: 'closed', endsAt: AWS_BEGINS });
  expect(facts.map(({ label, value }) => `${label}: ${phraseText(value)}`)).toContain(
    'Notice: AWS closed this notice, 2026-11-27 10:00 UTC.',
  );
});

test('a request that nobody has looked at says who asked, and why', () => {
  const { headline, lead } = noticeCard(aRequest());
  expect(headline).toEqual(['Redeployment asked for by ada', '2 services']);
  expect(phraseText(lead)).toBe(
    'ada asked for new tasks after a secret was rotated: the key of the payment provider changed. The plan for it follows within minutes.',
  );
});
