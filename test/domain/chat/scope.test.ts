import { describe, expect, it } from 'vitest';
import { scopeIn, scopeName, subjectOfScope } from '../../../shared/domain/chat/scope.ts';

describe('a scope', () => {
  it.each([
    [
      'harbor-prod/checkout',
      { clusters: ['harbor-prod'], services: ['checkout'] },
      { cluster: 'harbor-prod', service: 'checkout' },
    ],
    ['harbor-prod', { clusters: ['harbor-prod'] }, { cluster: 'harbor-prod' }],
    [
      '222233334444/us-gov-east-1/harbor-prod/checkout',
      { accounts: ['222233334444'], regions: ['us-gov-east-1'], clusters: ['harbor-prod'], services: ['checkout'] },
      { account: '222233334444', region: 'us-gov-east-1', cluster: 'harbor-prod', service: 'checkout' },
    ],
    [
      '222233334444/eu-west-1/harbor-prod',
      { accounts: ['222233334444'], regions: ['eu-west-1'], clusters: ['harbor-prod'] },
      { account: '222233334444', region: 'eu-west-1', cluster: 'harbor-prod' },
    ],
    ['everything', {}, {}],
  ])('%s is understood, said again and asked about', (text, scope, subject) => {
    expect(scopeIn(text)).toEqual(scope);
    expect(scopeName(scope)).toBe(text);
    expect(subjectOfScope(scope)).toEqual(subject);
  });

  it.each([
    '',
    '/',
    'a/',
    '/b',
    'a/b/c',
    '222233334444/eu-west-1/',
    '222233334444/eu-west-1/a/b/c',
    'prod-*',
    'prod/*',
    '*',
    'a b',
    'arn:aws:ecs:eu-west-1:111122223333:service/a/b',
  ])('"%s" is none', (text) => {
    expect(scopeIn(text)).toBeUndefined();
  });

  it('of several clusters is asked about as all there are, because a right for one of them is not enough', () => {
    expect(subjectOfScope({ regions: ['eu-west-1'], clusters: ['a', 'b'], services: ['x'] })).toEqual({
      region: 'eu-west-1',
      service: 'x',
    });
  });

  it('names what was selected in more detail as well as it can', () => {
    expect(scopeName({ accounts: ['111122223333'], clusters: ['a'], services: ['b', 'c'] })).toBe('a/b,c');
  });
});
