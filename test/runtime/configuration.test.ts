import { describe, expect, it } from 'vitest';
import { readConfig } from '../../functions/ecs-events/config.ts';
import { ConfigurationError } from '../../shared/runtime/environment.ts';

const COMPLETE = {
  AWS_REGION: 'eu-west-1',
  TABLE_NAME: 'slackwater',
  TOPIC_ARN: 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:slackwater',
  SLACK_CHANNEL: 'C0123ABCD',
  SLACK_CREDENTIAL_PARAMETER: '/slackwater/slack',
  LOWEST_SEVERITY: 'medium',
};

describe('the environment of a function', () => {
  it('gives the destinations in the order in which they are told', () => {
    expect(readConfig(COMPLETE).policy.routing).toMatchObject({
      destinations: [
        { kind: 'slack-channel', channel: 'C0123ABCD' },
        { kind: 'sns-topic', topicArn: COMPLETE.TOPIC_ARN },
      ],
      lowestSeverity: 'medium',
    });
  });

  it('means an incoming webhook by the word webhook', () => {
    expect(readConfig({ ...COMPLETE, SLACK_CHANNEL: 'webhook' }).policy.routing.destinations[0]).toEqual({
      kind: 'slack-webhook',
    });
  });

  it('takes an empty variable for an absent one, as CloudFormation sets it', () => {
    const config = readConfig({ ...COMPLETE, SLACK_CHANNEL: '', TOPIC_ARN: ' ', SLACK_CREDENTIAL_SECRET: '' });
    expect(config.policy.routing.destinations).toEqual([]);
    expect(config).not.toHaveProperty('credentialSecretArn');
  });

  it('names every problem at once, with what was expected and never the value', () => {
    const read = (): unknown =>
      readConfig({
        SLACK_CHANNEL: '#general',
        LOWEST_SEVERITY: 'urgent',
        TOPIC_ARN: 'xoxb-secret',
        READ_CONTAINER_LOGS: 'maybe',
        LOOK_UP_ACTORS: 'sometimes',
        DEEP_CHECKS: 'deeply',
        REDACT_EMAILS: 'perhaps',
      });
    expect(read).toThrow(ConfigurationError);
    let message = '';
    try {
      read();
    } catch (error) {
      message = String(error);
    }
    for (const name of [
      'AWS_REGION',
      'TABLE_NAME',
      'SLACK_CHANNEL',
      'LOWEST_SEVERITY',
      'TOPIC_ARN',
      'READ_CONTAINER_LOGS',
      'LOOK_UP_ACTORS',
      'DEEP_CHECKS',
      'REDACT_EMAILS',
    ])
      expect(message).toContain(name);
    for (const value of ['#general', 'urgent', 'xoxb', 'maybe']) expect(message).not.toContain(value);
  });

  it.each([
    [{}, true],
    [{ DEEP_CHECKS: 'yes' }, true],
    [{ DEEP_CHECKS: 'no' }, false],
  ])('%o: checks deeply is %s', (set, expected) => {
    expect(readConfig({ ...COMPLETE, ...set }).checksDeeply).toBe(expected);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readConfig(COMPLETE))).toBe(true);
  });
});
