import { namedByLogicalId } from '../sandbox/eventbridge/attributes.ts';
import { type Pseudo, type ResolvedTemplate, resolveTemplate, type Template } from '../sandbox/eventbridge/template.ts';
import { memberVariants } from './member-variants.ts';

const ACCOUNT = '111122223333';

/** A Region of each partition, so that nothing holds in one partition only. */
export const PLACES: Readonly<Record<'aws' | 'aws-cn' | 'aws-us-gov', Pseudo>> = {
  aws: place('aws', 'eu-central-1', 'amazonaws.com'),
  'aws-cn': place('aws-cn', 'cn-north-1', 'amazonaws.com.cn'),
  'aws-us-gov': place('aws-us-gov', 'us-gov-west-1', 'amazonaws.com'),
};

/** Parameters that take every condition of the template both ways. */
export const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no Slack': {},
  'no Slack, no container logs': { ReadContainerLogs: 'no' },
  'no Slack, no deep checks': { DeepChecks: 'no' },
  'no Slack, looking up actors': { LookUpActors: 'yes' },
  'no Slack, no watchdogs': { Watchdogs: 'no' },
  'no Slack, plans only': { Redeployments: 'no' },
  'no Slack, starting tasks again': { RelaunchTasks: 'yes' },
  'no Slack, further topics': {
    FurtherTopicArns: `arn:aws:sns:eu-central-1:${ACCOUNT}:team-a,arn:aws:sns:eu-west-1:${ACCOUNT}:team-b`,
  },
  'no Slack, no dashboard, traced': { Dashboard: 'no', Tracing: 'yes' },
  'Slack by token in a parameter': { SlackChannel: 'C0123ABCD' },
  'Slack by webhook': { SlackChannel: 'webhook' },
  'Slack with commands and buttons by a function URL': { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' },
  'Slack with commands and buttons by an HTTP API, nothing reserved, another signing secret': {
    SlackChannel: 'C0123ABCD',
    SlackEndpointBy: 'http-api',
    SlackEndpointConcurrency: '0',
    SlackCredentialSecretArn: `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:slack-AbCdEf`,
    SlackCredentialKeyArn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/0a1b2c3d`,
    SlackSigningSecretArn: `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:signing-AbCdEf`,
  },
  'Slack by secret with its own key, e-mail, debugging': {
    SlackChannel: 'G0123ABCD',
    SlackCredentialSecretArn: `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:slack-AbCdEf`,
    SlackCredentialKeyArn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/0a1b2c3d`,
    AlertEmail: 'oncall@example.com',
    LogLevel: 'DEBUG',
  },
  'other accounts and Regions': { OrganizationId: 'o-a1b2c3d4e5', BackupNotices: 'yes' },
  'other accounts and Regions, with commands and buttons, plans only': {
    OrganizationId: 'o-a1b2c3d4e5',
    SlackChannel: 'C0123ABCD',
    SlackEndpointBy: 'function-url',
    Redeployments: 'no',
  },
  'a boundary, a key, a VPC and traces, with commands and buttons': {
    SlackChannel: 'C0123ABCD',
    SlackEndpointBy: 'function-url',
    PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
    KeyArn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/0a1b2c3d`,
    VpcSubnetIds: 'subnet-0a1b2c3d,subnet-0e1f2a3b',
    VpcSecurityGroupIds: 'sg-0a1b2c3d',
    Tracing: 'yes',
  },
};

/** The variants of a template of ours: template.yaml, infra/member.yaml, or a package of either. */
export function variantsOf(template: Template, at: Pseudo): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const parameters = template.Parameters ?? {};
  if ('HubBusArn' in parameters) return memberVariants(at);
  // A package has to be told where its code is.
  const required = 'CodeBucket' in parameters ? { CodeBucket: 'example-bucket' } : {};
  return Object.fromEntries(Object.entries(VARIANTS).map(([name, variant]) => [name, { ...required, ...variant }]));
}

/** The template as CloudFormation would create it; resources are called like their logical ids. */
export const deployed = (
  template: Template,
  parameters: Readonly<Record<string, string>> = {},
  pseudo: Pseudo = PLACES.aws,
): ResolvedTemplate => resolveTemplate(template, { parameters, pseudo, attributes: namedByLogicalId(pseudo) });

function place(partition: string, region: string, urlSuffix: string): Pseudo {
  return { partition, region, accountId: ACCOUNT, stackName: 'slackwater', urlSuffix };
}
