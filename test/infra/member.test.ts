import { describe, expect, it, test } from 'vitest';
import { compilePattern } from '../../sandbox/eventbridge/matcher.ts';
import { rulesOf } from '../../sandbox/eventbridge/rules.ts';
import { loadTemplate, resourcesOfType } from '../../sandbox/eventbridge/template.ts';
import { memberParameters, memberVariants } from '../../scripts/member-variants.ts';
import { TEMPLATE_CHECKS } from '../../scripts/template-checks.ts';
import { deployed, PLACES } from '../../scripts/template-variants.ts';
import { eventFiles, eventFileText } from '../support/event-files.ts';
import { field, listOf, statementOf, textOf } from './statements.ts';

const template = loadTemplate('infra/member.yaml');
const hubTemplate = loadTemplate('template.yaml');
const given = memberParameters(PLACES.aws);

const member = (parameters: Readonly<Record<string, string>> = {}) => deployed(template, { ...given, ...parameters });
const hub = (parameters: Readonly<Record<string, string>> = {}) =>
  deployed(hubTemplate, { OrganizationId: 'o-a1b2c3d4e5', ...parameters });

const HUB_RULES = ['MemberEcsEvents', 'MemberHealthNotices'];

describe('infra/member.yaml', () => {
  const places = Object.entries(PLACES).flatMap(([partition, place]) =>
    Object.entries(memberVariants(place)).map(([name, parameters]) => ({ partition, name, parameters, place })),
  );

  test.each(places)('resolves and passes its checks in $partition: $name', ({ parameters, place }) => {
    const variant = deployed(template, parameters, place);
    expect(TEMPLATE_CHECKS.flatMap((check) => check(variant))).toEqual([]);
  });

  it('takes every condition both ways in those variants', () => {
    const outcomes = Object.values(memberVariants(PLACES.aws)).map((parameters) => member(parameters).conditions);
    const oneSided = Object.keys(template.Conditions ?? {}).filter(
      (name) => new Set(outcomes.map((conditions) => conditions[name])).size < 2,
    );
    expect(oneSided).toEqual([]);
  });

  it('names no partition, Region or account', () => {
    const text = JSON.stringify([template.Resources, template.Outputs, template.Conditions]);
    expect(text.match(/arn:aws|\b(?:[a-z]{2}|us-gov)-[a-z]+-\d\b|\d{12}|amazonaws\.com\.cn/g)).toBeNull();
  });

  it('has a group, a label and a description for every parameter', () => {
    const names = Object.keys(template.Parameters ?? {});
    const metadata = field(template.Metadata, 'AWS::CloudFormation::Interface');
    const grouped = listOf(field(metadata, 'ParameterGroups')).flatMap((group) => listOf(field(group, 'Parameters')));
    expect(grouped).toHaveLength(names.length);
    expect(grouped).toEqual(expect.arrayContaining(names));
    expect(Object.keys(field(metadata, 'ParameterLabels') ?? {})).toEqual(names);
    expect(names.filter((name) => textOf(template.Parameters?.[name]?.['Description']) === '')).toEqual([]);
  });

  it('runs no code and keeps no data but events that could not be sent', () => {
    const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
    expect([...types].sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::Events::Rule',
      'AWS::IAM::Role',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
  });

  it('takes the parameters that the hub prints, and asks for no other', () => {
    const printed = textOf(field(hub().outputs['MemberParameters'], 'Value'));
    const values = Object.fromEntries(printed.split(' ').map((pair) => pair.split(/=(.*)/).slice(0, 2)));
    const required = Object.entries(template.Parameters ?? {}).flatMap(([name, { Default: value }]) =>
      value === undefined ? [name] : [],
    );
    expect(Object.keys(values)).toEqual(expect.arrayContaining(required));
    const elsewhere = { ...PLACES.aws, accountId: '999900001111' };
    const outputs = Object.keys(deployed(template, values, elsewhere).outputs);
    expect(outputs).toEqual(['UnsentUrl', 'ReadRoleArn']);
  });
});

describe('the rules of a member', () => {
  test.each(['yes', 'no'])('have the patterns of the hub, one by one, with BackupNotices=%s', (backup) => {
    const patterns = (rules: ReturnType<typeof rulesOf>) =>
      rules.map(({ logicalId, pattern }) => [logicalId, pattern] as const);
    const ofHub = rulesOf(hub({ BackupNotices: backup })).filter(({ logicalId }) => !HUB_RULES.includes(logicalId));
    expect(patterns(rulesOf(member({ BackupNotices: backup })))).toEqual(patterns(ofHub));
  });

  const passing = (variant: ReturnType<typeof hub>) => {
    const rules = rulesOf(variant).map(({ logicalId, pattern }) => ({ logicalId, matches: compilePattern(pattern) }));
    return (file: string): readonly string[] => {
      const event: unknown = JSON.parse(eventFileText(file));
      return rules.filter(({ matches }) => matches(event)).map(({ logicalId }) => logicalId);
    };
  };
  const atMember = passing(member());
  const atHub = passing(hub());
  const isOfBus = (rule: string): boolean => HUB_RULES.includes(rule);

  test.each(eventFiles)("send %s when the hub's own would take it", (file) => {
    expect(atMember(file)).toEqual(atHub(file).filter((rule) => !isOfBus(rule)));
  });

  test.each(eventFiles.filter((file) => atMember(file).length > 0))('send %s to one rule of the bus', (file) => {
    expect(atHub(file).filter(isOfBus)).toHaveLength(1);
  });

  it('send to the bus of the hub by a role that may do nothing else, and keep what it does not take', () => {
    const variant = member();
    const role = variant.resources['SendRole']?.properties;
    expect(
      listOf(role?.['Policies']).flatMap((policy) =>
        listOf(field(field(policy, 'PolicyDocument'), 'Statement')).map(statementOf),
      ),
    ).toEqual([{ sid: 'Hub', effect: 'Allow', actions: ['events:PutEvents'], resources: [given['HubBusArn']] }]);
    const rules = resourcesOfType(variant, 'AWS::Events::Rule');
    expect(rules).toHaveLength(7);
    for (const { properties } of rules) {
      expect(properties['Targets']).toEqual([
        {
          Id: 'hub',
          Arn: given['HubBusArn'],
          RoleArn: 'arn:aws:iam::111122223333:role/SendRole',
          DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111122223333:Unsent' },
        },
      ]);
    }
  });

  test.each([
    ['with Health notices', 'yes', 7],
    ['without', 'no', 6],
  ])('are exactly the senders to the queue of the unsent, %s', (_, ForwardHealth, count) => {
    const variant = member({ ForwardHealth });
    const [allowed] = listOf(field(variant.resources['UnsentPolicy']?.properties['PolicyDocument'], 'Statement'));
    const senders = rulesOf(variant).map(
      ({ logicalId }) => `arn:aws:events:eu-central-1:111122223333:rule/${logicalId}`,
    );
    expect(field(field(allowed, 'Condition'), 'ArnEquals')).toEqual({ 'aws:SourceArn': senders });
    expect(senders).toHaveLength(count);
  });

  it('are watched: an alarm for what is not sent, which may be told', () => {
    const topic = 'arn:aws:sns:eu-central-1:111122223333:operations';
    expect(member().resources['UnsentAlarm']?.properties['AlarmActions']).toBeUndefined();
    expect(member({ AlarmTopicArn: topic }).resources['UnsentAlarm']?.properties).toMatchObject({
      Dimensions: [{ Name: 'QueueName', Value: 'Unsent' }],
      AlarmActions: [topic],
      OKActions: [topic],
    });
  });

  it("are not there in the hub's own account and Region, whose rules are there already", () => {
    const { accountId, region } = PLACES.aws;
    const bus = (where: string) => `arn:aws:events:${where}:${accountId}:event-bus/slackwater`;
    const inHub = member({ HubAccountId: accountId, HubBusArn: bus(region) });
    expect(Object.keys(inHub.resources)).toEqual(['ReadRole']);
    const otherRegion = member({ HubAccountId: accountId, HubBusArn: bus('us-east-1') });
    expect(rulesOf(otherRegion)).toHaveLength(7);
  });
});

describe('the bus of the hub', () => {
  it('is not there without an organisation', () => {
    const alone = deployed(hubTemplate);
    expect(resourcesOfType(alone, 'AWS::Events::EventBus')).toEqual([]);
    expect(Object.keys(alone.outputs).filter((name) => name.startsWith('Member'))).toEqual([]);
  });

  it('takes events from the accounts of the organisation alone', () => {
    expect(hub().resources['MemberBusPolicy']?.properties['Statement']).toEqual({
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:eu-central-1:111122223333:event-bus/MemberBus',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
  });

  it('hands ECS events to the queue and Health notices to their function', () => {
    const rules = rulesOf(hub()).filter(({ logicalId }) => HUB_RULES.includes(logicalId));
    expect(rules.map(({ targets }) => targets.map(({ logicalId }) => logicalId))).toEqual([
      ['EcsEventsQueue'],
      ['RetirementNotice'],
    ]);
    for (const { logicalId } of rules) {
      expect(hub().resources[logicalId]?.properties['EventBusName']).toBe('MemberBus');
    }
  });

  it('takes copies of notices when the own rule does', () => {
    const backup = (BackupNotices: string) =>
      ['HealthNotices', 'MemberHealthNotices'].map((rule) =>
        field(field(hub({ BackupNotices }).resources[rule]?.properties['EventPattern'], 'detail'), 'backupEvent'),
      );
    expect(backup('yes')).toEqual([undefined, undefined]);
    const [own, ofMembers] = backup('no');
    expect(own).toBeDefined();
    expect(ofMembers).toEqual(own);
  });

  it.each([
    [{}, { MEMBER_ROLE: '', MEMBER_REDEPLOY_ROLE: '' }],
    [
      { OrganizationId: 'o-a1b2c3d4e5' },
      { MEMBER_ROLE: 'slackwater-member', MEMBER_REDEPLOY_ROLE: 'slackwater-member-redeploy' },
    ],
    [
      { OrganizationId: 'o-a1b2c3d4e5', MemberRole: 'ops', Redeployments: 'no' },
      { MEMBER_ROLE: 'ops', MEMBER_REDEPLOY_ROLE: '' },
    ],
  ])('is for functions that know the roles: %j', (parameters, expected) => {
    const { properties } = deployed(hubTemplate, parameters).resources['Redeploy'] ?? {};
    expect(field(properties?.['Environment'], 'Variables')).toMatchObject(expected);
  });
});
