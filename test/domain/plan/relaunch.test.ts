import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import { isOver } from '../../../shared/domain/plan/plan.ts';
import type { StandaloneTask } from '../../../shared/domain/plan/situation.ts';
import type { StepOutcome } from '../../../shared/domain/plan/step.ts';
import { RELAUNCH_TAG } from '../../../shared/domain/plan/tasks/standalone.ts';
import { nextTaskLook } from '../../../shared/domain/plan/tasks/task-attention.ts';
import { aLaunch, anAllowance, anOpening, DEADLINE, DELIVERED, night } from '../../support/plans.ts';
import { aPlay } from '../../support/play.ts';

const OPENS = night(18);
const TASK = aLaunch().taskId;
type Order = 'start-then-stop' | 'stop-then-start';

const aTask = (order: string, overrides: Partial<NonNullable<StandaloneTask['task']>> = {}): StandaloneTask => ({
  taskId: TASK,
  cluster: aLaunch().cluster,
  task: {
    lastStatus: 'RUNNING',
    group: 'family:report',
    tags: { [RELAUNCH_TAG]: order },
    allowance: anAllowance(),
    launch: found(aLaunch()),
    ...overrides,
  },
});

const playing = (...task: Parameters<typeof aTask>) => aPlay([], {}, { standalone: [aTask(...task)] });
const runOf = (play: ReturnType<typeof playing>) => play.stage.plan.tasks[0]?.run;
const saying = (play: ReturnType<typeof playing>, outcome: StepOutcome, from: number, to: number): void => {
  for (let minute = from; minute <= to; minute++) {
    play.look(OPENS + minutes(minute));
    play.stage.outcomes = { [TASK]: outcome };
  }
};

describe('a task that is started again', () => {
  it.each<[Order, readonly (readonly [number, string, string])[]]>([
    [
      'start-then-stop',
      [
        [0, 'run-task', TASK],
        [2, 'stop-task', TASK],
      ],
    ],
    [
      'stop-then-start',
      [
        [0, 'stop-task', TASK],
        [1, 'run-task', TASK],
      ],
    ],
  ])('%s: one step after the other, in its window, once', (order, steps) => {
    const play = playing(order);
    play.run(DELIVERED, OPENS - 1, hours(1));
    play.run(OPENS, OPENS + minutes(10));
    expect(play.steps(OPENS).map(([minute, kind]) => [minute, kind, TASK])).toEqual(steps);
    expect([runOf(play), isOver(play.stage.plan)]).toMatchObject([
      { kind: 'ended', end: 'done', because: `${TASK}-copy runs in its place.` },
      true,
    ]);
  });

  it('is stopped only when the copy is healthy, and not at all when that never comes', () => {
    const play = playing('start-then-stop');
    const { look } = play.stage.tasks;
    play.stage.tasks = {
      ...play.stage.tasks,
      look: (now) =>
        look(now).map((one) => (one.copy ? { ...one, copy: { ...one.copy, healthStatus: 'UNKNOWN' } } : one)),
    };
    play.run(OPENS, OPENS + hours(2));
    expect(play.steps(OPENS).map(([, kind]) => kind)).toEqual(['run-task']);
    expect(play.news().find(({ kind }) => kind === 'ended')).toMatchObject({
      audience: 'owners',
      text: expect.stringContaining('does not become well. Nothing more is done about it.'),
    });
  });

  it.each<[string, Partial<NonNullable<StandaloneTask['task']>>]>([
    ['outside of its windows', { allowance: anAllowance({ openings: [anOpening(night(20))] }) }],
    ['in mode notify', { allowance: anAllowance({ mode: 'notify' }) }],
    ['where it ends by itself before', { startedAt: DELIVERED, usualRun: days(2) }],
  ])('is left alone %s', (_, overrides) => {
    const play = playing('start-then-stop', overrides);
    play.run(OPENS, OPENS + hours(1));
    expect(play.steps(OPENS)).toEqual([]);
  });

  it('is left alone while somebody objects', () => {
    const play = playing('stop-then-start');
    play.veto(OPENS);
    play.run(OPENS, OPENS + hours(1));
    expect(play.steps(OPENS)).toEqual([]);
  });

  it('is not stopped where its copy is refused, which its owners hear', () => {
    const play = playing('start-then-stop');
    play.stage.tasks = { ...play.stage.tasks, run: () => undefined };
    saying(play, { status: 'failed', because: 'ecs:RunTask is not allowed.', retryable: false }, 0, 3);
    expect(play.steps(OPENS).map(([, kind]) => kind)).toEqual(['run-task']);
    expect(play.news().find(({ kind }) => kind === 'ended')).toMatchObject({
      audience: 'owners',
      text: `harbor-batch/${TASK}: failed. ecs:RunTask is not allowed. Nothing more is done about it.`,
    });
  });

  it('wakes somebody where it was stopped and its copy never comes', () => {
    const play = playing('stop-then-start');
    play.stage.tasks = { ...play.stage.tasks, run: () => undefined };
    saying(play, { status: 'failed', because: 'No capacity.', retryable: true }, 0, 20);
    expect(play.steps(OPENS).filter(([, kind]) => kind === 'run-task')).toHaveLength(5);
    expect(play.news().find(({ kind }) => kind === 'ended')).toMatchObject({
      audience: 'page',
      text: expect.stringContaining('No capacity. It does not run any more, and nothing runs in its place.'),
    });
  });

  it('is not begun after the window by a step that was lost', () => {
    const openings = [anOpening(OPENS, minutes(45))];
    const play = playing('stop-then-start', { allowance: anAllowance({ openings }) });
    play.stage.tasks = { ...play.stage.tasks, stop: () => undefined };
    play.run(OPENS + minutes(14), OPENS + hours(1));
    expect([play.steps(OPENS).map(([minute]) => minute), runOf(play)?.kind]).toEqual([[14], 'waiting']);
  });

  it('shows nobody what it is started with', () => {
    const play = playing('stop-then-start');
    play.run(OPENS, OPENS + minutes(1));
    expect(JSON.stringify(play.stage.plan)).toContain('hush');
    play.run(OPENS + minutes(2), OPENS + minutes(10));
    expect(JSON.stringify([play.stage.plan, play.news()])).not.toContain('hush');
  });
});

describe('a task that nobody starts again', () => {
  it('is told of, reminded of twice, and ends when AWS has stopped it', () => {
    const play = playing('');
    play.run(DELIVERED, DEADLINE + hours(3), hours(1));
    expect(play.news().map(({ kind, audience }) => [kind, audience])).toEqual([
      ['reminder', 'owners'],
      ['reminder', 'page'],
      ['ended', 'thread'],
    ]);
    expect(runOf(play)).toMatchObject({ end: 'handed-over' });
  });

  it('is told of loudly where its tag counts on an opening and none is left', () => {
    const late = playing('start-then-stop', { allowance: anAllowance({ openings: [anOpening(night(17))] }) });
    late.veto(DELIVERED);
    late.run(DELIVERED, night(18), hours(1));
    expect(late.news().filter(({ audience }) => audience === 'owners')).toMatchObject([
      { kind: 'verdict', text: expect.stringContaining('no opening is left') },
    ]);
  });

  it('ends in escalation when it still runs, or cannot be seen, two days after', () => {
    for (const state of [aTask(''), { taskId: TASK, unread: 'ECS did not answer.' }]) {
      const play = playing('');
      play.stage.tasks = { ...play.stage.tasks, look: () => [state] };
      play.run(DEADLINE, DEADLINE + days(2) + hours(1), hours(1));
      expect(runOf(play)).toMatchObject({ end: 'escalated' });
    }
  });
});

describe('when a task is to be looked at', () => {
  it('is its opening, and every run while something is done about it', () => {
    const play = playing('stop-then-start');
    const next = (now: number) => play.stage.plan.tasks.map((task) => nextTaskLook(task, now));
    expect(next(DELIVERED)).toEqual([OPENS]);
    expect(next(OPENS)).toEqual([OPENS + seconds(30)]);
    play.look(OPENS);
    expect(next(OPENS + hours(9))).toEqual([OPENS + hours(9) + seconds(30)]);
    play.run(OPENS + minutes(1), OPENS + minutes(9));
    expect(next(OPENS + hours(1))).toEqual([undefined]);
  });
});
