import { describe, expect, it } from 'vitest';
import { found, missing } from '../../../shared/domain/facts.ts';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { serviceArn } from '../../../shared/domain/place.ts';
import type { Plan } from '../../../shared/domain/plan/plan.ts';
import { nextSteps, type Observed } from '../../../shared/domain/plan/run/next-steps.ts';
import type { ActiveService, ServiceSituation } from '../../../shared/domain/plan/situation.ts';
import { DEFAULT_RUN_CONFIG, type StepOutcome } from '../../../shared/domain/plan/step.ts';
import {
  aNotice,
  anAllowance,
  anImage,
  aPlan,
  aService,
  aSituation,
  DEADLINE,
  DELIVERED,
  night,
  OTHER_DIGEST,
  onlyService,
} from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';

const OPENS = night(18);
const auto = { allowance: anAllowance({ mode: 'auto' }) };
const THROTTLED = missing('throttled', 'too many calls');

/** A service for which AWS answers `outcome` whenever it is asked for a deployment. */
function answered(outcome: StepOutcome) {
  const play = aPlay([aPlayedService(auto)]);
  play.stage.ecs = { ...play.ecs, deploy: () => undefined };
  return {
    ...play,
    run(minute: number): void {
      const before = play.deploys().length;
      play.look(OPENS + minutes(minute));
      if (play.deploys().length > before) play.stage.outcomes = { [serviceArn(aService())]: outcome };
    },
  };
}

describe('what AWS answers to a step', () => {
  it('ends the attempt at once where it refuses, in its words', () => {
    const play = answered({ status: 'failed', because: 'ecs:UpdateService is not allowed.', retryable: false });
    for (let minute = 0; minute <= 10; minute++) play.run(minute);
    expect([play.deploys().length, play.stages()]).toEqual([1, { checkout: 'waiting' }]);
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'failed. ecs:UpdateService is not allowed. 4 of 4 tasks are still on the old revision',
    );
  });

  it('is tried again where that may help, and told when it never did', () => {
    const play = answered({ status: 'failed', because: 'ECS was asked too often.', retryable: true });
    for (let minute = 0; minute <= 10; minute++) play.run(minute);
    expect(play.deploys()).toHaveLength(3);
    expect(play.news().find(({ kind }) => kind === 'attempt-failed')?.text).toContain(
      'ECS was asked 3 times and started no deployment. ECS was asked too often.',
    );
  });

  it('begins anew, and has not failed, where a condition did not hold', () => {
    const play = answered({ status: 'skipped', because: 'Somebody else has the lock.' });
    for (let minute = 0; minute <= 2; minute++) play.run(minute);
    expect([play.stages(), play.service().run.failures]).toEqual([{ checkout: 'waiting' }, 0]);
  });

  it("makes a deployment somebody's that shows although ours was refused", () => {
    const play = answered({ status: 'failed', because: 'It is not allowed.', retryable: false });
    play.run(0);
    play.run(1);
    play.ecs.deploy(aService(), OPENS + minutes(1));
    play.run(2);
    expect(play.service().run.last?.end).toBe('superseded');
  });
});

describe('a look at some of the services', () => {
  const two = () => aPlay(['a', 'b'].map((name) => aPlayedService({ at: aService(name), ...auto })));
  const only = (play: ReturnType<typeof two>, name: string) => {
    play.stage.ecs = { ...play.ecs, look: (now) => play.ecs.look(now).filter(({ at }) => at.service === name) };
  };

  it('leaves the others as they were, and tells when each was looked at', () => {
    const play = two();
    const before = play.service('b');
    only(play, 'a');
    play.look(DELIVERED + hours(1));
    expect(play.service('b')).toEqual(before);
    expect([play.service('a').lookedAt, play.service('b').lookedAt]).toEqual([DELIVERED + hours(1), DELIVERED]);
  });

  it('never ends a service that it did not ask about', () => {
    const play = two();
    only(play, 'a');
    play.run(DELIVERED, DEADLINE + days(3), hours(1));
    expect(play.stages()).toEqual({ a: 'handed-over', b: 'waiting' });
  });

  it('holds to the limits of those that it did not ask about', () => {
    const play = two();
    play.run(OPENS, OPENS + minutes(3));
    expect(play.stages()).toEqual({ a: 'running', b: 'waiting' });
    only(play, 'b');
    play.run(OPENS + minutes(4), OPENS + minutes(8));
    expect(play.deploys()).toHaveLength(1);
  });
});

describe('a read that failed for once', () => {
  const moved = found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]);
  const approved = (overrides: Partial<ActiveService>) => {
    const plan = aPlan([aSituation(overrides)]);
    const services = { [serviceArn(aService())]: { hash: onlyService(plan).hash, asks: [ask(plan)] } };
    return { ...plan, approvals: [{ by: 'ada', at: DELIVERED, services }] };
  };
  const ask = (plan: ReturnType<typeof aPlan>) =>
    `image-changed: ${onlyService(plan).work?.checks.find(({ id }) => id === 'image-changed')?.because}`;

  it.each<[string, Partial<ActiveService>]>([
    ['of the images', { images: THROTTLED }],
    ['of the registry', { images: found([{ ...anImage, latest: THROTTLED }]) }],
    ['of the protection', { images: moved, protectedUntil: THROTTLED }],
    ['of what is free', { images: moved, headroom: THROTTLED }],
  ])('%s keeps the hash and the approval, and starts nothing meanwhile', (_, failing) => {
    const before = approved({ images: moved });
    const looked = (overrides: Partial<ActiveService>, plan: Plan, now: number) =>
      nextSteps(plan, observed([aSituation(overrides)]), DEFAULT_RUN_CONFIG, [], now);
    const blind = looked({ images: moved, ...failing }, before, OPENS);
    expect([blind.plan.hash, blind.steps, blind.news.filter(({ kind }) => kind === 'changed')]).toEqual([
      before.hash,
      [],
      [],
    ]);
    const again = looked({ images: moved }, blind.plan, OPENS + minutes(1));
    expect(again.steps).toMatchObject([{ kind: 'lock' }]);
  });
});

describe('the facts of the account', () => {
  const account = { waitPeriod: found(0), eventWindows: found(false), matching: found([]) };

  it('are kept when they are not asked for', () => {
    const { plan } = nextSteps(aPlan(), { ...observed([]), account }, DEFAULT_RUN_CONFIG, [], DELIVERED);
    expect(nextSteps(plan, observed([]), DEFAULT_RUN_CONFIG, [], DELIVERED).plan.account).toEqual(account);
  });

  it('are named where they are why there is no time', () => {
    const late = { ...observed([aSituation()]), notice: aNotice({ startsAt: DELIVERED + hours(1) }), account };
    const { plan, news } = nextSteps(aPlan(), late, DEFAULT_RUN_CONFIG, [], DELIVERED);
    for (const text of [onlyService(plan).verdict.because, news[0]?.text])
      expect(text).toContain('The account gives retirements a wait period of 0 days: no window can come first.');
  });
});

const observed = (services: readonly ServiceSituation[]): Observed => ({
  notice: aNotice(),
  services,
  tasks: [],
  tz: '2026a',
});
