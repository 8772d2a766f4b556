import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  actionId,
  BUTTON_VALUE_LIMIT,
  type Button,
  bindOf,
  buttonValue,
  CHAT_ACTIONS,
  readButtonValue,
} from '../../../shared/domain/chat/button.ts';
import type { AnnouncedRecord, Fingerprint, Incident } from '../../../shared/domain/incident.ts';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { aDigest } from '../../render/records.ts';
import { aHook } from '../../support/actions.ts';
import { aPlannedNotice, aRow, aSummary } from '../../support/plan-summaries.ts';
import { aNotice, anIncident, SEEN_AT, someDetails } from '../../support/records.ts';

const button: fc.Arbitrary<Button> = fc
  .record({
    action: fc.constantFrom(...CHAT_ACTIONS),
    about: fc.tuple(fc.string(), fc.string()).map((parts) => parts.join('|') as Fingerprint),
    bind: fc.string({ minLength: 1 }),
    more: fc.option(fc.string(), { nil: undefined }),
  })
  .map(({ more, ...rest }) => ({ ...rest, ...(more !== undefined && { more }) }));

describe('the value of a button', () => {
  test('says again what it was made of', () => {
    fc.assert(
      fc.property(button, (any) => {
        const value = buttonValue(any);
        fc.pre(value.length <= BUTTON_VALUE_LIMIT);
        expect(readButtonValue(value)).toEqual(any);
      }),
    );
  });

  test('that is something else is no button, and no error', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((text) => `[1,"approve",${text}]`),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const read = readButtonValue(text);
        expect(read === undefined || buttonValue(read) === JSON.stringify(JSON.parse(text))).toBe(true);
      }),
    );
  });

  it.each([
    ['is empty', ''],
    ['is of another version', '[2,"approve","a|b","x"]'],
    ['names an action that there is not', '[1,"delete","a|b","x"]'],
    ['names no record', '[1,"approve","ab","x"]'],
    ['binds to nothing', '[1,"approve","a|b",""]'],
    ['holds something else than text', '[1,"approve","a|b",{}]'],
    ['holds more than a button has', '[1,"approve","a|b","x","y","z"]'],
    ['holds less than a button has', '[1,"approve","a|b"]'],
    ['is longer than Slack keeps one', JSON.stringify([1, 'approve', `a|${'b'.repeat(2_000)}`, 'x'])],
  ])('is not read when it %s', (_why, text) => {
    expect(readButtonValue(text)).toBeUndefined();
  });
});

it('names those that open a modal by their action id, which the endpoint knows nothing else of', () => {
  const modal = CHAT_ACTIONS.filter((action) => actionId(action) === `modal:${action}`);
  expect(modal).toEqual(['mute', 'redeploy', 'roll-back', 'approve-some', 'change-window', 'run-now']);
  expect(CHAT_ACTIONS.map(actionId).filter((id) => !/^(modal|act):[a-z-]+$/.test(id))).toEqual([]);
});

const open: Incident = anIncident();
const hooked = (hook: object): Incident => anIncident({ details: someDetails({ hook: aHook(hook) }) });
const planned = (overrides: object = {}) => aPlannedNotice(aSummary([aRow('checkout')], overrides));

describe('a click is out of date', () => {
  it.each<readonly [string, AnnouncedRecord, AnnouncedRecord]>([
    [
      'once somebody has taken the incident',
      open,
      anIncident({ state: { status: 'open', acknowledged: { by: 'U0ADA', at: SEEN_AT } } }),
    ],
    ['once it is over', open, anIncident({ state: { status: 'resolved', at: SEEN_AT, how: 'quiet' } })],
    ['once it has come back', open, anIncident({ reopened: 1 })],
    ['when another incident has its place', open, anIncident({ id: 'inc-0000000000' as Incident['id'] })],
    ['once the deployment has failed', open, anIncident({ details: someDetails({ deploymentFailed: true }) })],
    ['once ECS rolls back', open, anIncident({ details: someDetails({ rollback: {} }) })],
    ['when another hook waits', hooked({}), hooked({ id: 'ecs-pause-2' })],
    ['once the hook has ended', hooked({}), hooked({ status: 'ended' })],
    ['when the plan is another', planned(), planned({ hash: '0000000000' })],
    ['once the plan is under way', planned(), planned({ phase: 'under-way' })],
    ['once there is a plan', aNotice(), planned()],
    ['once AWS has closed the notice', aNotice(), aNotice({ phase: 'closed' })],
    ['once the storm is over', aDigest({ state: 'storm' }), aDigest({ state: 'over' })],
  ])('%s', (_when, shown, now) => {
    expect(bindOf(now)).not.toBe(bindOf(shown));
  });
});

describe('a click is still good', () => {
  it.each<readonly [string, AnnouncedRecord, AnnouncedRecord]>([
    [
      'however often more of the same is seen',
      open,
      anIncident({ occurrences: 900, lastSeen: SEEN_AT + hours(2), revision: 77, version: 80 }),
    ],
    ['when the hook is seen again', hooked({}), hooked({ expiresAt: SEEN_AT + minutes(1) })],
    [
      'when somebody else has voted',
      planned(),
      planned({ votes: { given: ['U0ADA'], needed: 2, against: [] }, heard: 3 }),
    ],
  ])('%s', (_when, shown, now) => {
    expect(bindOf(now)).toBe(bindOf(shown));
  });
});
