import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { AWS_CALLS } from '../../functions/slack-endpoint/aws/calls.ts';
import { loadTemplate, type ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';
import { deployed, PLACES, VARIANTS } from '../../scripts/template-variants.ts';
import { actionsIn, hasEntry, sourcesOf } from './sdk-calls.ts';
import { actionsOf, rolesOf, type Statement, statementsOf } from './statements.ts';

const template = loadTemplate('template.yaml');
const variants = Object.values(VARIANTS).map((parameters) => deployed(template, parameters));

/** Everything that a role is ever granted, whatever the parameters. */
const granted = (role: string): readonly Statement[] => variants.flatMap((variant) => statementsOf(role, variant));

const CHAT = { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' };

/** Granted without a call in our code. */
const ON_BEHALF: Readonly<Record<string, string>> = {
  'ec2:AssignPrivateIpAddresses': 'Lambda attaches the function to a VPC as the function',
  'ec2:CreateNetworkInterface': 'Lambda attaches the function to a VPC as the function',
  'ec2:DeleteNetworkInterface': 'Lambda attaches the function to a VPC as the function',
  'ec2:DescribeNetworkInterfaces': 'Lambda attaches the function to a VPC as the function',
  'ec2:DescribeSubnets': 'Lambda attaches the function to a VPC as the function',
  'ec2:UnassignPrivateIpAddresses': 'Lambda attaches the function to a VPC as the function',
  'kms:Decrypt': 'SSM, Secrets Manager and DynamoDB decrypt as the caller, if there is a key',
  'kms:DescribeKey': 'DynamoDB uses the key of the table as the caller',
  'kms:Encrypt': 'DynamoDB uses the key of the table as the caller',
  'kms:GenerateDataKey': 'DynamoDB uses the key of the table as the caller, SNS that of the topic',
  'kms:ReEncryptFrom': 'DynamoDB uses the key of the table as the caller',
  'kms:ReEncryptTo': 'DynamoDB uses the key of the table as the caller',
  'logs:CreateLogStream': "Lambda writes the function's log as the function",
  'logs:PutLogEvents': "Lambda writes the function's log as the function",
  'xray:PutTelemetryRecords': 'Lambda writes traces as the function, where they are switched on',
  'xray:PutTraceSegments': 'Lambda writes traces as the function, where they are switched on',
};
const ON_BEHALF_OF_POLLER: Readonly<Record<string, string>> = {
  'sqs:DeleteMessage': 'the event source mapping polls the queue as the function',
  'sqs:GetQueueAttributes': 'the event source mapping polls the queue as the function',
  'sqs:ReceiveMessage': 'the event source mapping polls the queue as the function',
};

interface Contract {
  readonly name: string;
  readonly role: string;
  readonly onBehalf: Readonly<Record<string, string>>;
  /** Calls that are in the bundle and never made, each with the method that would make it. */
  readonly neverCalled: Readonly<Record<string, string>>;
  /** Calls that are made without the SDK. */
  readonly byHand?: readonly string[];
}

const FUNCTIONS: readonly Contract[] = [
  {
    name: 'ecs-events',
    role: 'EcsEventsRole',
    onBehalf: { ...ON_BEHALF, ...ON_BEHALF_OF_POLLER },
    neverCalled: {},
  },
  {
    name: 'retirement-notice',
    role: 'RetirementNoticeRole',
    onBehalf: { ...ON_BEHALF, 'sqs:SendMessage': 'Lambda sends a notice that failed to the queue as the function' },
    neverCalled: { 'dynamodb:Query': 'loadDue' },
  },
  { name: 'reconcile', role: 'ReconcileRole', onBehalf: ON_BEHALF, neverCalled: {} },
  {
    name: 'redeploy',
    role: 'RedeployRole',
    onBehalf: {
      ...ON_BEHALF,
      'codedeploy:GetApplicationRevision': 'CodeDeploy asks for it when a deployment is created',
      'codedeploy:GetDeploymentConfig': 'CodeDeploy asks for it when a deployment is created',
      'codedeploy:RegisterApplicationRevision': 'CodeDeploy asks for it when a deployment is created',
      'ecs:TagResource': 'RunTask with tags asks for it',
      'iam:PassRole': 'RunTask hands the roles of its definition over',
    },
    neverCalled: {},
  },
  {
    name: 'slack-endpoint',
    role: 'SlackEndpointRole',
    onBehalf: ON_BEHALF,
    neverCalled: {},
    byHand: Object.keys(AWS_CALLS),
  },
  {
    name: 'slack-worker',
    role: 'SlackWorkerRole',
    onBehalf: ON_BEHALF,
    neverCalled: { 'dynamodb:UpdateItem': 'release' },
  },
];

describe('permissions and calls', () => {
  it('are compared for every function', () => {
    const written = readdirSync('functions').filter(hasEntry);
    expect(written).toEqual(FUNCTIONS.map(({ name }) => name).sort());
  });

  test.each(FUNCTIONS)('agree for $name', async ({ name, role, onBehalf, neverCalled, byHand = [] }) => {
    const called = (await sourcesOf(name)).flatMap(actionsIn).filter((action) => neverCalled[action] === undefined);
    const expected = new Set([...called, ...byHand, ...Object.keys(onBehalf)]);
    expect(actionsOf(granted(role))).toEqual([...expected].sort());
  });

  test.each(FUNCTIONS)('what $name leaves out is really not called', async ({ name, neverCalled }) => {
    const sources = await sourcesOf(name);
    const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const [action, method] of Object.entries(neverCalled)) {
      expect(sources.flatMap(actionsIn), `${action} is not in the bundle at all`).toContain(action);
      expect(text, `${name} calls ${method}`).not.toMatch(new RegExp(`\\.${method}\\(`));
    }
  });
});

describe('every role', () => {
  const statements = Object.values(PLACES).flatMap((place) =>
    Object.values(VARIANTS).flatMap((parameters) => {
      const variant = deployed(template, parameters, place);
      return rolesOf(variant).flatMap((role) => statementsOf(role, variant));
    }),
  );

  it('names actions one by one, and denies nothing but what Lambda alone may do', () => {
    for (const { sid, effect, actions } of statements) {
      expect(effect).toBe(sid === 'NetworkInterfacesByLambdaAlone' ? 'Deny' : 'Allow');
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
    }
  });

  it('is bounded where the organisation asks for it, and not otherwise', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    const boundaryOf = (variant: ResolvedTemplate) =>
      rolesOf(variant).map((role) => variant.resources[role]?.properties['PermissionsBoundary']);
    expect(new Set(boundaryOf(deployed(template, { ...CHAT, PermissionsBoundary: boundary })))).toEqual(
      new Set([boundary]),
    );
    expect(new Set(boundaryOf(deployed(template, CHAT)))).toEqual(new Set([undefined]));
  });

  it.each(['ecs:ListTasks', 'ecs:ListServices'])('asks %s only for clusters of this account', (action) => {
    const listing = statements.filter(({ actions }) => actions.includes(action));
    expect(listing.length).toBeGreaterThan(0);
    for (const { condition } of listing) {
      expect(condition).toEqual({
        ArnLike: { 'ecs:cluster': expect.stringMatching(/^arn:[^:]+:ecs:[^:]+:111122223333:cluster\/\*$/) },
      });
    }
  });
});

const actionsWith = (parameters: Readonly<Record<string, string>>, role = 'EcsEventsRole'): readonly string[] =>
  actionsOf(statementsOf(role, deployed(template, parameters)));

describe('what is switched off', () => {
  test.each([
    ['Slack', {}, ['ssm:GetParameter', 'secretsmanager:GetSecretValue', 'kms:Decrypt']],
    ['reading container logs', { ReadContainerLogs: 'no' }, ['logs:GetLogEvents']],
    [
      'deep checks',
      { DeepChecks: 'no' },
      [
        'ecr:BatchGetImage',
        'ecr:DescribeImages',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'cloudwatch:GetMetricData',
      ],
    ],
    ['looking up actors', {}, ['cloudtrail:LookupEvents']],
    ['a secret', { SlackChannel: 'webhook' }, ['secretsmanager:GetSecretValue', 'kms:Decrypt']],
    [
      'the parameter, by a secret',
      { SlackChannel: 'webhook', SlackCredentialSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s' },
      ['ssm:GetParameter'],
    ],
  ])('%s has no permission', (_, parameters, absent) => {
    for (const action of absent) expect(actionsWith(parameters)).not.toContain(action);
  });

  it('redeploying has no permission, and starting tasks again none unless it is switched on', () => {
    const WRITES = /^(ecs:(Continue|Run|Start|Stop|Tag|Update)|codedeploy:(Create|Stop|Register)|iam:)/;
    const writes = (parameters: Readonly<Record<string, string>>) =>
      actionsWith(parameters, 'RedeployRole').filter((action) => WRITES.test(action));
    expect(writes({ Redeployments: 'no', RelaunchTasks: 'yes' })).toEqual([]);
    expect(writes({})).not.toContain('ecs:RunTask');
    expect(writes({})).not.toContain('iam:PassRole');
    expect(writes({ RelaunchTasks: 'yes' })).toEqual(expect.arrayContaining(['ecs:RunTask', 'iam:PassRole']));
  });

  it('no function but redeploy may change anything in ECS', () => {
    const READS = /^(ecs|codedeploy):(BatchGet|Describe|Get|List)/;
    for (const { role } of FUNCTIONS.filter(({ name }) => name !== 'redeploy')) {
      const ofEcs = actionsOf(granted(role)).filter((action) => /^(ecs|codedeploy|iam):/.test(action));
      expect(ofEcs.filter((action) => !READS.test(action))).toEqual([]);
    }
  });

  it('the watchdogs have no permission', () => {
    const left = actionsWith({ Watchdogs: 'no' }, 'ReconcileRole').filter((action) => action.startsWith('ecs:'));
    expect(left).toEqual([]);
  });

  it('a further topic may be published to, and no other', () => {
    const arns = ['arn:aws:sns:eu-west-1:111122223333:a', 'arn:aws:sns:eu-west-1:111122223333:b'];
    const variant = deployed(template, { ...CHAT, FurtherTopicArns: arns.join(', ') });
    // The endpoint tells nobody.
    const telling = FUNCTIONS.filter(({ name }) => name !== 'slack-endpoint');
    for (const role of telling.map((contract) => contract.role)) {
      const further = statementsOf(role, variant).find(({ sid }) => sid === 'FurtherTopics');
      expect(further).toMatchObject({ actions: ['sns:Publish'], resources: arns });
    }
  });

  it('a parameter in use has its permission, on that parameter alone', () => {
    const statements = statementsOf('ReconcileRole', deployed(template, { SlackChannel: 'C0123ABCD' }));
    expect(statements.find(({ actions: [action] }) => action === 'ssm:GetParameter')?.resources).toEqual([
      'arn:aws:ssm:eu-central-1:111122223333:parameter/slackwater/slack',
    ]);
  });

  it('other accounts have no permission, and may be redeployed by one function, if any may be', () => {
    const assumed = (role: string, parameters: Readonly<Record<string, string>>) =>
      statementsOf(role, deployed(template, { ...CHAT, ...parameters }))
        .filter(({ actions }) => actions.includes('sts:AssumeRole'))
        .flatMap(({ resources, condition }) => {
          expect(condition).toEqual({ StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } });
          return resources;
        });
    const everywhere = (parameters: Readonly<Record<string, string>>) =>
      Object.fromEntries(FUNCTIONS.map(({ name, role }) => [name, assumed(role, parameters)]));
    const READ = 'arn:aws:iam::*:role/slackwater-member';
    const reading = { 'ecs-events': [READ], reconcile: [READ], redeploy: [READ], 'slack-worker': [READ] };
    const none = Object.fromEntries(FUNCTIONS.map(({ name }) => [name, []]));
    const organisation = { OrganizationId: 'o-a1b2c3d4e5' };

    expect(everywhere({})).toEqual(none);
    expect(everywhere({ ...organisation, Redeployments: 'no' })).toEqual({ ...none, ...reading });
    expect(everywhere(organisation)).toEqual({
      ...none,
      ...reading,
      redeploy: expect.arrayContaining([READ, `${READ}-redeploy`]),
    });
  });

  it('a key may be used through the service that stores with it, and by nothing else', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d';
    const variant = deployed(template, { ...CHAT, KeyArn: key });
    const uses = rolesOf(variant).flatMap((role) =>
      statementsOf(role, variant).filter(({ actions }) => actions.some((action) => action.startsWith('kms:'))),
    );
    expect(uses.length).toBeGreaterThan(FUNCTIONS.length);
    for (const { resources, condition } of uses) {
      expect(resources).toEqual([key]);
      expect(condition).toEqual({
        StringEquals: { 'kms:ViaService': expect.stringMatching(/^(dynamodb|sns|sqs)\.eu-central-1\.amazonaws\.com$/) },
      });
    }
    // The endpoint publishes nothing.
    expect(statementsOf('SlackEndpointRole', variant).map(({ sid }) => sid)).not.toContain('KeyOfTopic');
  });
});
