import { describe, expect, test } from 'vitest';
import { loadTemplate, type ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';
import { deployed } from '../../scripts/template-variants.ts';
import { actionsOf, rolesOf, statementsOf } from './statements.ts';

const template = loadTemplate('template.yaml');

const EVERYTHING = {
  SlackChannel: 'C0123ABCD',
  SlackEndpointBy: 'function-url',
  AlertEmail: 'oncall@example.com',
  Redeployments: 'yes',
  RelaunchTasks: 'yes',
};

const granted = (stack: ResolvedTemplate) =>
  rolesOf(stack).flatMap((role) => statementsOf(role, stack).map((statement) => ({ role, ...statement })));

interface Inventory {
  readonly resources: readonly string[];
  readonly statements: readonly string[];
  readonly actions: readonly string[];
}

/** What only looks at other resources, and goes with them because it names them. */
const WATCHERS: readonly string[] = ['AWS::CloudWatch::Alarm', 'AWS::Logs::QueryDefinition'];

/** What is there, so that it can be compared: resources, statements as `Role: Sid`, and actions that some role may take. */
const inventory = (parameters: Readonly<Record<string, string>>): Inventory => {
  const stack = deployed(template, parameters);
  return {
    resources: Object.values(stack.resources).flatMap(({ logicalId, type }) =>
      WATCHERS.includes(type) ? [] : [logicalId],
    ),
    statements: granted(stack).map(({ role, sid }) => `${role}: ${sid}`),
    actions: actionsOf(granted(stack)),
  };
};

const whole = inventory(EVERYTHING);

/** What `some` lacks of the whole. Of a role that is gone the statements are not named one by one. */
function lacking(some: Inventory): Inventory {
  const gone = (key: keyof Inventory) => whole[key].filter((name) => !some[key].includes(name)).toSorted();
  const resources = gone('resources');
  const statements = gone('statements').filter((statement) => !resources.includes(statement.split(':')[0] ?? ''));
  return { resources, statements, actions: gone('actions') };
}

const OF_CHATOPS: readonly string[] = [
  'SlackEndpoint',
  'SlackEndpointLogs',
  'SlackEndpointRole',
  'SlackFunctionUrl',
  'SlackFunctionUrlInvocation',
  'SlackFunctionUrlPermission',
  'SlackWorker',
  'SlackWorkerLogs',
  'SlackWorkerRetries',
  'SlackWorkerRole',
];

const SWITCHES: readonly (readonly [sentence: string, off: Readonly<Record<string, string>>, gone: Inventory])[] = [
  [
    'without Slack nothing reads its credential, and nobody listens to it',
    { SlackChannel: '' },
    {
      resources: [...OF_CHATOPS, 'ReadSlackCredential'].toSorted(),
      statements: [
        'EcsEventsRole: Parameter',
        'ReconcileRole: Parameter',
        'RedeployRole: Parameter',
        'RetirementNoticeRole: Parameter',
      ],
      actions: ['ssm:GetParameter'],
    },
  ],
  [
    'without ChatOps there is no address that Slack could reach, and no function behind it',
    { SlackEndpointBy: 'none' },
    { resources: OF_CHATOPS, statements: [], actions: [] },
  ],
  [
    'without e-mail nobody is subscribed',
    { AlertEmail: '' },
    { resources: ['EmailSubscription'], statements: [], actions: [] },
  ],
  [
    'without redeployments nothing may change anything in ECS or CodeDeploy, and no role is passed',
    { Redeployments: 'no' },
    {
      resources: [],
      statements: [
        'RedeployRole: Redeployments',
        'RedeployRole: RedeploymentsByCodeDeploy',
        'RedeployRole: Relaunches',
        'RedeployRole: RolesOfTasks',
      ],
      actions: [
        'codedeploy:CreateDeployment',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetDeploymentConfig',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:StopDeployment',
        'ecs:ContinueServiceDeployment',
        'ecs:RunTask',
        'ecs:StopServiceDeployment',
        'ecs:StopTask',
        'ecs:TagResource',
        'ecs:UpdateService',
        'iam:PassRole',
      ],
    },
  ],
  [
    'without starting tasks again nothing starts a task, and no role is passed',
    { RelaunchTasks: 'no' },
    {
      resources: [],
      statements: ['RedeployRole: Relaunches', 'RedeployRole: RolesOfTasks'],
      actions: ['ecs:RunTask', 'ecs:TagResource', 'iam:PassRole'],
    },
  ],
];

describe('what is switched off is not there', () => {
  test.each(SWITCHES)('%s', (_, off, gone) => {
    expect(lacking(inventory({ ...EVERYTHING, ...off }))).toEqual(gone);
  });

  test.each(SWITCHES)('%s, and nothing comes in its place', (_, off) => {
    const some = inventory({ ...EVERYTHING, ...off });
    expect(some.actions.filter((action) => !whole.actions.includes(action))).toEqual([]);
    expect(some.resources.filter((name) => !whole.resources.includes(name))).toEqual([]);
  });
});
