import { existsSync } from 'node:fs';

/** IAM's prefix of each client package of the AWS SDK. */
export const SERVICE_OF_PACKAGE: Readonly<Record<string, string>> = {
  '@aws-sdk/client-cloudformation': 'cloudformation',
  '@aws-sdk/client-cloudtrail': 'cloudtrail',
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-cloudwatch-logs': 'logs',
  '@aws-sdk/client-codedeploy': 'codedeploy',
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-ec2': 'ec2',
  '@aws-sdk/client-ecr': 'ecr',
  '@aws-sdk/client-ecs': 'ecs',
  '@aws-sdk/client-elastic-load-balancing-v2': 'elasticloadbalancing',
  '@aws-sdk/client-lambda': 'lambda',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
  '@aws-sdk/client-service-quotas': 'servicequotas',
  '@aws-sdk/client-sns': 'sns',
  '@aws-sdk/client-sqs': 'sqs',
  '@aws-sdk/client-ssm': 'ssm',
  '@aws-sdk/client-sts': 'sts',
};

/** Where IAM calls an operation otherwise. */
export const ACTION_OF_OPERATION: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };

/** Actions that no command of an installed client has, each with its page of the service authorization reference. */
const WITHOUT_COMMAND: ReadonlySet<string> = new Set([
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
  'events:PutEvents',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
  'iam:PassRole',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
  'lambda:InvokeFunctionUrl',
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

/**
 * Whether IAM knows the action `service:Name`, as far as can be told without a network: IAM names most actions after the
 * operation, and the AWS SDK has a command for each operation. The rest is a list.
 */
export function isAction(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  if (WITHOUT_COMMAND.has(action)) return true;
  const client = Object.entries(SERVICE_OF_PACKAGE).find(([, prefix]) => prefix === service)?.[0];
  if (client === undefined || ACTION_OF_OPERATION[name] !== undefined) return false;
  const operation = Object.entries(ACTION_OF_OPERATION).find(([, called]) => called === name)?.[0] ?? name;
  return hasCommand(client, operation);
}

const known = new Map<string, boolean>();

/** By the file of the command's types, because loading every client would take seconds. */
function hasCommand(client: string, operation: string): boolean {
  const file = `../node_modules/${client}/dist-types/commands/${operation}Command.d.ts`;
  const answer = known.get(file) ?? existsSync(new URL(file, import.meta.url));
  known.set(file, answer);
  return answer;
}
