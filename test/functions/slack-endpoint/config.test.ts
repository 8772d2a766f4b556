import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/slack-endpoint/config.ts';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'key-of-the-role',
  AWS_SESSION_TOKEN: 'session',
  URL_SUFFIX: 'aws.example',
  TABLE_NAME: 'records',
  WORKER_FUNCTION: 'slackwater-slack-worker',
  SLACK_SIGNING_SECRET_PARAMETER: '/slackwater/slack-signing-secret',
  SLACK_CREDENTIAL_PARAMETER: '/slackwater/slack',
  // As CloudFormation gives what nobody set.
  SLACK_SIGNING_SECRET_SECRET: '',
  SLACK_CREDENTIAL_SECRET: '',
  SLACK_APP_ID: '',
  SLACK_TEAM_IDS: '',
};

describe('the environment', () => {
  it('says where everything is', () => {
    expect(readConfig(ENVIRONMENT)).toEqual({
      region: 'eu-west-1',
      endpoints: {
        dynamodb: 'https://dynamodb.eu-west-1.aws.example',
        lambda: 'https://lambda.eu-west-1.aws.example',
        secretsmanager: 'https://secretsmanager.eu-west-1.aws.example',
        ssm: 'https://ssm.eu-west-1.aws.example',
      },
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'key-of-the-role', sessionToken: 'session' },
      tableName: 'records',
      worker: 'slackwater-slack-worker',
      signingSecret: { kind: 'parameter', name: '/slackwater/slack-signing-secret' },
      credential: { kind: 'parameter', name: '/slackwater/slack' },
      senders: { teams: [] },
      slackApiUrl: 'https://slack.com/api/',
    });
  });

  it('takes secrets of Secrets Manager instead, and whom to listen to', () => {
    const config = readConfig({
      ...ENVIRONMENT,
      SLACK_SIGNING_SECRET_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:signing',
      SLACK_APP_ID: 'A0TIDES',
      SLACK_TEAM_IDS: 'T0HARBOR, E0OCEAN',
      SLACK_API_URL: 'http://127.0.0.1:8080/api',
    });
    expect(config).toMatchObject({
      signingSecret: { kind: 'secret', arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:signing' },
      senders: { appId: 'A0TIDES', teams: ['T0HARBOR', 'E0OCEAN'] },
      slackApiUrl: 'http://127.0.0.1:8080/api/',
    });
  });

  it('redirects all services, or one', () => {
    const { endpoints } = readConfig({
      ...ENVIRONMENT,
      URL_SUFFIX: '',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
    });
    expect(endpoints).toEqual({
      dynamodb: 'http://127.0.0.1:8000',
      lambda: 'http://127.0.0.1:4566',
      secretsmanager: 'http://127.0.0.1:4566',
      ssm: 'http://127.0.0.1:4566',
    });
  });

  it('is complained about all at once, without a value', () => {
    const read = () => readConfig({ AWS_SECRET_ACCESS_KEY: 'key-of-the-role', SLACK_TEAM_IDS: 'harbor' });
    expect(read).toThrow(
      expect.objectContaining({
        problems: [
          'AWS_REGION is missing, expected a Region, which AWS Lambda sets',
          "URL_SUFFIX is missing, expected the domain of the partition's endpoints",
          "AWS_ACCESS_KEY_ID is missing, expected the role's key, which AWS Lambda sets",
          'TABLE_NAME is missing, expected the name of the DynamoDB table',
          'WORKER_FUNCTION is missing, expected the name or ARN of the function that requests are handed to',
          'SLACK_SIGNING_SECRET_PARAMETER is missing, expected the name of an SSM SecureString, or SLACK_SIGNING_SECRET_SECRET with the ARN of a secret',
          'SLACK_CREDENTIAL_PARAMETER is missing, expected the name of an SSM SecureString, or SLACK_CREDENTIAL_SECRET with the ARN of a secret',
          'SLACK_TEAM_IDS is not ids of Slack workspaces (T…) or organisations (E…), separated by commas',
        ],
      }),
    );
  });
});
