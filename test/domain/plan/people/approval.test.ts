import { describe, expect, it } from 'vitest';
import { found } from '../../../../shared/domain/facts.ts';
import { approve, consentTo, veto } from '../../../../shared/domain/plan/people/approval.ts';
import type { Plan } from '../../../../shared/domain/plan/plan.ts';
import type { ActiveService } from '../../../../shared/domain/plan/situation.ts';
import {
  anAllowance,
  anImage,
  aPlan,
  aSituation,
  DELIVERED,
  OTHER_DIGEST,
  onlyService,
} from '../../../support/plans.ts';

function approved(plan: Plan, by = 'ada'): Plan {
  const answer = approve(plan, { by, hash: plan.hash }, DELIVERED);
  if (answer === 'changed') throw new Error('the plan has changed');
  return answer;
}

/** The plan as it is after `overrides` came into the world. */
const then = (before: Plan, overrides: Partial<ActiveService>): Plan => aPlan([aSituation(overrides)], { before });
const consent = (plan: Plan, votes = 1, approverIsNotRequester = true) =>
  consentTo(onlyService(plan), plan, { votes, approverIsNotRequester });
const mode = (name: 'auto' | 'veto') => ({ allowance: anAllowance({ mode: name }) });
const MOVED = found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]);

describe('consent', () => {
  it.each<[string, Plan, number, boolean, string]>([
    ['is missing at first', aPlan(), 1, false, '0 of 1 approvals are given.'],
    ['is given by one', approved(aPlan()), 1, true, 'ada approved.'],
    ['is not given by one where two are wanted', approved(aPlan()), 2, false, '1 of 2 approvals are given.'],
    ['is not given by one person twice', approved(approved(aPlan())), 2, false, '1 of 2 approvals are given.'],
    ['is given by two', approved(approved(aPlan()), 'bob'), 2, true, 'ada, bob approved.'],
    ['is not needed in auto', aPlan([aSituation(mode('auto'))]), 1, true, 'Its mode is auto: nobody has to agree.'],
    ['is not needed in veto', aPlan([aSituation(mode('veto'))]), 1, true, 'Its mode is veto: nobody has to agree.'],
    [
      'is taken away by an objection in veto',
      veto(aPlan([aSituation(mode('veto'))]), 'bob', DELIVERED),
      1,
      false,
      'bob objected.',
    ],
    [
      'is taken away by an objection in auto',
      veto(aPlan([aSituation(mode('auto'))]), 'bob', DELIVERED),
      1,
      false,
      'bob objected.',
    ],
    ['is not given over an objection', approved(veto(aPlan(), 'bob', DELIVERED)), 1, false, 'bob objected.'],
    [
      'is given where who objected approves after all',
      approved(veto(aPlan(), 'bob', DELIVERED), 'bob'),
      1,
      true,
      'bob approved.',
    ],
    [
      'is lost with a new revision',
      then(approved(aPlan()), { revision: 'checkout:43' }),
      1,
      false,
      '0 of 1 approvals are given. It has changed since somebody approved.',
    ],
    [
      'is lost when a tag moves',
      then(approved(aPlan()), { images: MOVED }),
      1,
      false,
      '0 of 1 approvals are given. It has changed since somebody approved.',
    ],
    [
      'is needed in auto once preflight asks',
      aPlan([aSituation({ ...mode('auto'), pauseHooks: ['check'] })]),
      1,
      false,
      '0 of 1 approvals are given.',
    ],
    [
      'is kept when a question goes away',
      then(approved(aPlan([aSituation({ pauseHooks: ['check'] })])), {}),
      1,
      true,
      'ada approved.',
    ],
    [
      'is kept when a number in a question changes',
      then(approved(aPlan([aSituation({ headroom: found([{ what: 'vCPU', free: 4, needed: 4 }]) })])), {
        headroom: found([{ what: 'vCPU', free: 3, needed: 4 }]),
      }),
      1,
      true,
      'ada approved.',
    ],
  ])('%s', (_, plan, votes, isGiven, because) => {
    expect(consent(plan, votes)).toEqual({ isGiven, because });
  });

  describe('to what somebody asked for', () => {
    const requested = { ...aPlan(), requestedBy: 'ada' };
    const OWN = ' ada asked for it, so somebody else has to.';

    it.each<[string, Plan, number, boolean, boolean, string]>([
      ['is not given by who asked', approved(requested), 1, true, false, `0 of 1 approvals are given.${OWN}`],
      ['is given by somebody else', approved(requested, 'bob'), 1, true, true, 'bob approved.'],
      [
        'is not given by one more than who asked, where two are wanted',
        approved(approved(requested), 'bob'),
        2,
        true,
        false,
        `1 of 2 approvals are given.${OWN}`,
      ],
      ['is given by two others', approved(approved(requested, 'eve'), 'bob'), 2, true, true, 'eve, bob approved.'],
      ['is given by who asked where the installation lets them', approved(requested), 1, false, true, 'ada approved.'],
    ])('%s', (_, plan, votes, approverIsNotRequester, isGiven, because) => {
      expect(consent(plan, votes, approverIsNotRequester)).toEqual({ isGiven, because });
    });

    it('is not given over the objection of who asked', () => {
      expect(consent(veto(approved(requested, 'bob'), 'ada', DELIVERED))).toEqual({
        isGiven: false,
        because: 'ada objected.',
      });
    });
  });

  it('is lost by all of them when the plan changes, however many approved', () => {
    const before = approved(approved(approved(aPlan()), 'bob'), 'eve');
    expect(consent(before, 3)).toMatchObject({ isGiven: true });
    expect(consent(then(before, { revision: 'checkout:43' }), 1)).toMatchObject({ isGiven: false });
  });

  it('cannot be given to another plan than the one that was shown', () => {
    const plan = then(aPlan(), { revision: 'checkout:43' });
    expect(approve(plan, { by: 'ada', hash: aPlan().hash }, DELIVERED)).toBe('changed');
  });

  it('is needed anew after a failure', () => {
    const plan = approved(aPlan());
    const services = plan.services.map((service) => ({ ...service, run: { ...service.run, failures: 1 } }));
    expect(consent(then({ ...plan, services }, mode('auto')))).toMatchObject({ isGiven: false });
  });
});
