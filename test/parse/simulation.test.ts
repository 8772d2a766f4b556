import { describe, expect, it } from 'vitest';
import { minutes } from '../../shared/domain/instant.ts';
import { parseSimulation } from '../../shared/parse/simulation.ts';

const problemsOf = (document: unknown) => {
  const parsed = parseSimulation(document);
  return parsed.status === 'valid' ? [] : parsed.problems.map(({ path, expected }) => `${path}: ${expected}`);
};
const one = (fields: object) => ({ version: 1, services: [{ service: 'harbor-prod/checkout', ...fields }] });

describe('a description of services', () => {
  it('needs nothing but names', () => {
    expect(parseSimulation(one({}))).toEqual({ status: 'valid', simulation: one({}) });
  });

  it('gives durations in milliseconds', () => {
    expect(parseSimulation(one({ past: ['PT10M', '1h'], deployment: { takes: '90s' } }))).toMatchObject({
      simulation: { services: [{ past: [minutes(10), minutes(60)], deployment: { takes: 90_000 } }] },
    });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'document: an object'],
    ['no version', { services: [{ service: 'a/b' }] }, 'version: the number 1'],
    ['no services', { version: 1, services: [] }, 'services: a list with at least one entry'],
    [
      'an ARN for a name',
      { version: 1, services: [{ service: 'arn:aws:ecs:::service/a/b' }] },
      'services[0].service: CLUSTER/SERVICE, as the notice names it',
    ],
    ['a mistyped key', one({ desird: 2 }), 'services[0].desird: one of the keys service, exists, desired'],
    ['half a task', one({ desired: 1.5 }), 'services[0].desired: a whole number from 0 to 5000'],
    [
      'a duration without its unit',
      one({ past: [10] }),
      'services[0].past[0]: a duration such as PT1H30M or 1h30m, at most 7 days',
    ],
    [
      'a deployment that takes no time',
      one({ deployment: { takes: '0s' } }),
      'services[0].deployment.takes: a duration',
    ],
    [
      'an end that there is not',
      one({ deployment: { ends: 'well' } }),
      'services[0].deployment.ends: one of succeeded, failed, rolled-back, never',
    ],
    [
      'a family without its revision',
      one({ taskDefinition: 'checkout' }),
      'services[0].taskDefinition: a task definition such as checkout:42',
    ],
  ])('is refused with %s', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([expect.stringContaining(problem)]);
  });

  it('is told all its problems at once', () => {
    expect(problemsOf({ services: [{ service: 'a' }, { service: 'a/b', tags: { team: 1 } }] })).toHaveLength(3);
  });
});
