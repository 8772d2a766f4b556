import { describe, expect, it } from 'vitest';
import { type ActionAsked, ask, notAfterFor } from '../../../shared/domain/chat/action-request.ts';
import { afterAttempt, type DeploymentSeen, nextOfAction } from '../../../shared/domain/chat/action-step.ts';
import { found, type MissingReason, missing } from '../../../shared/domain/facts.ts';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { ASKED, ASKED_AT, aWanted, HOOK_ID } from '../../support/actions.ts';

type Name = keyof typeof ASKED;
type Came = 'take' | 'done' | 'moot';

const next = (name: Name, seen: DeploymentSeen, now = ASKED_AT) => nextOfAction(aWanted(ASKED[name]), found(seen), now);

function cameOf(name: Name, seen: DeploymentSeen): Came {
  const step = next(name, seen);
  if (step.kind === 'take') return 'take';
  if (step.request.status === 'done') return 'done';
  if (step.request.status === 'refused' && step.request.isMoot) return 'moot';
  throw new Error('neither done nor moot');
}

describe('what ECS shows of a deployment decides on its rollback', () => {
  it.each<readonly [string, Came]>([
    ['PENDING', 'take'],
    ['IN_PROGRESS', 'take'],
    ['ROLLBACK_REQUESTED', 'done'],
    ['ROLLBACK_IN_PROGRESS', 'done'],
    ['ROLLBACK_SUCCESSFUL', 'done'],
    ['SUCCESSFUL', 'moot'],
    ['STOP_REQUESTED', 'moot'],
    ['STOPPED', 'moot'],
    ['ROLLBACK_FAILED', 'moot'],
    ['SOMETHING_NEW', 'moot'],
  ])('%s: %s', (status, came) => {
    expect(cameOf('rollBack', { status, hooks: [] })).toBe(came);
  });
});

describe('what ECS shows of a hook decides on its answer', () => {
  it.each<readonly [string, Came, Came]>([
    ['AWAITING_ACTION', 'take', 'take'],
    ['SUCCEEDED', 'done', 'moot'],
    ['FAILED', 'moot', 'done'],
    ['TIMED_OUT', 'moot', 'moot'],
    ['IN_PROGRESS', 'moot', 'moot'],
  ])('%s: to continue it %s, to roll it back %s', (status, forward, back) => {
    const seen = { status: 'IN_PROGRESS', hooks: [{ id: HOOK_ID, status }] };
    expect([cameOf('continueHook', seen), cameOf('rollBackHook', seen)]).toEqual([forward, back]);
  });

  it('is moot where the deployment has another hook, or waits no more', () => {
    const other = { status: 'IN_PROGRESS', hooks: [{ id: 'ecs-pause-2', status: 'AWAITING_ACTION' }] };
    const ended = { status: 'ROLLBACK_IN_PROGRESS', hooks: [{ id: HOOK_ID, status: 'AWAITING_ACTION' }] };
    expect([cameOf('continueHook', other), cameOf('continueHook', ended)]).toEqual(['moot', 'moot']);
    expect([cameOf('rollBackHook', other), cameOf('rollBackHook', ended)]).toEqual(['moot', 'done']);
  });
});

describe('time', () => {
  const seen: DeploymentSeen = { status: 'IN_PROGRESS', hooks: [] };

  it('lets it begin until the last instant, and no later', () => {
    const { notAfter } = ASKED.rollBack;
    expect(next('rollBack', seen, notAfter)).toEqual({ kind: 'take' });
    expect(next('rollBack', seen, notAfter + 1)).toMatchObject({
      kind: 'settle',
      request: { status: 'refused', because: 'It came too late: it was to be begun by 2026-11-21 08:18 UTC.' },
    });
  });

  it('does not take back what is done by then', () => {
    expect(next('rollBack', { status: 'ROLLBACK_REQUESTED', hooks: [] }, ASKED.rollBack.notAfter + 1)).toMatchObject({
      request: { status: 'done' },
    });
  });

  it('is ten minutes, and ends when a hook does', () => {
    expect([notAfterFor(0), notAfterFor(0, minutes(2))]).toEqual([minutes(10), minutes(2)]);
  });
});

describe('a deployment that could not be looked at', () => {
  it.each<readonly [MissingReason, string, string]>([
    ['throttled', 'wanted', 'refused'],
    ['timeout', 'wanted', 'refused'],
    ['failed', 'wanted', 'refused'],
    ['denied', 'refused', 'refused'],
    ['not-found', 'refused', 'refused'],
  ])('is never changed (%s): %s while there is time, %s after that', (reason, inTime, late) => {
    const unseen = missing(reason, 'it was not read');
    const at = (now: number) => nextOfAction(aWanted(), unseen, now);
    expect(at(ASKED_AT)).toMatchObject({ kind: 'settle', request: { status: inTime } });
    expect(at(ASKED.rollBack.notAfter + 1)).toMatchObject({ kind: 'settle', request: { status: late } });
  });
});

describe('after ECS was asked', () => {
  const wanted = { ...aWanted(), claimedUntil: ASKED_AT + minutes(1), because: 'before' };

  it('what it took is done', () => {
    const after = afterAttempt(wanted, { status: 'done' }, ASKED_AT);
    expect(after).toMatchObject({ status: 'done', dueAt: ASKED_AT });
    expect(after).not.toHaveProperty('claimedUntil');
  });

  it('what was over is moot', () => {
    const over = afterAttempt(wanted, { status: 'skipped', because: 'It is over.' }, ASKED_AT);
    expect(over).toMatchObject({ status: 'refused', because: 'It is over.', isMoot: true });
  });

  it('what it refused is refused, and may be asked for again', () => {
    const refused = afterAttempt(wanted, { status: 'failed', because: 'No.', retryable: false }, ASKED_AT);
    expect(refused).toMatchObject({ status: 'refused', because: 'No.' });
    expect(ask(ASKED.rollBack, { ...refused, version: 4 })).toMatchObject({ status: 'wanted', version: 4 });
  });

  it('what may help later is looked at again in the next minute, claimed by nobody', () => {
    const later = afterAttempt(wanted, { status: 'failed', because: 'Later.', retryable: true }, ASKED_AT);
    expect(later).toMatchObject({ status: 'wanted', because: 'Later.', dueAt: ASKED_AT + seconds(45) });
    expect(later).not.toHaveProperty('claimedUntil');
  });
});

describe('asking', () => {
  it.each<readonly [string, ActionAsked, ActionAsked]>([
    ['for the same twice', ASKED.rollBack, { ...ASKED.rollBack, by: 'U0BOB' }],
    ['to go on where somebody asks to go back', ASKED.continueHook, ASKED.rollBackHook],
  ])('%s meets the first', (_what, first, second) => {
    const known = { ...aWanted(first), version: 1 };
    expect(aWanted(second).id).toBe(known.id);
    expect(ask(second, known)).toEqual({ already: known });
    const done = afterAttempt(known, { status: 'done' }, ASKED_AT);
    expect(ask(second, done)).toEqual({ already: done });
  });

  it('for the rollback of a deployment is another matter than for an answer to its hook', () => {
    expect(aWanted(ASKED.rollBack).id).not.toBe(aWanted(ASKED.rollBackHook).id);
  });
});
