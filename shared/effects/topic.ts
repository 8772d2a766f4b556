import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Delivery } from '../domain/announcement.ts';
import { seconds } from '../domain/instant.ts';
import type { Notification } from '../render/message.ts';
import { awsFailure } from './aws-failure.ts';
import { type Budget, budgetOf, within } from './budget.ts';

export interface Topic {
  readonly publish: (topicArn: string, notification: Notification) => Promise<Delivery>;
}

const TIMEOUT = seconds(5);

/**
 * Publishes to standard topics, also of other Regions: `clientFor` is asked for the Region that the ARN names.
 * Never throws for what SNS answers.
 */
export function createTopic(deps: {
  readonly clientFor: (region: string) => SNSClient | Promise<SNSClient>;
  readonly budget?: Budget;
}): Topic {
  const { clientFor, budget = budgetOf(TIMEOUT) } = deps;
  return {
    publish: async (topicArn, notification) => {
      const region = topicArn.split(':')[3];
      if (region === undefined || region === '') return { status: 'refused', failure: 'invalid_topic_arn' };
      const command = new PublishCommand({
        TopicArn: topicArn,
        Subject: notification.subject,
        Message: notification.message,
        MessageAttributes: attributesOf(notification),
      });
      try {
        const client = await clientFor(region);
        await within(budget(), (abortSignal) => client.send(command, { abortSignal }));
        return { status: 'delivered' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
  };
}

/** An attribute without a value is left out: SNS rejects the empty string. */
const attributesOf = ({ attributes }: Notification) =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );

/** Blocked is what stays so until somebody changes the topic or its policy, refused what we have to change. Anything unknown is tried again. */
function deliveryOf(error: unknown): Delivery {
  const { reason, name } = awsFailure(error);
  if (/^(InvalidParameter|InvalidSecurity|Validation)/.test(name))
    return { status: 'refused', failure: 'invalid_parameter' };
  switch (reason) {
    case 'denied':
      return { status: 'blocked', failure: 'topic_access_denied' };
    case 'not-found':
      return { status: 'blocked', failure: 'topic_not_found' };
    case 'throttled':
      return { status: 'deferred', failure: 'ratelimited' };
    case 'timeout':
      return { status: 'deferred', failure: 'timeout' };
    case 'failed':
      return { status: 'deferred', failure: 'topic_unavailable' };
  }
}
