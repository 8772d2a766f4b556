import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { AWS_CALLS } from '../../functions/slack-endpoint/aws/calls.ts';
import { loadTemplate } from '../../sandbox/eventbridge/template.ts';
import { deployed, PLACES, VARIANTS } from '../../scripts/template-variants.ts';
import { actionsIn, hasEntry, sourcesOf } from './sdk-calls.ts';
import { actionsOf, rolesOf, type Statement, statementsOf } from './statements.ts';

const template = loadTemplate('template.yaml');
const variants = Object.values(VARIANTS).map((parameters) => deployed(template, parameters));

/** Everything that a role is ever granted, whatever the parameters. */
const granted = (role: string): readonly Statement[] => variants.flatMap((variant) => statementsOf(role, variant));

/** Granted without a call in our code. */
const ON_BEHALF: Readonly<Record<string, string>> = {
  'kms:Decrypt': 'SSM and Secrets Manager decrypt as the caller, if the credential has a key of its own',
  'logs:CreateLogStream': "Lambda writes the function's log as the function",
  'logs:PutLogEvents': "Lambda writes the function's log as the function",
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

/** Resources with a wildcard, by Sid. Whatever is not listed names one resource. */
const WILDCARDS: Readonly<Record<string, string>> = {
  ServicesAndTasks: 'any service of this account may fail',
  TasksOfClusters: 'IAM has no resource for a listing by service; a condition limits it to clusters of this account',
  TaskDefinitions: 'IAM has no resource for this action',
  ContainerLogs: "a container's log group and its Region are known only when it fails",
  OwnLogs: 'all streams of one group',
  Images: 'an image may be in the registry of another account or Region',
  DeploymentsAndRevisions: 'a deployment of any service of this account may fail',
  Actors: 'IAM has no resource for this action',
  TargetsAndMetrics: 'IAM has no resource for these actions',
  SweptServices: 'a sweep asks for every service of this account',
  Clusters: 'IAM has no resource for a listing of clusters',
  PlannedServices: 'a retirement may concern any service of this account',
  TaskDefinitionsAndSettings: 'IAM has no resource for these actions',
  PlannedImages: 'an image may be in the registry of another account or Region',
  HealthAndRoom: 'IAM has no resource for these actions',
  OwningStacks: 'any stack of this account may own a service',
  CodeDeployments: 'any deployment group of this account may deploy a service',
  ImportedWindows: 'the configuration names windows of this account',
  ImportedSchedules: 'IAM has no resource for this action',
  ChangeCalendars: 'a calendar may be shared by another account',
  DeploymentsWithHooks: 'a deployment of any service of this account may wait for somebody',
  Redeployments: 'any service of this account may be planned for; windows select them, and somebody approves',
  RedeploymentsByCodeDeploy: 'any deployment group of this account may deploy a service',
  Relaunches: 'any task that asks for it by its tag',
  RolesOfTasks: 'the roles of such a task; a condition limits them to tasks of ECS',
  ServicesOfClusters: 'IAM has no resource for a listing by cluster; a condition limits it to those of this account',
};

describe('every role', () => {
  const statements = Object.values(PLACES).flatMap((place) =>
    Object.values(VARIANTS).flatMap((parameters) => {
      const variant = deployed(template, parameters, place);
      return rolesOf(variant).flatMap((role) => statementsOf(role, variant));
    }),
  );

  it('has a wildcard only where there is a reason', () => {
    const withWildcard = statements.filter(({ resources }) => resources.some((resource) => resource.includes('*')));
    expect([...new Set(withWildcard.map(({ sid }) => sid))].sort()).toEqual(Object.keys(WILDCARDS).sort());
  });

  it('names actions one by one', () => {
    for (const { effect, actions } of statements) {
      expect(effect).toBe('Allow');
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
    }
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

/** Every action of the template, spelled as in https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const ACTIONS: readonly string[] = [
  'cloudformation:DescribeStacks',
  'cloudtrail:LookupEvents',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'codedeploy:BatchGetDeployments',
  'codedeploy:CreateDeployment',
  'codedeploy:GetApplicationRevision',
  'codedeploy:GetDeployment',
  'codedeploy:GetDeploymentConfig',
  'codedeploy:ListDeployments',
  'codedeploy:RegisterApplicationRevision',
  'codedeploy:StopDeployment',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'ec2:DescribeInstanceEventWindows',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ecr:BatchGetImage',
  'ecr:DescribeImages',
  'ecs:ContinueServiceDeployment',
  'ecs:DescribeServiceDeployments',
  'ecs:DescribeServiceRevisions',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:GetTaskProtection',
  'ecs:ListAccountSettings',
  'ecs:ListClusters',
  'ecs:ListServiceDeployments',
  'ecs:ListServices',
  'ecs:ListTasks',
  'ecs:RunTask',
  'ecs:StopServiceDeployment',
  'ecs:StopTask',
  'ecs:TagResource',
  'ecs:UpdateService',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'iam:PassRole',
  'kms:Decrypt',
  'lambda:InvokeFunction',
  'logs:CreateLogStream',
  'logs:GetLogEvents',
  'logs:PutLogEvents',
  'secretsmanager:GetSecretValue',
  'servicequotas:GetServiceQuota',
  'sns:Publish',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'ssm:DescribeMaintenanceWindowExecutions',
  'ssm:DescribeMaintenanceWindowSchedule',
  'ssm:GetCalendarState',
  'ssm:GetMaintenanceWindow',
  'ssm:GetParameter',
];

describe('the actions of the template', () => {
  it('exist', () => {
    expect(
      actionsOf(variants.flatMap((variant) => rolesOf(variant).flatMap((role) => statementsOf(role, variant)))),
    ).toEqual(ACTIONS);
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
    const WRITES = /^(ecs:(Run|Start|Stop|Tag|Update)|codedeploy:(Create|Stop|Register)|iam:)/;
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
    const chat = { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' };
    const variant = deployed(template, { ...chat, FurtherTopicArns: arns.join(', ') });
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
});
