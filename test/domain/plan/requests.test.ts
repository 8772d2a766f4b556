import { describe, expect, it } from 'vitest';
import { days, hours } from '../../../shared/domain/instant.ts';
import { serviceArn } from '../../../shared/domain/place.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import { type Asked, openRequest } from '../../../shared/domain/plan/people/request.ts';
import { anAllowance, aService, DELIVERED, night } from '../../support/plans.ts';
import { aPlay, aPlayedService } from '../../support/play.ts';
import { PLACE } from '../../support/records.ts';

const OPENS = night(18);
const DEADLINE = DELIVERED + days(3);
const asked = (overrides: Partial<Asked> = {}): Asked => ({
  by: 'ada',
  why: 'secret-rotation',
  services: [aService()],
  deadline: DEADLINE,
  place: PLACE,
  ...overrides,
});

/** A request for a service, two of whose tasks ran already when it was made. */
function aRequest(allowance: Partial<Allowance> = {}, overrides: Partial<Asked> = {}, facts = {}) {
  const notice = openRequest(asked(overrides), DELIVERED);
  const created = [DELIVERED - hours(1), DELIVERED - 1, DELIVERED + 1, DELIVERED + 2];
  const terms = { tasks: created, takes: hours(1) };
  return aPlay([aPlayedService({ allowance: anAllowance(allowance), ...facts }, terms)], {}, { notice });
}

const everything = (play: ReturnType<typeof aRequest>): string =>
  [
    ...play.news().map(({ text }) => text),
    ...play.stage.plan.services.flatMap(({ verdict, run: { stage } }) => [
      verdict.because,
      stage.kind === 'ended' ? stage.because : '',
    ]),
  ].join('\n');

describe('a request', () => {
  it('is a record that is announced like a notice, once for what is asked at one moment', () => {
    const [one, same, other] = [asked(), asked(), asked({ by: 'bob' })].map((given) => openRequest(given, DELIVERED));
    expect(one).toEqual(same);
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
    expect(one).toMatchObject({
      typeCode: 'SLACKWATER_REDEPLOYMENT',
      eventArn: expect.stringMatching(/^slackwater:redeployment\/[0-9a-f]{10}$/),
      severity: 'low',
      startsAt: DEADLINE,
      request: { by: 'ada', why: 'secret-rotation' },
      entities: [{ kind: 'service', at: aService() }],
      timeline: [{ n: 1, reason: 'first' }],
    });
  });

  it('replaces what ran when it was made, in a window', () => {
    const play = aRequest({ mode: 'auto' });
    expect(play.service().verdict.because).toBe(
      '2 of 4 tasks are from before 2026-11-17 02:10 UTC. Window nights opens 2026-11-18 22:00 UTC.',
    );
    play.run(OPENS, OPENS + hours(2));
    expect([play.deploys().length, play.stages()]).toEqual([1, { checkout: 'done' }]);
  });

  it('needs no day of grace before its deadline', () => {
    const play = aRequest({ mode: 'auto' }, { deadline: OPENS + hours(3) });
    play.run(OPENS, OPENS + hours(2));
    expect(play.stages()).toEqual({ checkout: 'done' });
  });

  it.each<[string, Partial<Allowance>, object, string]>([
    ['no opening comes', { openings: [], hasWindows: false }, {}, 'escalated'],
    ['nobody agrees', {}, {}, 'escalated'],
    ['the mode is notify', { mode: 'notify' }, {}, 'escalated'],
    ['another tool deploys it', {}, { controller: 'EXTERNAL' }, 'escalated'],
  ])('ends by its deadline where %s, and never speaks of AWS', (_, allowance, facts, end) => {
    const play = aRequest(allowance, {}, facts);
    play.run(DELIVERED, DEADLINE + hours(2), hours(1));
    expect([play.deploys(), play.stages()]).toEqual([[], { checkout: end }]);
    expect(everything(play)).not.toMatch(/AWS|retire|revision/);
    expect(play.news().filter(({ audience }) => audience === 'page')).toEqual([]);
  });

  it('is called off by an order to leave it alone', () => {
    const play = aRequest({ mode: 'auto' });
    play.order({ kind: 'hand-over', by: 'bob', at: DELIVERED, services: [serviceArn(aService())] });
    play.look(DELIVERED + hours(1));
    expect(play.service().run.stage).toMatchObject({
      end: 'handed-over',
      because:
        'bob wants it left alone. 2 of 4 tasks are from before 2026-11-17 02:10 UTC, and nothing else replaces them.',
    });
  });

  it('that is urgent runs at once, outside of windows, agreed to by who asked', () => {
    const play = aRequest({ openings: [], hasWindows: false }, { isNow: true });
    play.run(DELIVERED, DELIVERED + hours(2));
    expect([play.deploys().length, play.stages()]).toEqual([1, { checkout: 'done' }]);
  });

  it('that is urgent still asks somebody else what nobody was shown', () => {
    const play = aRequest({}, { isNow: true }, { pauseHooks: ['before-traffic'] });
    play.run(DELIVERED, DELIVERED + hours(1));
    expect(play.deploys()).toEqual([]);
    play.approve(DELIVERED + hours(1), 'ada');
    play.run(DELIVERED + hours(1), DELIVERED + hours(2));
    expect(play.deploys()).toEqual([]);
    play.approve(DELIVERED + hours(2), 'bob');
    play.run(DELIVERED + hours(2), DELIVERED + hours(3));
    expect(play.deploys()).toHaveLength(1);
  });
});
