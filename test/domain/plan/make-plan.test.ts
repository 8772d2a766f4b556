import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { found } from '../../../shared/domain/facts.ts';
import { days, hours } from '../../../shared/domain/instant.ts';
import type { Allowance } from '../../../shared/domain/plan/allowance.ts';
import { makePlan } from '../../../shared/domain/plan/make-plan.ts';
import type { Plan } from '../../../shared/domain/plan/plan.ts';
import type { ActiveService, ServiceSituation } from '../../../shared/domain/plan/situation.ts';
import {
  aNotice,
  anAllowance,
  anImage,
  anOpening,
  aPlan,
  aService,
  aSituation,
  DEADLINE,
  DELIVERED,
  type Given,
  night,
  OTHER_DIGEST,
  onlyService,
  tasks,
  UNREAD,
} from '../../support/plans.ts';

const auto = (overrides: Partial<Allowance> = {}): Pick<ActiveService, 'allowance'> => ({
  allowance: anAllowance({ mode: 'auto', ...overrides }),
});
const freeze = { name: 'peak', reason: 'shops are full', canBeLifted: false };

describe('the verdict on a service', () => {
  it.each<[string, ServiceSituation, Given, object]>([
    [
      'asks where the mode is approve',
      aSituation(),
      {},
      {
        kind: 'ask',
        reason: 'needs-approval',
        because:
          '4 of 4 tasks are on the old revision. Window nights opens 2026-11-18 22:00 UTC. Somebody has to approve.',
      },
    ],
    ['is ready where the mode is auto', aSituation(auto()), {}, { kind: 'ready', reason: 'scheduled' }],
    [
      'is ready where the mode is veto and nobody objected',
      aSituation({ allowance: anAllowance({ mode: 'veto' }) }),
      {},
      { kind: 'ready' },
    ],
    [
      'asks even in auto where the image would change',
      aSituation({ ...auto(), images: found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]) }),
      {},
      {
        kind: 'ask',
        because: expect.stringContaining(
          'app runs sha256:111111111111; checkout:stable is now sha256:222222222222. It would be released.',
        ),
      },
    ],
    [
      'is blocked where another tool deploys',
      aSituation({ controller: 'CODE_DEPLOY' }),
      {},
      { kind: 'blocked', reason: 'preflight', because: expect.stringContaining('CodeDeploy') },
    ],
    [
      'is ready where CodeDeploy deploys it and it is known how',
      aSituation({
        ...auto(),
        controller: 'CODE_DEPLOY',
        codeDeploy: found({ application: 'harbor', group: 'checkout', appSpec: '{}' }),
      }),
      {},
      { kind: 'ready' },
    ],
    [
      'is left to whoever runs another tool',
      aSituation({ ...auto(), controller: 'EXTERNAL' }),
      {},
      {
        kind: 'handed-over',
        reason: 'other-tool',
        because:
          '4 of 4 tasks are on the old revision. Its deployment controller is EXTERNAL: whoever runs that has to deploy it. AWS replaces them from 2026-11-24 10:00 UTC on, whatever is decided here.',
      },
    ],
    [
      'is blocked where it is not well',
      aSituation({ running: 3 }),
      {},
      { kind: 'blocked', because: expect.stringContaining('3 of 4 tasks run') },
    ],
    [
      'is skipped where nothing is old',
      aSituation({ tasks: tasks(0, 4) }),
      {},
      { kind: 'skipped', reason: 'already-replaced', because: 'All 4 tasks are on the new revision already.' },
    ],
    [
      'is skipped where nothing runs',
      aSituation({ desired: 0, running: 0, tasks: [] }),
      {},
      { kind: 'skipped', reason: 'scaled-in' },
    ],
    [
      'does not count tasks on instances or such as stop',
      aSituation({
        tasks: tasks(2, 2).map((task, index) => ({
          ...task,
          ...(index === 0 && { launchType: 'EC2' }),
          ...(index === 1 && { lastStatus: 'STOPPED' }),
        })),
      }),
      {},
      { kind: 'skipped', because: 'All 2 tasks are on the new revision already.' },
    ],
    [
      'says what is gone',
      { status: 'gone', at: aService(), because: 'ECS has no such service.' },
      {},
      { kind: 'gone', reason: 'no-service' },
    ],
    [
      'says what could not be read',
      { status: 'unread', at: aService(), because: 'ECS did not answer.' },
      {},
      { kind: 'blocked', reason: 'unread' },
    ],
    [
      'leaves it to AWS where the mode is off',
      aSituation(auto({ mode: 'off' })),
      {},
      { kind: 'handed-over', reason: 'mode-off' },
    ],
    [
      'leaves it to AWS where the mode is notify',
      aSituation(auto({ mode: 'notify' })),
      {},
      { kind: 'handed-over', reason: 'mode-notify' },
    ],
    [
      'escalates at once where no window selects it',
      aSituation(auto({ openings: [], hasWindows: false })),
      {},
      { kind: 'escalated', reason: 'no-window', choices: ['run-now', 'add-window', 'hand-over'] },
    ],
    [
      'escalates where the windows open too late',
      aSituation(auto({ openings: [anOpening(night(23))] })),
      {},
      { kind: 'escalated', reason: 'no-opening', because: expect.stringContaining('before 2026-11-23 10:00 UTC') },
    ],
    [
      'escalates where a freeze takes every opening, and says that AWS does not care',
      aSituation(auto({ openings: [], freezes: [freeze] })),
      {},
      {
        kind: 'escalated',
        reason: 'frozen',
        because: expect.stringContaining('Freeze peak (shops are full) leaves no opening. A freeze does not stop AWS.'),
        choices: ['run-now', 'add-window', 'hand-over'],
      },
    ],
    [
      'offers to lift a freeze that somebody may lift',
      aSituation(auto({ openings: [], freezes: [{ ...freeze, canBeLifted: true }] })),
      {},
      { choices: ['run-now', 'add-window', 'lift-freeze', 'hand-over'] },
    ],
    [
      'escalates where AWS gives no time at all',
      aSituation(auto()),
      { notice: aNotice({ startsAt: DELIVERED }) },
      { kind: 'escalated', reason: 'no-time' },
    ],
  ])('%s', (_, service, given, verdict) => {
    expect(onlyService(aPlan([service], given)).verdict).toMatchObject(verdict);
  });
});

describe('a plan', () => {
  it('takes its deadline from the notice, and counts back from there', () => {
    const plan = aPlan([aSituation()], { notice: aNotice({ startsAt: DEADLINE + days(3) }) });
    expect(plan.deadline).toBe(DEADLINE + days(3));
    expect(onlyService(plan).work?.latestSafeStart).toBe(DEADLINE + days(3) - hours(24));
  });

  it('takes the first opening and keeps the others for when it is missed', () => {
    const { work } = onlyService(aPlan());
    expect([work?.slot?.opens, work?.slots.map(({ opens }) => opens)]).toEqual([
      night(18),
      [night(18), night(19), night(20)],
    ]);
  });

  it.each([
    ['without a date', aNotice(), 'the notice does not say when it begins'],
    [
      'about something else',
      aNotice({ typeCode: 'AWS_ECS_OPERATIONAL_ISSUE' }),
      'AWS_ECS_OPERATIONAL_ISSUE retires no tasks',
    ],
  ])('is not made for a notice %s', (_, notice, because) => {
    const { startsAt: _startsAt, ...dateless } = notice;
    const given = notice.typeCode === 'AWS_ECS_OPERATIONAL_ISSUE' ? notice : dateless;
    expect(makePlan(given, [], { tasks: [], tz: '2026a', now: DELIVERED })).toEqual({ status: 'none', because });
  });

  it('keeps its name and its beginning, and takes in the services of a later page', () => {
    const before = aPlan();
    const ledger = aSituation({ at: aService('ledger') });
    const after = aPlan([ledger], { before, now: DELIVERED + hours(1) });
    expect([after.id, after.madeAt]).toEqual([before.id, before.madeAt]);
    expect(after.services.map(({ at }) => at.service)).toEqual(['checkout', 'ledger']);
  });

  it('keeps what it knows of a service that cannot be read for a while', () => {
    const before = aPlan();
    const { work, hash, verdict } = onlyService(
      aPlan([{ status: 'unread', at: aService(), because: 'throttled' }], { before }),
    );
    expect([work, hash]).toEqual([onlyService(before).work, onlyService(before).hash]);
    expect(verdict.kind).toBe('blocked');
  });
});

describe('the hash', () => {
  const hashOf = (overrides: Partial<ActiveService>, before?: Plan) =>
    aPlan([aSituation(overrides)], { ...(before && { before }) }).hash;

  it.each<[string, Partial<ActiveService>]>([
    ['another revision', { revision: 'checkout:43' }],
    [
      'another image',
      { images: found([{ ...anImage, digest: OTHER_DIGEST, latest: found({ digest: OTHER_DIGEST }) }]) },
    ],
    ['a tag that was moved', { images: found([{ ...anImage, latest: found({ digest: OTHER_DIGEST }) }]) }],
    ['another mode', { allowance: anAllowance({ mode: 'auto' }) }],
    ['a new opening', { allowance: anAllowance({ openings: [anOpening(night(17)), ...anAllowance().openings] }) }],
    ['a new question', { pauseHooks: ['before-traffic'] }],
    ['another service', { at: aService('ledger') }],
  ])('changes with %s', (_, overrides) => {
    expect(hashOf(overrides, aPlan())).not.toBe(aPlan().hash);
  });

  it.each<[string, Partial<ActiveService>]>([
    ['an opening that passed or was frozen', { allowance: anAllowance({ openings: [anOpening(night(20))] }) }],
    [
      'an opening that a freeze made shorter',
      { allowance: anAllowance({ openings: [anOpening(night(18) + hours(1), hours(2))] }) },
    ],
    ['tasks that were replaced meanwhile', { tasks: tasks(2, 2) }],
    ['what blocks for a moment', { running: 3 }],
    ['facts that cannot be read but block anyway', { targets: UNREAD }],
  ])('does not change with %s', (_, overrides) => {
    expect(hashOf(overrides, aPlan())).toBe(aPlan().hash);
  });

  it('does not depend on the order of services, nor on looking again', () => {
    const services = ['a', 'b', 'c', 'd'].map((name) => aSituation({ at: aService(name) }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(services, { minLength: 4 }),
        fc.integer({ min: 0, max: days(1) }),
        (shuffled, later) => {
          const plan = aPlan(services);
          const again = aPlan(shuffled, { before: plan, now: DELIVERED + later });
          const lookedAt = again.services.map((service) => ({ ...service, lookedAt: DELIVERED }));
          expect({ ...again, services: lookedAt }).toEqual(plan);
        },
      ),
    );
  });
});
