import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../sandbox/eventbridge/json.ts';
import { loadTemplate, type ResolvedTemplate } from '../../sandbox/eventbridge/template.ts';
import { memberParameters } from '../../scripts/member-variants.ts';
import { deployed, PLACES } from '../../scripts/template-variants.ts';
import { actionsOf, field, rolesOf, type Statement, statementsOf, textOf } from './statements.ts';

const template = loadTemplate('infra/member.yaml');
const hubTemplate = loadTemplate('template.yaml');
const given = memberParameters(PLACES.aws);
const HUB = '444455556666';

const member = (parameters: Readonly<Record<string, string>> = {}) => deployed(template, { ...given, ...parameters });

/** The whole hub: with somebody who asks in Slack. */
const hub = (parameters: Readonly<Record<string, string>> = {}) =>
  deployed(hubTemplate, {
    OrganizationId: 'o-a1b2c3d4e5',
    SlackChannel: 'C0123ABCD',
    SlackEndpointBy: 'function-url',
    ...parameters,
  });

/** Logical ids of the hub's roles that assume the reading role. */
const READERS = ['EcsEventsRole', 'ReconcileRole', 'RedeployRole', 'SlackWorkerRole'];

/** Statements of the hub's functions about what stays in the hub, wherever the service is. */
const AT_HOME: Readonly<Record<string, string>> = {
  Announcements: "the topic is the hub's",
  Due: "the table is the hub's",
  FurtherTopics: "the topics are named in the hub's document",
  ImportedSchedules: 'the document of the hub names maintenance windows of its own account and Region',
  ImportedWindows: 'the document of the hub names maintenance windows of its own account and Region',
  MemberRedeployRoles: 'is how the role is taken',
  MemberRoles: 'is how the role is taken',
  OwnLogs: 'the functions run in the hub',
  OwnQueue: 'the functions run in the hub',
  Parameter: "the credential is the hub's",
  Records: "the table is the hub's",
  Redeploy: 'the functions run in the hub',
};

const WRITES: readonly string[] = ['Redeployments', 'RedeploymentsByCodeDeploy', 'Relaunches', 'RolesOfTasks'];

const elsewhere = (variant: ResolvedTemplate): readonly Statement[] =>
  READERS.flatMap((role) => statementsOf(role, variant)).filter(({ sid }) => AT_HOME[sid] === undefined);

const SWITCHES: readonly (readonly [sentence: string, parameters: Readonly<Record<string, string>>])[] = [
  ['as it comes', {}],
  ['without container logs', { ReadContainerLogs: 'no' }],
  ['without deep checks', { DeepChecks: 'no' }],
  ['looking up actors', { LookUpActors: 'yes' }],
  ['without watchdogs', { Watchdogs: 'no' }],
  ['with as little as possible', { ReadContainerLogs: 'no', DeepChecks: 'no', Watchdogs: 'no' }],
];

describe('the reading role', () => {
  test.each(SWITCHES)('may do exactly what the functions of the hub read: %s', (_, parameters) => {
    const reads = elsewhere(hub(parameters)).filter(({ sid }) => !WRITES.includes(sid));
    expect(actionsOf(statementsOf('ReadRole', member(parameters)))).toEqual(actionsOf(reads));
  });

  it('and what stays in the hub is really there', () => {
    const sids = new Set(
      READERS.flatMap((role) => statementsOf(role, hub({ FurtherTopicArns: TOPIC }))).map(({ sid }) => sid),
    );
    expect(Object.keys(AT_HOME).filter((sid) => !sids.has(sid))).toEqual([]);
  });

  it('changes nothing', () => {
    const everything = statementsOf(
      'ReadRole',
      member({ LookUpActors: 'yes', Redeployments: 'yes', RelaunchTasks: 'yes' }),
    );
    for (const action of actionsOf(everything)) expect(action).toMatch(/:(?:BatchGet|Describe|Get|List|Lookup)/);
  });
});

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:team';

describe('the role that replaces tasks', () => {
  test.each([
    ['replacing tasks', { Redeployments: 'yes', RelaunchTasks: 'no' }],
    ['starting standalone tasks again as well', { Redeployments: 'yes', RelaunchTasks: 'yes' }],
  ])("may do exactly what the hub's own may: %s", (_, parameters) => {
    const writes = elsewhere(hub(parameters)).filter(({ sid }) => WRITES.includes(sid));
    expect(actionsOf(statementsOf('RedeployRole', member(parameters)))).toEqual(actionsOf(writes));
  });

  it.each([
    ['nobody asked for it', {}],
    ['starting tasks again is asked for alone', { RelaunchTasks: 'yes' }],
    ['another Region has it', { Redeployments: 'yes', RoleRegion: 'us-east-1' }],
  ])('is not there when %s', (_, parameters) => {
    expect(rolesOf(member(parameters))).not.toContain('RedeployRole');
  });
});

describe('both roles', () => {
  const both = member({ Redeployments: 'yes', RelaunchTasks: 'yes', LookUpActors: 'yes' });

  it.each(['ReadRole', 'RedeployRole'])('%s may do it where the hub may, in every Region of this account', (role) => {
    const own = elsewhere(hub({ RelaunchTasks: 'yes', LookUpActors: 'yes' }));
    for (const { actions, resources, condition } of statementsOf(role, both)) {
      for (const action of actions) {
        const same = own.filter((statement) => statement.actions.includes(action));
        const wanted = same.flatMap((statement) => statement.resources.map(inEveryRegion));
        expect(resources).toEqual(expect.arrayContaining([...new Set(wanted)]));
      }
      const conditions = own.filter((statement) => statement.actions.includes(actions[0] ?? '')).map(conditionOf);
      expect(conditions).toContain(conditionOf({ ...(condition && { condition }) }));
      for (const resource of resources) expect(resource).toMatch(/^\*$|:111122223333:|^arn:aws:(?:ecr|ssm):\*:\*:/);
    }
  });

  it.each([
    ['ReadRole', READERS, 'slackwater-member'],
    ['RedeployRole', ['RedeployRole'], 'slackwater-member-redeploy'],
  ])('%s trusts the functions of the hub that use it and nobody else', (role, trusted, name) => {
    const properties = both.resources[role]?.properties;
    expect(properties?.['RoleName']).toBe(name);
    expect(field(properties?.['AssumeRolePolicyDocument'], 'Statement')).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${HUB}:root` },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: {
            'aws:PrincipalArn': oneOrMore(
              trusted.map((logicalId) => `arn:aws:iam::${HUB}:role/slackwater-${logicalId}-*`),
            ),
          },
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        },
      },
    ]);
  });

  it('are the ones that the hub may assume', () => {
    const assumable = READERS.map((role) =>
      statementsOf(role, hub()).flatMap(({ actions, resources }) => (actions[0] === 'sts:AssumeRole' ? resources : [])),
    );
    const name = (role: string) => `arn:aws:iam::*:role/${textOf(both.resources[role]?.properties['RoleName'])}`;
    expect(new Set(assumable.flat())).toEqual(new Set([name('ReadRole'), name('RedeployRole')]));
  });

  it('are trusted by names that CloudFormation does not shorten', () => {
    // Of a name it makes at most 64 characters: stack, logical id and twelve of its own, with hyphens between.
    const longest = Math.max(...READERS.map((logicalId) => logicalId.length));
    expect(32 + 1 + longest + 1 + 12).toBeLessThanOrEqual(64);
    expect(template.Parameters?.['HubStackName']?.['AllowedPattern']).toContain('{0,31}');
  });

  it('and the sending one are bounded where the organisation asks for it', () => {
    const PermissionsBoundary = 'arn:aws:iam::111122223333:policy/boundary';
    const bounded = member({ PermissionsBoundary, Redeployments: 'yes' });
    const boundaries = (variant: ResolvedTemplate) =>
      rolesOf(variant).map((role) => variant.resources[role]?.properties['PermissionsBoundary']);
    expect(boundaries(bounded)).toEqual([PermissionsBoundary, PermissionsBoundary, PermissionsBoundary]);
    expect(boundaries(both)).toEqual([undefined, undefined, undefined]);
  });
});

/** `arn:aws:ecs:eu-central-1:…` as `arn:aws:ecs:*:…`, and what has no Region as it is. */
const inEveryRegion = (text: string): string => text.replaceAll(':eu-central-1:', ':*:');

const conditionOf = ({ condition }: { readonly condition?: JsonObject }): string =>
  inEveryRegion(JSON.stringify(condition ?? {}));

const oneOrMore = (values: readonly string[]): string | readonly string[] => {
  const [only, ...more] = values;
  return more.length === 0 && only !== undefined ? only : values;
};
