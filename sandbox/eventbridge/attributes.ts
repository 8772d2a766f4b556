import type { AttributeSource, Pseudo } from './template.ts';

/** What `Ref` and `Fn::GetAtt` answer for a resource that is called like its logical id. */
type Attributes = (name: string, at: Pseudo) => Readonly<Record<string, string>>;

const arn = (at: Pseudo, service: string, resource: string): string =>
  `arn:${at.partition}:${service}:${at.region}:${at.accountId}:${resource}`;

const globalArn = (at: Pseudo, service: string, resource: string): string =>
  `arn:${at.partition}:${service}::${at.accountId}:${resource}`;

/** Return values as each resource type's page in the CloudFormation template reference lists them. */
const ATTRIBUTES_OF_TYPE: Readonly<Record<string, Attributes>> = {
  'AWS::ApiGatewayV2::Api': (name, at) => ({
    Ref: name.toLowerCase(),
    ApiId: name.toLowerCase(),
    ApiEndpoint: `https://${name.toLowerCase()}.execute-api.${at.region}.${at.urlSuffix}`,
  }),
  'AWS::ApiGatewayV2::Integration': (name) => ({ Ref: name.toLowerCase(), IntegrationId: name.toLowerCase() }),
  'AWS::ApiGatewayV2::Route': (name) => ({ Ref: name.toLowerCase(), RouteId: name.toLowerCase() }),
  'AWS::ApiGatewayV2::Stage': (name) => ({ Ref: name }),
  'AWS::CloudWatch::Alarm': (name, at) => ({ Ref: name, Arn: arn(at, 'cloudwatch', `alarm:${name}`) }),
  'AWS::DynamoDB::Table': (name, at) => ({ Ref: name, Arn: arn(at, 'dynamodb', `table/${name}`) }),
  'AWS::Events::EventBus': (name, at) => ({ Ref: name, Arn: arn(at, 'events', `event-bus/${name}`), Name: name }),
  'AWS::Events::Rule': (name, at) => ({ Ref: name, Arn: arn(at, 'events', `rule/${name}`) }),
  'AWS::IAM::ManagedPolicy': (name, at) => ({
    Ref: globalArn(at, 'iam', `policy/${name}`),
    PolicyArn: globalArn(at, 'iam', `policy/${name}`),
  }),
  'AWS::IAM::Role': (name, at) => ({ Ref: name, Arn: globalArn(at, 'iam', `role/${name}`) }),
  'AWS::Lambda::Function': (name, at) => ({ Ref: name, Arn: arn(at, 'lambda', `function:${name}`) }),
  // Function URLs have a domain of their own, which is no suffix of the partition.
  'AWS::Lambda::Url': (name, at) => ({
    Ref: arn(at, 'lambda', `function:${name}`),
    FunctionArn: arn(at, 'lambda', `function:${name}`),
    FunctionUrl: `https://${name.toLowerCase()}.lambda-url.${at.region}.on.aws/`,
  }),
  'AWS::Logs::LogGroup': (name, at) => ({ Ref: name, Arn: arn(at, 'logs', `log-group:${name}:*`) }),
  'AWS::SNS::Topic': (name, at) => ({
    Ref: arn(at, 'sns', name),
    TopicArn: arn(at, 'sns', name),
    TopicName: name,
  }),
  'AWS::SQS::Queue': (name, at) => ({
    Ref: `https://sqs.${at.region}.${at.urlSuffix}/${at.accountId}/${name}`,
    Arn: arn(at, 'sqs', name),
    QueueName: name,
    QueueUrl: `https://sqs.${at.region}.${at.urlSuffix}/${at.accountId}/${name}`,
  }),
};

/** Stand-in attributes of well-formed shape, for a stack that is not deployed. */
export const namedByLogicalId =
  (at: Pseudo): AttributeSource =>
  ({ logicalId, type }, attribute) =>
    ATTRIBUTES_OF_TYPE[type]?.(logicalId, at)[attribute];
