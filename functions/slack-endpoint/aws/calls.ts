export type Service = 'ssm' | 'secretsmanager' | 'dynamodb' | 'lambda';

interface CallSpec {
  readonly service: Service;
  readonly contentType: string;
  /** The operation, for the services that take every call at `/`. */
  readonly target?: string;
}

/**
 * All that this function asks of AWS, by IAM action. There is no SDK to search for commands, so the permissions in
 * template.yaml are held against these keys. Shapes: https://docs.aws.amazon.com/general/latest/gr/aws-apis.html
 */
export const AWS_CALLS = {
  'dynamodb:PutItem': {
    service: 'dynamodb',
    contentType: 'application/x-amz-json-1.0',
    target: 'DynamoDB_20120810.PutItem',
  },
  'lambda:InvokeFunction': { service: 'lambda', contentType: 'application/json' },
  'secretsmanager:GetSecretValue': {
    service: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    target: 'secretsmanager.GetSecretValue',
  },
  'ssm:GetParameter': {
    service: 'ssm',
    contentType: 'application/x-amz-json-1.1',
    target: 'AmazonSSM.GetParameter',
  },
} as const satisfies Readonly<Record<string, CallSpec>>;

export type AwsAction = keyof typeof AWS_CALLS;

export const specOf = (action: AwsAction): CallSpec => AWS_CALLS[action];
