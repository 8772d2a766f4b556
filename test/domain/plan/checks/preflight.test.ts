import { describe, expect, it } from 'vitest';
import { found, missing } from '../../../../shared/domain/facts.ts';
import { hours, minutes } from '../../../../shared/domain/instant.ts';
import { runNowSlot } from '../../../../shared/domain/plan/candidates.ts';
import { type Answer, CHECK_IDS, type CheckId } from '../../../../shared/domain/plan/checks/check.ts';
import { type PreflightContext, preflight } from '../../../../shared/domain/plan/checks/preflight.ts';
import type { ActiveService, ServiceDeployment } from '../../../../shared/domain/plan/situation.ts';
import {
  anImage,
  aSituation,
  DEADLINE,
  DELIVERED,
  DIGEST,
  NONE,
  night,
  OTHER_DIGEST,
  UNREAD,
} from '../../../support/plans.ts';

const NOW = night(18) + minutes(5);
const slot = { windows: ['nights'], opens: night(18), closes: night(18) + hours(4), cutoff: night(18) + hours(3) };
const CONTEXT: PreflightContext = {
  now: NOW,
  work: { stint: minutes(10), latestSafeStart: DEADLINE - hours(24), isPinned: false },
  occasion: { occasion: 'retirement', deadline: DEADLINE, boundary: { at: DELIVERED, from: 'delivery' } },
  slot,
  consent: { isGiven: true, because: 'ada approved.' },
  lock: 'free',
};

function answerOf(id: CheckId, service: Partial<ActiveService> = {}, context: Partial<PreflightContext> = {}) {
  const answers = preflight(aSituation(service), { ...CONTEXT, ...context }).filter((one) => one.id === id);
  expect(answers).toHaveLength(1);
  return [answers[0]?.answer, answers[0]?.because];
}

const deployment = (status: string, id = 'ecs-svc/2'): ServiceDeployment => ({
  id,
  status,
  createdAt: DELIVERED,
  revision: 'checkout:43',
});
const THROTTLED = missing('throttled', 'too many calls');
const past = aSituation().deployments;
const images = (overrides: Partial<typeof anImage> | object) => ({ images: found([{ ...anImage, ...overrides }]) });

describe('preflight', () => {
  it('finds nothing wrong with a service that is well, and makes every check once', () => {
    const checks = preflight(aSituation({ access: found('granted') }), CONTEXT);
    expect(checks.filter(({ answer }) => answer !== 'ok')).toEqual([]);
    expect(checks.map(({ id }) => id).sort()).toEqual([...CHECK_IDS].sort());
  });

  it('does not ask for access to what is changed with the own role', () => {
    expect(preflight(aSituation(), CONTEXT).map(({ id }) => id)).not.toContain('access');
  });

  it.each<[CheckId, Answer, string, Partial<ActiveService>]>([
    [
      'controller',
      'block',
      'AWS CodeDeploy deploys it, and how is not known: it has none',
      { controller: 'CODE_DEPLOY' },
    ],
    [
      'controller',
      'ok',
      'AWS CodeDeploy deploys it; application harbor, group checkout.',
      { controller: 'CODE_DEPLOY', codeDeploy: found({ application: 'harbor', group: 'checkout', appSpec: '{}' }) },
    ],
    [
      'room',
      'ok',
      'BLUE_GREEN starts a second copy of all tasks.',
      { controller: 'CODE_DEPLOY', minimumHealthyPercent: 100, maximumPercent: 100 },
    ],
    ['protection', 'block', 'Not known: too many calls', { protectedUntil: THROTTLED }],
    ['headroom', 'block', 'Not known: too many calls', { headroom: THROTTLED }],
    ['image-changed', 'block', 'The images are not known: too many calls', { images: THROTTLED }],
    ['image-changed', 'block', 'is not known: too many calls', images({ latest: THROTTLED })],
    ['controller', 'block', 'Its deployment controller is EXTERNAL', { controller: 'EXTERNAL' }],
    ['desired', 'block', 'The desired count is 0: nothing runs.', { desired: 0, running: 0 }],
    [
      'deployment',
      'block',
      'A deployment of checkout:43 is IN_PROGRESS since 2026-11-17 02:10 UTC',
      { deployments: [...past, deployment('IN_PROGRESS')] },
    ],
    ['deployment', 'block', 'PENDING', { deployments: [...past, deployment('PENDING')] }],
    ['deployment', 'block', 'STOP_REQUESTED', { deployments: [...past, deployment('STOP_REQUESTED')] }],
    ['deployment', 'block', 'ROLLBACK_IN_PROGRESS', { deployments: [...past, deployment('ROLLBACK_IN_PROGRESS')] }],
    ['deployment', 'ok', 'No deployment is under way.', { deployments: [...past, deployment('SUCCESSFUL')] }],
    ['task-definition', 'block', 'checkout:42 is INACTIVE', { revisionStatus: found('INACTIVE') }],
    ['task-definition', 'block', 'Not known: the call is not allowed', { revisionStatus: UNREAD }],
    [
      'room',
      'block',
      '50 % minimum healthy and 100 % maximum of 1 leave no room',
      { desired: 1, running: 1, minimumHealthyPercent: 50, maximumPercent: 100 },
    ],
    [
      'room',
      'ok',
      'BLUE_GREEN starts a second copy of all tasks.',
      { strategy: 'BLUE_GREEN', minimumHealthyPercent: 100, maximumPercent: 100 },
    ],
    ['running', 'block', '3 of 4 tasks run, 0 are pending: it has to be well before it is touched.', { running: 3 }],
    ['running', 'block', '4 of 4 tasks run, 1 are pending', { pending: 1 }],
    ['targets', 'block', '3 of 4 targets are healthy.', { targets: found({ healthy: 3, total: 4 }) }],
    ['targets', 'block', '0 of 0 targets are healthy.', { targets: found({ healthy: 0, total: 0 }) }],
    ['targets', 'block', 'Not known: the call is not allowed', { targets: UNREAD }],
    ['targets', 'ok', 'It has no load balancer.', { targets: NONE }],
    [
      'blockers',
      'block',
      'The window is kept shut by checkout-latency: it is in ALARM.',
      { blockers: found([{ name: 'quiet' }, { name: 'checkout-latency', because: 'it is in ALARM.' }]) },
    ],
    ['blockers', 'block', 'Not known: the call is not allowed', { blockers: UNREAD }],
    ['blockers', 'ok', 'None of 1 blockers of its window holds.', { blockers: found([{ name: 'quiet' }]) }],
    [
      'alarms',
      'block',
      'Deployment alarm checkout-5xx is ALARM: ECS would not watch the deployment.',
      { alarms: found([{ name: 'checkout-5xx', state: 'ALARM' }]) },
    ],
    [
      'alarms',
      'block',
      'checkout-5xx is INSUFFICIENT_DATA',
      { alarms: found([{ name: 'checkout-5xx', state: 'INSUFFICIENT_DATA' }]) },
    ],
    ['alarms', 'block', 'Not known: the call is not allowed', { alarms: UNREAD }],
    ['stack', 'block', 'Its CloudFormation stack is UPDATE_IN_PROGRESS.', { stack: found('UPDATE_IN_PROGRESS') }],
    ['stack', 'block', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', { stack: found('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') }],
    ['stack', 'ok', 'Its CloudFormation stack is UPDATE_COMPLETE.', { stack: found('UPDATE_COMPLETE') }],
    ['stack', 'block', 'Not known: the call is not allowed', { stack: UNREAD }],
    [
      'image-kept',
      'block',
      'The image that app runs, sha256:111111111111, is gone from its repository.',
      images({ isKept: found(false) }),
    ],
    ['image-kept', 'block', 'was not found out: the call is not allowed', images({ isKept: UNREAD })],
    ['image-kept', 'ok', 'is not in Amazon ECR.', images({ registry: 'other', isKept: NONE })],
    ['image-kept', 'block', 'The images are not known: the call is not allowed', { images: UNREAD }],
    [
      'image-changed',
      'ask',
      'app runs sha256:111111111111; checkout:stable is now sha256:222222222222, pushed 2026-11-17 02:10 UTC. It would be released.',
      images({ latest: found({ digest: OTHER_DIGEST, pushedAt: DELIVERED }) }),
    ],
    [
      'image-changed',
      'ask',
      'Whether checkout:stable of app is still the same image is not known: the call is not allowed',
      images({ latest: UNREAD }),
    ],
    [
      'image-changed',
      'ask',
      'Which image app runs is not known; checkout:stable may be another.',
      images({ digest: undefined }),
    ],
    ['image-changed', 'ok', 'app names an image that cannot change.', images({ isFixed: true, latest: UNREAD })],
    ['image-changed', 'ask', 'The images are not known', { images: UNREAD }],
    [
      'pause-hooks',
      'ask',
      'The deployment pauses at before-traffic until somebody continues it.',
      { pauseHooks: ['before-traffic'] },
    ],
    [
      'stop-first',
      'ask',
      'Its only task is stopped before the new one starts',
      { desired: 1, running: 1, minimumHealthyPercent: 0, maximumPercent: 100 },
    ],
    ['stop-first', 'ok', 'Something serves all the time.', { minimumHealthyPercent: 0, maximumPercent: 100 }],
    [
      'last-deployment',
      'ask',
      'The last deployment is ROLLBACK_SUCCESSFUL: checkout:43.',
      { deployments: [...past, deployment('ROLLBACK_SUCCESSFUL')] },
    ],
    [
      'last-deployment',
      'ask',
      'ECS remembers no deployment that succeeded: there is none to return to.',
      { deployments: [] },
    ],
    [
      'protection',
      'ask',
      'Tasks are protected until 2026-11-19 04:00 UTC: the deployment waits for them.',
      { protectedUntil: found(night(18) + hours(6)) },
    ],
    ['protection', 'ok', 'before the window closes', { protectedUntil: found(night(18) + hours(1)) }],
    ['protection', 'ask', 'Not known: the call is not allowed', { protectedUntil: UNREAD }],
    [
      'headroom',
      'ask',
      'vCPU: 10 needed, only 11 free.',
      { headroom: found([{ what: 'vCPU', free: 11, needed: 10 }]) },
    ],
    ['headroom', 'ok', 'vCPU: 10 needed, 12 free.', { headroom: found([{ what: 'vCPU', free: 12, needed: 10 }]) }],
    ['headroom', 'ask', 'Not known: the call is not allowed', { headroom: UNREAD }],
    ['circuit-breaker', 'warn', 'The deployment circuit breaker is off', { hasCircuitBreaker: false }],
    ['alarms-configured', 'warn', 'It has no deployment alarms.', { alarms: found([]) }],
    ['alarms-configured', 'warn', 'It has no deployment alarms.', { alarms: NONE }],
    ['version-consistency', 'warn', 'Version consistency is off for app', images({ isUnpinned: true })],
    ['spot', 'warn', 'It runs on Fargate Spot alone', { isSpotOnly: true }],
    [
      'registry',
      'warn',
      'The image of app is not in Amazon ECR and was not looked at.',
      images({ registry: 'other', latest: UNREAD }),
    ],
    ['access', 'ok', 'lets itself be changed', { access: found('granted') }],
    ['access', 'block', 'Not known: the call is not allowed', { access: UNREAD }],
    ['early-success', 'warn', 'success alone is no proof', { defersCleanup: true }],
  ])('%s: %s, %s', (id, answer, because, service) => {
    expect(answerOf(id, service)).toEqual([answer, expect.stringContaining(because)]);
  });

  it.each<[CheckId, Answer, string, Partial<PreflightContext>]>([
    [
      'plan',
      'block',
      'Since 2026-11-23 10:00 UTC it is too late to begin before AWS does.',
      { now: DEADLINE - hours(24) + 1 },
    ],
    [
      'approval',
      'block',
      '0 of 1 approvals are given.',
      { consent: { isGiven: false, because: '0 of 1 approvals are given.' } },
    ],
    ['window', 'block', 'Window nights opens 2026-11-18 22:00 UTC.', { now: night(18) - 1 }],
    ['window', 'ok', 'Window nights takes starts until 2026-11-19 01:00 UTC.', { now: slot.cutoff }],
    ['window', 'block', 'Window nights takes no starts since 2026-11-19 01:00 UTC.', { now: slot.cutoff + 1 }],
    [
      'duration',
      'block',
      'It is expected to end 2026-11-19 03:05 UTC, after the window closes 2026-11-19 02:00 UTC.',
      { work: { ...CONTEXT.work, stint: hours(5) } },
    ],
    ['duration', 'ok', 'It is expected to end 2026-11-18 22:15 UTC', {}],
    ['lock', 'block', 'Another plan works on this service.', { lock: 'foreign' }],
    ['lock', 'ok', 'This plan holds the lock.', { lock: 'ours' }],
  ])('%s: %s, %s', (id, answer, because, context) => {
    expect(answerOf(id, {}, context)).toEqual([answer, expect.stringContaining(because)]);
  });

  it('lets an order to run it now begin when it is late', () => {
    const now = DEADLINE + hours(1);
    const ordered = runNowSlot({ from: now, until: now + hours(4) }, minutes(10));
    expect(answerOf('plan', {}, { now, slot: ordered })[0]).toBe('ok');
    expect(answerOf('window', {}, { now, slot: ordered })[0]).toBe('ok');
  });

  it.each<[CheckId, Answer, string, Partial<ActiveService>]>([
    ['desired', 'block', 'The desired count is 1: one task less would be none.', { desired: 1, running: 1 }],
    ['targets', 'ask', 'It has no load balancer', { targets: NONE }],
    ['targets', 'block', '3 of 4 targets are healthy.', { targets: found({ healthy: 3, total: 4 }) }],
    ['room', 'ok', 'One task at a time is stopped first.', { minimumHealthyPercent: 100, maximumPercent: 100 }],
    [
      'image-changed',
      'ok',
      'A successor runs the same image of app.',
      images({ latest: found({ digest: OTHER_DIGEST }) }),
    ],
    [
      'image-changed',
      'ask',
      'It would be released.',
      images({ isUnpinned: true, latest: found({ digest: OTHER_DIGEST }) }),
    ],
    ['image-changed', 'ask', 'The images are not known', { images: UNREAD }],
    ['image-kept', 'block', 'is gone from its repository.', images({ isKept: found(false) })],
    ['protection', 'block', 'which StopTask does not heed.', { protectedUntil: found(night(18) + hours(1)) }],
    ['protection', 'ask', 'Not known', { protectedUntil: UNREAD }],
    ['circuit-breaker', 'ok', 'none is stopped', { hasCircuitBreaker: false }],
    ['pause-hooks', 'ok', 'no hook', { pauseHooks: ['before-traffic'] }],
    ['headroom', 'ok', 'never runs more', { headroom: found([{ what: 'vCPU', free: 1, needed: 4 }]) }],
    ['stop-first', 'ok', 'The other tasks serve', {}],
  ])('of what is replaced one by one: %s: %s, %s', (id, answer, because, service) => {
    const work = { ...CONTEXT.work, isPinned: true };
    expect(answerOf(id, service, { work })).toEqual([answer, expect.stringContaining(because)]);
  });

  it('blocks without an opening', () => {
    const { slot: _, ...without } = CONTEXT;
    const checks = preflight(aSituation(), without);
    expect(checks.find(({ id }) => id === 'window')).toEqual({
      id: 'window',
      answer: 'block',
      because: 'No opening is left.',
    });
  });

  // Of what ECS, the registry, alarms and hooks say, nothing may be taken for good because it could not be read.
  it.each([
    'revisionStatus',
    'images',
    'targets',
    'alarms',
    'blockers',
    'stack',
    'protectedUntil',
    'headroom',
  ] as const)('never lets a start pass unasked when %s cannot be read', (fact) => {
    const checks = preflight(aSituation({ [fact]: UNREAD }), CONTEXT);
    expect(checks.filter(({ answer }) => answer === 'block' || answer === 'ask')).not.toEqual([]);
  });

  it('shows short digests alone', () => {
    expect(
      JSON.stringify(preflight(aSituation(images({ latest: found({ digest: OTHER_DIGEST }) })), CONTEXT)),
    ).not.toContain(DIGEST);
  });
});
