import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTopic } from '../../shared/effects/topic.ts';
import type { Notification } from '../../shared/render/message.ts';
import { aBudget, awsError, never } from './failing.ts';

const client = new SNSClient({ region: 'us-gov-west-1' });
const sns = mockClient(client);
beforeEach(() => sns.reset());

const ARN = 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:alerts';
const NOTIFICATION: Notification = {
  subject: 'Out of memory: checkout',
  message: 'Container app was killed.',
  attributes: {
    severity: 'high',
    cause: 'memory/container-oom',
    cluster: 'harbor-prod',
    service: '',
    kind: 'incident',
    change: 'first',
  },
};

const publish = (topicArn = ARN, budget = aBudget().budget, regions: string[] = []) =>
  createTopic({
    clientFor: (region) => {
      regions.push(region);
      return client;
    },
    budget,
  }).publish(topicArn, NOTIFICATION);

describe('publishing to a topic', () => {
  it('goes to the Region of the topic, with the attributes that have a value', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' });
    const regions: string[] = [];
    expect(await publish(ARN, aBudget().budget, regions)).toEqual({ status: 'delivered' });
    expect(regions).toEqual(['us-gov-west-1']);
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: ARN,
      Subject: 'Out of memory: checkout',
      Message: 'Container app was killed.',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        cause: { DataType: 'String', StringValue: 'memory/container-oom' },
        cluster: { DataType: 'String', StringValue: 'harbor-prod' },
        kind: { DataType: 'String', StringValue: 'incident' },
        change: { DataType: 'String', StringValue: 'first' },
      },
    });
  });

  it.each([
    ['ThrottledException', 'deferred', 'ratelimited'],
    ['KMSThrottlingException', 'deferred', 'ratelimited'],
    ['InternalErrorException', 'deferred', 'topic_unavailable'],
    ['ExpiredTokenException', 'deferred', 'topic_unavailable'],
    ['SomethingNewException', 'deferred', 'topic_unavailable'],
    ['TimeoutError', 'deferred', 'timeout'],
    ['NotFoundException', 'blocked', 'topic_not_found'],
    ['AuthorizationErrorException', 'blocked', 'topic_access_denied'],
    ['KMSAccessDeniedException', 'blocked', 'topic_access_denied'],
    ['InvalidParameterException', 'refused', 'invalid_parameter'],
    ['InvalidParameterValueException', 'refused', 'invalid_parameter'],
  ])('that fails with %s is %s as %s', async (name, status, failure) => {
    sns.on(PublishCommand).rejects(awsError(name));
    expect(await publish()).toEqual({ status, failure });
  });

  it('is deferred when a system error keeps it from SNS', async () => {
    sns.on(PublishCommand).rejects(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    expect(await publish()).toEqual({ status: 'deferred', failure: 'topic_unavailable' });
  });

  it('is deferred when its time is used up', async () => {
    sns.on(PublishCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const publishing = publish(ARN, budget);
    spend();
    expect(await publishing).toEqual({ status: 'deferred', failure: 'timeout' });
  });

  it('is refused for a name that is no ARN', async () => {
    expect(await publish('alerts')).toEqual({ status: 'refused', failure: 'invalid_topic_arn' });
  });
});
