import type { Destination } from '../domain/destination.ts';
import { defaultPolicy, type Policy } from '../domain/policy.ts';
import { present } from '../domain/present.ts';
import type { EnvironmentReader } from './environment.ts';

/** What every function needs that records and tells. */
export interface TellingConfig {
  /** Where the function runs. */
  readonly region: string;
  readonly tableName: string;
  /** What holds while no configuration document says otherwise. */
  readonly policy: Policy;
  /** Clicks in Slack are answered here, so that messages have buttons. */
  readonly hasChat: boolean;
  readonly slackApiUrl?: string;
  readonly credentialParameter?: string;
  readonly credentialSecretArn?: string;
}

/** Reads the environment that template.yaml gives, as a part of a function's configuration; problems are left in the reader. */
export function readTelling(reader: EnvironmentReader): TellingConfig {
  const channel = reader.optionalMatching(
    'SLACK_CHANNEL',
    /^(webhook|[CGD][A-Z0-9]{2,})$/,
    'a channel id such as C0123ABCD, or the word webhook',
  );
  const topicArn = reader.optionalMatching('TOPIC_ARN', /^arn:[^:]+:sns:[^:]+:\d{12}:.+$/, 'the ARN of an SNS topic');
  return {
    region: reader.required('AWS_REGION', 'a Region, which AWS Lambda sets'),
    tableName: reader.required('TABLE_NAME', 'the name of the DynamoDB table'),
    policy: defaultPolicy({
      destinations: [...slackDestination(channel), ...topicDestination(topicArn)],
      lowestSeverity: reader.oneOf('LOWEST_SEVERITY', ['low', 'medium', 'high'], 'low'),
    }),
    hasChat: reader.oneOf('CHAT', ['yes', 'no'], 'no') === 'yes',
    ...present({
      slackApiUrl: reader.optionalMatching('SLACK_API_URL', /^https?:\/\/.+/, 'a URL'),
      credentialParameter: reader.optional('SLACK_CREDENTIAL_PARAMETER'),
      credentialSecretArn: reader.optional('SLACK_CREDENTIAL_SECRET'),
    }),
  };
}

function slackDestination(channel: string | undefined): readonly Destination[] {
  if (channel === undefined) return [];
  return channel === 'webhook' ? [{ kind: 'slack-webhook' }] : [{ kind: 'slack-channel', channel }];
}

const topicDestination = (topicArn: string | undefined): readonly Destination[] =>
  topicArn === undefined ? [] : [{ kind: 'sns-topic', topicArn }];
