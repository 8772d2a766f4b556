import { describe, expect, test } from 'vitest';
import {
  deploymentsUrl,
  healthEventUrl,
  logStreamUrl,
  outsideUrl,
  serviceUrl,
  taskDefinitionUrl,
  taskUrl,
} from '../../shared/render/links.ts';
import { CLUSTER, PLACE } from '../support/records.ts';

const CHECKOUT = { ...CLUSTER, service: 'checkout' };
const HOST = 'https://eu-west-1.console.aws.amazon.com';
const EVENT = 'arn:aws:health:eu-west-1::event/ECS/AWS_ECS_OPERATIONAL_ISSUE/AWS_ECS_OPERATIONAL_ISSUE_1';

describe('console links', () => {
  test.each([
    [
      'a service',
      serviceUrl(CHECKOUT),
      `${HOST}/ecs/v2/clusters/harbor-prod/services/checkout/health?region=eu-west-1`,
    ],
    [
      'its deployments',
      deploymentsUrl(CHECKOUT),
      `${HOST}/ecs/v2/clusters/harbor-prod/services/checkout/deployments?region=eu-west-1`,
    ],
    [
      'a task',
      taskUrl(CLUSTER, '0c5b'),
      `${HOST}/ecs/v2/clusters/harbor-prod/tasks/0c5b/configuration?region=eu-west-1`,
    ],
    [
      'a task definition revision',
      taskDefinitionUrl(PLACE, { family: 'checkout', revision: 42 }),
      `${HOST}/ecs/v2/task-definitions/checkout/42/containers?region=eu-west-1`,
    ],
    [
      'a log stream, in the Region of its group',
      logStreamUrl('aws', { group: '/ecs/api', stream: 'app/a b/1', region: 'eu-central-1' }),
      'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Fecs$252Fapi/log-events/app$252Fa$2520b$252F1',
    ],
    [
      'a Health event',
      healthEventUrl('aws', EVENT),
      `https://health.aws.amazon.com/health/home#/account/event-log?eventID=${EVENT}&eventTab=details`,
    ],
  ])('of %s', (_, url, expected) => expect(url).toBe(expected));

  test.each([
    ['aws', 'us-east-1', 'us-east-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('of partition %s are on its own console', (partition, region, host) => {
    expect(new URL(serviceUrl({ ...CHECKOUT, partition, region }) ?? '').host).toBe(host);
  });

  test.each([
    ['a partition that nobody knows', serviceUrl({ ...CHECKOUT, partition: 'aws-iso-z' })],
    ['a property that every object has', serviceUrl({ ...CHECKOUT, partition: 'constructor' })],
    ['a Region that is another host', serviceUrl({ ...CHECKOUT, region: 'evil.example/' })],
    ['a name that makes the address too long', serviceUrl({ ...CHECKOUT, service: 'ü'.repeat(255) })],
    ['a Health event outside of the aws partition', healthEventUrl('aws-cn', EVENT)],
    ['a Health ARN with markup in it', healthEventUrl('aws', `${EVENT}|<!here>`)],
    ['documentation that is a script', outsideUrl('javascript:alert(1)')],
    ['documentation that is no address', outsideUrl('see the wiki')],
    ['no documentation', outsideUrl(undefined)],
  ])('%s has no link', (_, url) => expect(url).toBeUndefined());

  test('names are encoded, so that they stay one part of the path', () => {
    expect(serviceUrl({ ...CHECKOUT, service: 'a/../b?c#d' })).toContain('/services/a%2F..%2Fb%3Fc%23d/health');
  });
});
