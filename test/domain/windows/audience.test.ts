import { describe, expect, it } from 'vitest';
import { audiencesOf, covers, freezesFor, WINDOW_TAG, windowsFor } from '../../../shared/domain/windows/audience.ts';
import type { PlaceSelector } from '../../../shared/domain/windows/maintenance.ts';
import { aFreeze, aSubject, aWindow } from '../../support/maintenance.ts';

const everything = aWindow({ name: 'everything' });
const here = aWindow({ name: 'here', select: { regions: ['eu-*'] } });
const team = aWindow({ name: 'team', select: { tags: { team: ['payments'] } } });
const cluster = aWindow({ name: 'cluster', select: { clusters: ['harbor-*'], tags: { team: ['payments'] } } });
const service = aWindow({ name: 'service', select: { services: ['checkout'] } });
const second = aWindow({ name: 'second', select: { services: ['check*'], clusters: ['harbor-prod'] } });
const all = [everything, here, team, cluster, service, second];

describe('the windows of a service', () => {
  it.each([
    ['by its name, all of them together', { tags: { team: 'payments' } }, 'service', ['service', 'second']],
    ['by its cluster before its tags', { service: 'ledger', tags: { team: 'payments' } }, 'cluster', ['cluster']],
    ['by a tag', { cluster: 'lab', service: 'ledger', tags: { team: 'payments' } }, 'tag', ['team']],
    ['for everything and for a Region alike', { service: 'ledger' }, 'default', ['everything', 'here']],
    ['elsewhere', { service: 'ledger', region: 'us-east-1' }, 'default', ['everything']],
    ['by the tag that names one', { tags: { [WINDOW_TAG]: ' team ' } }, 'named', ['team']],
    ['by a tag that names none', { tags: { [WINDOW_TAG]: 'no-such' } }, 'named', []],
  ])('are found %s', (_, subject, level, names) => {
    const chosen = windowsFor(all, aSubject(subject));
    expect(chosen.level).toBe(level);
    expect(chosen.windows.map(({ name }) => name)).toEqual(names);
  });

  it('are told with those that they beat', () => {
    expect(windowsFor(all, aSubject()).beaten.map(({ name }) => name)).toEqual(['everything', 'here']);
  });

  it('never are those of a service for a task that has none', () => {
    const { service: _, ...standalone } = aSubject();
    expect(windowsFor(all, standalone).windows).toEqual([everything, here]);
  });
});

describe('freezes', () => {
  it('hold for all that they select, whatever the level', () => {
    const freezes = [aFreeze(), aFreeze({ name: 'lab', select: { clusters: ['lab'] } })];
    expect(freezesFor(freezes, aSubject()).map(({ name }) => name)).toEqual(['peak']);
  });
});

describe('an audience', () => {
  it('is what windows of the same selector share, however it is written', () => {
    const one = aWindow({ name: 'one', select: { clusters: ['a', 'b'], tags: { x: ['1'], y: ['2'] } } });
    const two = aWindow({ name: 'two', select: { tags: { y: ['2'], x: ['1'] }, clusters: ['b', 'a'] } });
    expect(audiencesOf([one, everything, two], []).map(({ windows }) => windows.map(({ name }) => name))).toEqual([
      ['one', 'two'],
      ['everything'],
    ]);
  });

  it.each<[string, PlaceSelector, PlaceSelector, boolean]>([
    ['everything covers a cluster', {}, { clusters: ['lab'] }, true],
    ['a cluster does not cover everything', { clusters: ['lab'] }, {}, false],
    ['a pattern covers what fits it', { clusters: ['prod-*'] }, { clusters: ['prod-eu-*', 'prod-us'] }, true],
    ['a pattern does not cover a wider one', { clusters: ['prod-*'] }, { clusters: ['*'] }, false],
    ['each field is asked', { clusters: ['*'], services: ['api'] }, { clusters: ['lab'] }, false],
    ['tags are asked too', { tags: { team: ['pay*'] } }, { tags: { team: ['payments'], tier: ['1'] } }, true],
    ['another tag is no cover', { tags: { team: ['pay*'] } }, { tags: { tier: ['1'] } }, false],
  ])('%s', (_, outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });
});
