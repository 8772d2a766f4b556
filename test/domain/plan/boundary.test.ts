import { describe, expect, it } from 'vitest';
import { boundaryOf, isOld } from '../../../shared/domain/plan/boundary.ts';
import { aNotice, DELIVERED } from '../../support/plans.ts';

const TOLD = Date.UTC(2026, 10, 16, 9);

describe('the boundary between old and new tasks', () => {
  it.each([
    [
      'is the time of the notice in RFC 1123',
      'tasks launched after Mon, 16 Nov 2026 09:00:00 GMT were launched on the new platform version revision',
      TOLD,
    ],
    ['is the time in ISO 8601', 'Tasks launched after 2026-11-16T09:00:00Z were launched on the new revision.', TOLD],
    ['is the time with a space and UTC', 'All tasks launched after 2026-11-16 09:00 UTC are on it.', TOLD],
    [
      'is found over a line break',
      'Any tasks launched\non or after\n16 Nov 2026 09:00 GMT were launched on the new revision',
      TOLD,
    ],
    ['is not another time of the text', 'From Tue, 24 Nov 2026 10:00:00 GMT the tasks are replaced.', undefined],
    ['is not a time without its zone', 'tasks launched after 2026-11-16 09:00 were launched on it', undefined],
    ['is not a day that does not exist', 'tasks launched after 99 Nov 2026 09:00 GMT were launched on it', undefined],
    [
      'is not in the future of the notice, which speaks of the past',
      'tasks launched after Mon, 23 Nov 2026 09:00:00 GMT were launched on it',
      undefined,
    ],
    ['is the first delivery when the notice is silent', '', undefined],
  ])('%s', (_, description, told) => {
    expect(boundaryOf(aNotice({ description }))).toEqual(
      told === undefined ? { at: DELIVERED, from: 'delivery' } : { at: told, from: 'description' },
    );
  });

  it.each([
    ['a task created a millisecond before it is old', { createdAt: TOLD - 1 }, true],
    ['a task created at it is new', { createdAt: TOLD }, false],
    ['a task of unknown age counts as old', {}, true],
  ])('%s', (_, task, expected) => {
    expect(isOld(task, { at: TOLD, from: 'delivery' })).toBe(expected);
  });
});
