import { describe, expect, it } from 'vitest';
import { noteAction, outcomeText } from '../../../shared/domain/chat/action-news.ts';
import { type Ending, ended } from '../../../shared/domain/chat/action-request.ts';
import { bindOf } from '../../../shared/domain/chat/button.ts';
import { minutes } from '../../../shared/domain/instant.ts';
import { observeHook } from '../../../shared/domain/observe-service.ts';
import type { HookChanged } from '../../../shared/domain/signal.ts';
import { ASKED, ASKED_AT, aDeploymentIncident, aHook, aWanted, DEPLOYMENT, HOOK_ID } from '../../support/actions.ts';
import { CLUSTER, someDetails } from '../../support/records.ts';

const NOW = ASKED_AT + minutes(1);
const DONE: Ending = { status: 'done', because: 'ECS goes on with the deployment.' };
const waiting = aDeploymentIncident({ details: someDetails({ hook: aHook() }) });
const came = (name: keyof typeof ASKED, ending: Ending = DONE) => ended(aWanted(ASKED[name]), ending, NOW);

describe('an incident that hears what came of a request', () => {
  it('says so once in its thread, however often it hears it', () => {
    const noted = noteAction(waiting, came('continueHook'), NOW);
    expect(noted.timeline.at(-1)).toMatchObject({
      reason: 'step',
      text: 'U0ADA asked to continue the deployment that waits at a hook: ECS goes on with the deployment.',
    });
    expect(noted.revision).toBe(waiting.revision + 1);
    expect(noteAction(noted, came('continueHook'), NOW + minutes(5))).toBe(noted);
  });

  it('says it again when it was asked for again', () => {
    const no: Ending = { status: 'refused', because: 'Slackwater may not.' };
    const first = noteAction(waiting, came('rollBack', no), NOW);
    const again = ended(aWanted({ ...ASKED.rollBack, at: NOW + minutes(5) }), no, NOW + minutes(6));
    expect(noteAction(first, again, NOW + minutes(6)).timeline).toHaveLength(2);
  });

  it.each<readonly [string, Parameters<typeof came>, object]>([
    ['continued: its hook has ended', ['continueHook'], { hook: { status: 'ended' } }],
    ['rolled back at its hook: both', ['rollBackHook'], { hook: { status: 'ended' }, rollback: {} }],
    ['rolled back: ECS returns to the revision before', ['rollBack'], { hook: { status: 'waiting' }, rollback: {} }],
    [
      'moot: its hook has ended',
      ['continueHook', { status: 'refused', because: 'It ran out.', isMoot: true }],
      { hook: { status: 'ended' } },
    ],
    [
      'refused: its hook waits',
      ['continueHook', { status: 'refused', because: 'No.' }],
      { hook: { status: 'waiting' } },
    ],
  ])('shows what was %s', (_what, [name, ending], details) => {
    expect(noteAction(waiting, came(name, ending), NOW).details).toMatchObject(details);
  });

  it('puts the buttons out of date that were answered', () => {
    expect(bindOf(noteAction(waiting, came('continueHook'), NOW))).not.toBe(bindOf(waiting));
  });

  it('is not changed when it began after that: it is about another deployment', () => {
    const later = aDeploymentIncident({ firstSeen: ASKED_AT + 1 });
    expect(noteAction(later, came('rollBack'), NOW)).toBe(later);
  });

  it('hears that it was not done, and why', () => {
    expect(outcomeText(came('rollBack', { status: 'refused', because: 'It is STOPPED.' }))).toBe(
      'U0ADA asked to roll the deployment back, and it was not done: It is STOPPED.',
    );
  });
});

describe('the hook of an event', () => {
  const signal: HookChanged = {
    kind: 'hook-changed',
    envelope: {
      eventId: 'e-1',
      at: ASKED_AT,
      source: 'aws.ecs',
      detailType: 'ECS Hook State Change',
      place: CLUSTER,
    },
    service: { ...CLUSTER, service: 'checkout' },
    eventName: 'HOOK_AWAITING_ACTION',
    hookId: HOOK_ID,
    serviceDeploymentArn: DEPLOYMENT,
    expiresAt: aHook().expiresAt,
  };

  it.each([
    ['HOOK_AWAITING_ACTION', 'waiting'],
    ['HOOK_TIMED_OUT', 'ended'],
    ['HOOK_FAILED', 'ended'],
  ])('%s: it is %s', (eventName, status) => {
    expect(observeHook({ ...signal, eventName }, {}).details.hook).toEqual(aHook({ status }));
  });
});
