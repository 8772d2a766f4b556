import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import {
  anAllowance,
  anImage,
  anOpening,
  aService,
  DEADLINE,
  DELIVERED,
  night,
  OTHER_DIGEST,
  tasks,
} from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = (overrides: Partial<Allowance> = {}) => ({ allowance: anAllowance({ mode: 'auto', ...overrides }) });

describe('a replacement', () => {
  it('waits for the window and for an approval, runs once, and is done when it is proved', () => {
    const play = aPlay([aPlayedService()]);
    play.run(DELIVERED, OPENS - 1, hours(1));
    play.approve(OPENS - hours(1));
    expect([play.stages(), play.deploys()]).toEqual([{ checkout: 'waiting' }, []]);
    play.run(OPENS, OPENS + hours(1));
    expect(play.deploys()).toEqual([{ at: OPENS + minutes(1), service: 'checkout' }]);
    const { stage } = play.service().run;
    expect(stage).toMatchObject({
      kind: 'ended',
      end: 'done',
      because: 'None of 4 tasks is older than 2026-11-17 02:10 UTC; all were well for 5 min.',
      proof: { old: 0, running: 4, desired: 4, deployment: 'ecs-svc/1', changes: [], took: minutes(16) },
    });
    expect(play.stage.locks.every(({ expiresAt }) => expiresAt <= OPENS + hours(1))).toBe(true);
  });

  it('does not start without an approval, and says of each opening that it was missed', () => {
    const play = aPlay([aPlayedService()]);
    play.run(DELIVERED, DEADLINE - days(3), minutes(10));
    expect(play.deploys()).toEqual([]);
    expect(
      play
        .news()
        .filter(({ kind }) => kind === 'missed')
        .map(({ text, audience }) => [text, audience]),
    ).toEqual([
      [
        'harbor-prod/checkout: The opening of 2026-11-18 22:00 UTC was missed. 0 of 1 approvals are given. The next opens 2026-11-19 22:00 UTC.',
        'channel',
      ],
      [
        'harbor-prod/checkout: The opening of 2026-11-19 22:00 UTC was missed. 0 of 1 approvals are given. The next opens 2026-11-20 22:00 UTC.',
        'channel',
      ],
      [
        'harbor-prod/checkout: The opening of 2026-11-20 22:00 UTC was missed. 0 of 1 approvals are given. No opening is left.',
        'owners',
      ],
    ]);
  });

  it('in mode veto starts by itself, unless somebody objects', () => {
    const mode = { allowance: anAllowance({ mode: 'veto' }) };
    const [calm, stopped] = [aPlay([aPlayedService(mode)]), aPlay([aPlayedService(mode)])];
    stopped.veto(DELIVERED);
    for (const play of [calm, stopped]) play.run(OPENS, OPENS + minutes(5));
    expect([calm.deploys().length, stopped.deploys().length]).toEqual([1, 0]);
  });

  it('says loudly that an image has changed, although it is done', () => {
    const moved = found([{ ...anImage, isFixed: true, digest: OTHER_DIGEST }]);
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(5));
    const { look } = play.stage.ecs;
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, images: moved } : one)),
    };
    play.run(OPENS + minutes(6), OPENS + hours(1));
    const [ended] = play.news().filter(({ kind }) => kind === 'ended');
    expect(ended).toMatchObject({
      audience: 'channel',
      text: expect.stringContaining(`The image of app is now ${OTHER_DIGEST}`),
    });
  });

  it('goes through CodeDeploy where that deploys the service, there and back', () => {
    const codeDeploy = { application: 'harbor', group: 'checkout', appSpec: '{}' };
    const openings = [anOpening(OPENS, minutes(45))];
    const facts = {
      ...auto({ overrun: 'rollback', openings }),
      controller: 'CODE_DEPLOY',
      codeDeploy: found(codeDeploy),
    };
    const play = aPlay([aPlayedService(facts, { takes: minutes(55) })]);
    const steps = Array.from({ length: 50 }, (_, minute) => play.look(OPENS + minutes(minute)).steps).flat();
    const changing = steps.filter(({ kind }) => kind === 'deploy' || kind === 'roll-back');
    expect(changing).toMatchObject([
      { kind: 'deploy', through: codeDeploy },
      { kind: 'roll-back', through: codeDeploy, deployment: 'ecs-svc/1' },
    ]);
  });

  it('is skipped when the team deploys before the window', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.ecs.deploy(aService(), OPENS - hours(2), 'checkout:43');
    play.run(OPENS - hours(1), OPENS);
    expect([play.stages(), play.deploys()]).toEqual([{ checkout: 'skipped' }, []]);
  });

  it('does not start while somebody else deploys, and says so once', () => {
    const play = aPlay([aPlayedService(auto(), { takes: hours(9) })]);
    play.ecs.deploy(aService(), OPENS - minutes(1));
    play.run(OPENS, OPENS + hours(2));
    expect(play.deploys()).toEqual([]);
    expect(play.news().filter(({ kind }) => kind === 'held')).toHaveLength(1);
  });

  it("is overtaken by somebody's release, and not repeated", () => {
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(5));
    play.ecs.deploy(aService(), OPENS + minutes(6), 'checkout:43');
    play.run(OPENS + minutes(6), OPENS + hours(1));
    expect([play.stages(), play.deploys().length]).toEqual([{ checkout: 'superseded' }, 1]);
  });

  it.each([
    ['rolled-back', 'ECS returned to the deployment before.'],
    ['failed', 'The deployment is STOPPED.'],
  ] as const)('that is %s waits for the next opening and for somebody who agrees anew', (ends, because) => {
    const play = aPlay([aPlayedService(auto(), { ends })]);
    play.run(OPENS, OPENS + hours(30), minutes(2));
    expect(play.deploys()).toHaveLength(1);
    const [failure] = play.news().filter(({ kind }) => kind === 'attempt-failed');
    expect(failure?.text).toBe(
      `harbor-prod/checkout: ${ends}. ${because} 2 of 4 tasks are still on the old revision and wait for the next opening.`,
    );
    play.approve(OPENS + hours(30));
    play.run(night(20), night(20) + minutes(5));
    expect(play.deploys()).toHaveLength(2);
  });

  it('is given up when ECS never ends it', () => {
    const play = aPlay([aPlayedService(auto(), { ends: 'never' })]);
    play.run(OPENS, OPENS + hours(2));
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'The deployment is not over after 60 min.',
    );
  });

  it.each([
    ['finish', 'done'],
    ['rollback', 'rolled-back'],
  ] as const)('that outlasts its window: %s', (overrun, end) => {
    const openings = [anOpening(OPENS, minutes(45))];
    const play = aPlay([aPlayedService(auto({ overrun, openings }), { takes: minutes(55) })]);
    play.run(OPENS, OPENS + minutes(50));
    expect(play.news().filter(({ kind }) => kind === 'overran')).toHaveLength(1);
    play.run(OPENS + minutes(51), OPENS + hours(2));
    expect(play.service().run.last?.end).toBe(end);
  });

  it('is no success while old tasks are left, whatever ECS calls it', () => {
    const play = aPlay([aPlayedService(auto())]);
    const { look } = play.ecs;
    play.stage.ecs = {
      ...play.ecs,
      look: (now) => look(now).map((one) => (one.status === 'active' ? { ...one, tasks: tasks(1, 3) } : one)),
    };
    play.run(OPENS, OPENS + hours(2));
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'ECS calls the deployment a success, but 1 of 4 tasks are still old.',
    );
  });

  it('ends when the service is deleted', () => {
    const play = aPlay([aPlayedService(auto())]);
    play.run(OPENS, OPENS + minutes(3));
    play.stage.ecs = {
      ...play.ecs,
      look: () => [{ status: 'gone', at: aService(), because: 'ECS has no such service.' }],
    };
    play.look(OPENS + minutes(4));
    expect(play.stages()).toEqual({ checkout: 'skipped' });
  });
});
