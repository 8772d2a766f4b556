import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clusterArn, serviceArn } from '../../shared/domain/place.ts';
import {
  parseArn,
  parseClusterArn,
  parseServiceArn,
  parseServiceDeploymentArn,
  parseTaskArn,
  parseTaskDefinitionArn,
} from '../../shared/parse/arn.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/);
const place = fc.record({
  partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b', 'aws-eusc'),
  region: fc.constantFrom('eu-west-1', 'cn-northwest-1', 'us-gov-west-1', 'eusc-de-east-1'),
  account: fc.stringMatching(/^\d{12}$/),
});
const serviceRef = fc.tuple(place, name, name).map(([at, cluster, service]) => ({ ...at, cluster, service }));

describe('ARNs of every partition', () => {
  test('a cluster and a service are read back as they were written', () => {
    fc.assert(
      fc.property(serviceRef, (ref) => {
        const { service: _service, ...cluster } = ref;
        expect(parseServiceArn(serviceArn(ref))).toEqual(ref);
        expect(parseClusterArn(clusterArn(ref))).toEqual(cluster);
      }),
    );
  });

  test('a task keeps its own ARN, in the long form and in the short one', () => {
    fc.assert(
      fc.property(serviceRef, fc.stringMatching(/^[0-9a-f]{32}$/), ({ service: _service, ...cluster }, taskId) => {
        const prefix = `arn:${cluster.partition}:ecs:${cluster.region}:${cluster.account}:task/`;
        const long = `${prefix}${cluster.cluster}/${taskId}`;
        const short = `${prefix}${taskId}`;
        expect(parseTaskArn(long)).toEqual({ ...cluster, taskId, arn: long });
        expect(parseTaskArn(short, cluster.cluster)).toEqual({ ...cluster, taskId, arn: short });
        expect(parseTaskArn(short)).toBeUndefined();
      }),
    );
  });

  test('no text is read as two kinds of thing, and none throws', () => {
    const parsers = [parseClusterArn, parseServiceArn, parseTaskArn, parseTaskDefinitionArn, parseServiceDeploymentArn];
    const path = fc.array(fc.oneof(name, fc.constantFrom('', 'x:1', ' ', 'ü')), { maxLength: 4 });
    const kind = fc.constantFrom('cluster', 'service', 'task', 'task-definition', 'service-deployment', 'container');
    const arn = fc
      .tuple(kind, path)
      .map(([type, names]) => `arn:aws:ecs:eu-west-1:111122223333:${[type, ...names].join('/')}`);
    fc.assert(
      fc.property(fc.oneof(arn, fc.string()), (text) => {
        expect(parsers.filter((parse) => parse(text) !== undefined).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

const AT = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const ECS = 'arn:aws:ecs:eu-west-1:111122223333';

describe('single forms', () => {
  it('splits an ARN at its first five colons', () => {
    expect(parseArn('arn:aws:health:eu-west-1::event/ECS/A/A_1:2')).toEqual({
      ...AT,
      account: '',
      service: 'health',
      resource: 'event/ECS/A/A_1:2',
    });
  });

  it('takes the cluster of a short service ARN from the caller, and of a long one from the ARN', () => {
    expect(parseServiceArn(`${ECS}:service/web`, 'harbor-prod')).toMatchObject({
      cluster: 'harbor-prod',
      service: 'web',
    });
    expect(parseServiceArn(`${ECS}:service/a/web`, 'b')).toMatchObject({ cluster: 'a', service: 'web' });
  });

  it('reads family and revision of a task definition', () => {
    const arn = `${ECS}:task-definition/checkout:58`;
    expect(parseTaskDefinitionArn(arn)).toEqual({ family: 'checkout', revision: 58, arn });
  });

  it('reads a service deployment whose id holds dashes and underscores', () => {
    const arn = `${ECS}:service-deployment/harbor-prod/ledger/Qk3_rT-9vWm`;
    const expected = { ...AT, cluster: 'harbor-prod', service: 'ledger', serviceDeploymentId: 'Qk3_rT-9vWm' };
    expect(parseServiceDeploymentArn(arn)).toEqual(expected);
  });

  it.each([
    ['an empty text', '', parseServiceArn],
    ['a short service ARN without a known cluster', `${ECS}:service/web`, parseServiceArn],
    ['a service ARN with one name too many', `${ECS}:service/a/b/c`, parseServiceArn],
    ['a service ARN with an empty name', `${ECS}:service/a/`, parseServiceArn],
    ['a service of another AWS service', 'arn:aws:apprunner:eu-west-1:111122223333:service/a/b', parseServiceArn],
    ['an ECS ARN without a Region', 'arn:aws:ecs::111122223333:service/a/b', parseServiceArn],
    ['a service deployment as a service', `${ECS}:service-deployment/a/b/c`, parseServiceArn],
    ['a task as a cluster', `${ECS}:task/a`, parseClusterArn],
    ['a task definition without its revision', `${ECS}:task-definition/checkout`, parseTaskDefinitionArn],
    [
      'a task definition with a word for its revision',
      `${ECS}:task-definition/checkout:latest`,
      parseTaskDefinitionArn,
    ],
    ['a service deployment without an id', `${ECS}:service-deployment/a/b`, parseServiceDeploymentArn],
    ['an ARN within a sentence', `the task ${ECS}:task/a/b`, parseTaskArn],
  ])('refuses %s', (_sentence, text, parse) => {
    expect(parse(text)).toBeUndefined();
  });
});
