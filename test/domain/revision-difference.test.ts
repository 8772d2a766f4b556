import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import type { ConcealedContainerChanges } from '../../shared/domain/container-difference.ts';
import type { ContainerDefinition, TaskDefinitionFacts } from '../../shared/domain/facts.ts';
import {
  type RevisionPair,
  revisionDifferences,
  SAME_CONTENT,
  SAME_REVISION,
  SAME_TASK_DEFINITION,
} from '../../shared/domain/revision-difference.ts';
import { aContainer, aPair, aRevision, digestOf } from '../support/revisions.ts';

const ofTask = (from: Partial<TaskDefinitionFacts>, to: Partial<TaskDefinitionFacts>): Partial<RevisionPair> => ({
  from: aRevision(from),
  to: aRevision({ revision: 58, ...to }),
});
const ofContainer = (from: Partial<ContainerDefinition>, to: Partial<ContainerDefinition>) =>
  ofTask({ containers: [aContainer(from)] }, { containers: [aContainer(to)] });
const concealed = (app: Partial<ConcealedContainerChanges>, settings: readonly string[] = []) => ({
  concealed: { containers: new Map([['app', { environment: [], settings: [], ...app }]]), settings },
});
const image = (tag: string) => ({ image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:${tag}` });
const unresolved = { digests: new Map<string, string>() };

describe('a revision against the one before', () => {
  test.each<[string, Partial<RevisionPair>, string]>([
    [
      'with another tag names both tags',
      { ...ofContainer(image('1'), image('2')), from: aRevision({ containers: [aContainer(image('1'))] }, unresolved) },
      'app image 1 -> 2',
    ],
    [
      'with another tag of the same image says so',
      ofContainer(image('2.30.4'), image('2.31.0')),
      'app image 2.30.4 -> 2.31.0, the same digest',
    ],
    [
      'with a moved tag tells it although the definition is the same',
      { to: aRevision({}, { digests: new Map([['app', digestOf('b')]]) }) },
      'app image 2.30.4: the tag was moved to another image, sha256:aaaaaaaaaaaa -> sha256:bbbbbbbbbbbb',
    ],
    [
      'with a digest instead of a tag shortens it',
      { ...ofContainer({ image: 'checkout:1' }, { image: `checkout@${digestOf('c')}` }) },
      'app image 1 -> sha256:cccccccccccc, the same digest',
    ],
    [
      'from another registry with a port names the whole references',
      { ...ofContainer({ image: 'registry:5000/checkout' }, { image: 'quay.io/checkout:1' }) },
      'app image registry:5000/checkout -> quay.io/checkout:1, the same digest',
    ],
    [
      'with a new container says whether it is essential',
      ofTask({}, { containers: [aContainer(), aContainer({ name: 'proxy', isEssential: true })] }),
      'container proxy added (essential)',
    ],
    [
      'without a container that was there names it',
      ofTask({ containers: [aContainer(), aContainer({ name: 'proxy' })] }, {}),
      'container proxy removed',
    ],
    ['for another CPU names both', ofTask({}, { cpuArchitecture: 'ARM64' }), 'CPU architecture X86_64 -> ARM64'],
    [
      'with another command says that it changed, not what it is',
      concealed({ settings: ['command', 'user'] }),
      'app command, user changed',
    ],
    [
      'with other secrets names variables and sources',
      ofContainer(
        {
          secrets: [
            { name: 'OLD', valueFrom: 'a' },
            { name: 'KEY', valueFrom: 'b' },
          ],
        },
        {
          secrets: [
            { name: 'KEY', valueFrom: 'c' },
            { name: 'NEW', valueFrom: 'd' },
          ],
        },
      ),
      'app secrets: KEY now from c, NEW added (d), OLD removed',
    ],
    [
      'with other variables names them, never their values',
      {
        ...ofContainer({ environmentNames: ['OLD', 'DB_HOST'] }, { environmentNames: ['DB_HOST', 'FEATURE_X'] }),
        ...concealed({ environment: ['DB_HOST'] }),
      },
      'app environment: FEATURE_X added, OLD removed, DB_HOST changed',
    ],
    [
      'with many variables counts those beyond six',
      ofContainer({ environmentNames: [] }, { environmentNames: Array.from('ABCDEFGH') }),
      'app environment: A added, B added, C added, D added, E added, F added and 2 more',
    ],
    [
      'with another execution role names both',
      ofTask({ executionRoleArn: 'arn:old' }, { executionRoleArn: 'arn:new' }),
      'execution role arn:old -> arn:new',
    ],
    ['with less memory names both sizes', ofTask({ memory: 1024 }, { memory: 512 }), 'task memory 1024 -> 512 MiB'],
    ['with a new limit says that there was none', ofTask({ cpu: 256 }, { cpu: 512 }), 'task CPU 256 -> 512 units'],
    [
      'with a smaller container names it',
      ofContainer({ memoryReservation: 768 }, {}),
      'app memory reservation 768 -> not set',
    ],
    ['with other ports names both', ofContainer({}, { containerPorts: [3000] }), 'app ports 8080 -> 3000'],
    ['with another host port only says so', concealed({ settings: ['port mappings'] }), 'app port mappings changed'],
    [
      'with another health check names both commands',
      ofContainer({ healthCheckCommand: ['CMD', 'a'] }, { healthCheckCommand: ['CMD', 'b'] }),
      'app health check CMD a -> CMD b',
    ],
    ['with other health check times says so', concealed({ settings: ['health check'] }), 'app health check changed'],
    [
      'with another log group names both',
      ofContainer({}, { logOptions: { 'awslogs-group': '/ecs/other' } }),
      'app log group /ecs/checkout -> /ecs/other',
    ],
    ['with a container essential now says so', ofContainer({ isEssential: false }, {}), 'app is essential now'],
    [
      'with other settings of the service names them',
      concealed({}, ['service network configuration', 'volumes']),
      'service network configuration, volumes changed',
    ],
    [
      'with other mount points names the setting',
      concealed({ settings: ['mount points'] }),
      'app mount points changed',
    ],
  ])('%s', (_, change, expected) => {
    expect(revisionDifferences(aPair(change))).toEqual([expected]);
  });

  test.each<[string, Partial<RevisionPair>, string]>([
    ['the same revision with the same images', { to: aRevision() }, SAME_REVISION],
    ['the same task definition with unknown images', { to: aRevision({}, unresolved) }, SAME_TASK_DEFINITION],
    ['another revision with the same content', {}, SAME_CONTENT],
  ])('%s is told as what it is', (_, change, expected) => {
    expect(revisionDifferences(aPair(change))).toEqual([expected]);
  });

  it('tells first what most often breaks a start', () => {
    const differences = revisionDifferences(
      aPair({
        ...ofTask({}, { memory: 512, containers: [aContainer({ ...image('9'), containerPorts: [1] })] }),
        ...concealed({ environment: ['DB_HOST'], settings: ['command', 'docker labels'] }),
      }),
    );
    expect(differences.map((difference) => difference.split(' ').slice(0, 2).join(' '))).toEqual([
      'app image',
      'app command',
      'app environment:',
      'task memory',
      'app ports',
      'app docker',
    ]);
  });
});

const name = fc.constantFrom('app', 'proxy', 'shipper', '__proto__', 'constructor');
const container: fc.Arbitrary<ContainerDefinition> = fc.record({
  name,
  image: fc.oneof(fc.string(), fc.constantFrom('a:1', 'a:2', `a@${digestOf('d')}`)),
  isEssential: fc.boolean(),
  logOptions: fc.constant({}),
  containerPorts: fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 3 }),
  environmentNames: fc.array(fc.string(), { maxLength: 20 }),
  secrets: fc.array(fc.record({ name: fc.string(), valueFrom: fc.string() }), { maxLength: 20 }),
});
const revision = fc
  .record({
    containers: fc.uniqueArray(container, { selector: (one) => one.name, maxLength: 5 }),
    digests: fc.array(fc.tuple(name, fc.constantFrom(digestOf('a'), digestOf('b')))),
    memory: fc.integer(),
  })
  .map(({ containers, digests, memory }) => aRevision({ containers, memory }, { digests: new Map(digests) }));

describe('whatever two revisions hold', () => {
  property.prop([revision, revision])('there are one to twelve sentences', (from, to) => {
    const differences = revisionDifferences(aPair({ from, to }));
    expect(differences.length).toBeGreaterThanOrEqual(1);
    expect(differences.length).toBeLessThanOrEqual(12);
    expect(differences).not.toContain('');
  });

  property.prop([revision])('a revision does not differ from itself', (same) => {
    const differences = revisionDifferences(aPair({ from: same, to: same }));
    expect([SAME_REVISION, SAME_TASK_DEFINITION]).toContain(differences[0]);
    expect(differences).toHaveLength(1);
  });

  property.prop([revision, revision])('what differs one way differs the other way', (one, other) => {
    const isSame = (from: typeof one, to: typeof one) =>
      [SAME_CONTENT, SAME_REVISION, SAME_TASK_DEFINITION].includes(revisionDifferences(aPair({ from, to }))[0] ?? '');
    expect(isSame(one, other)).toBe(isSame(other, one));
  });
});
