import { describe, expect, it, test } from 'vitest';
import { isJsonArray, isJsonObject, type Json } from '../../sandbox/eventbridge/json.ts';
import { rulesOf } from '../../sandbox/eventbridge/rules.ts';
import {
  loadTemplate,
  type ResolvedResource,
  type ResolvedTemplate,
  resourcesOfType,
} from '../../sandbox/eventbridge/template.ts';
import { TEMPLATE_CHECKS } from '../../scripts/template-checks.ts';
import { deployed, PLACES, VARIANTS } from '../../scripts/template-variants.ts';
import { field, listOf, type Statement, statementOf, textOf } from './statements.ts';

const template = loadTemplate('template.yaml');
const stack = deployed(template);
const hub = deployed(template, { OrganizationId: 'o-a1b2c3d4e5' });
const functions = resourcesOfType(stack, 'AWS::Lambda::Function');

function textsIn(value: Json): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(textsIn);
  if (isJsonObject(value)) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' ? [value] : [];
}

const policyOf = (queue: string, variant: ResolvedTemplate): readonly Statement[] =>
  resourcesOfType(variant, 'AWS::SQS::QueuePolicy')
    .filter(({ properties }) => listOf(properties['Queues']).includes(refOf(queue, variant)))
    .flatMap(({ properties }) => listOf(field(properties['PolicyDocument'], 'Statement')).map(statementOf));

const refOf = (logicalId: string, { resources, attributes }: ResolvedTemplate): Json =>
  attributes(resources[logicalId] ?? { logicalId, type: '' }, 'Ref') ?? '';

const arnOf = (logicalId: string, { resources, attributes }: ResolvedTemplate = stack): Json =>
  attributes(resources[logicalId] ?? { logicalId, type: '' }, 'Arn') ?? '';

describe('the template', () => {
  test.each(Object.entries(VARIANTS))('resolves and passes its checks in every partition: %s', (_, parameters) => {
    for (const place of Object.values(PLACES)) {
      const variant = deployed(template, parameters, place);
      expect(TEMPLATE_CHECKS.flatMap((check) => check(variant))).toEqual([]);
    }
  });

  it('takes every condition both ways in those variants', () => {
    const outcomes = Object.values(VARIANTS).map((parameters) => deployed(template, parameters).conditions);
    const oneSided = Object.keys(template.Conditions ?? {}).filter(
      (name) => new Set(outcomes.map((conditions) => conditions[name])).size < 2,
    );
    expect(oneSided).toEqual([]);
  });

  it('names no partition, Region or account', () => {
    // Through JSON, because the sections of a template are plain data.
    const texts = textsIn(JSON.parse(JSON.stringify([template.Resources, template.Outputs, template.Conditions])));
    expect(
      texts.filter((text) => /arn:aws|\b(?:[a-z]{2}|us-gov)-[a-z]+-\d\b|\d{12}|amazonaws\.com\.cn/.test(text)),
    ).toEqual([]);
  });

  it('has a group, a label and a description for every parameter', () => {
    const names = Object.keys(template.Parameters ?? {});
    const metadata = field(template.Metadata, 'AWS::CloudFormation::Interface');
    const grouped = listOf(field(metadata, 'ParameterGroups')).flatMap((group) => listOf(field(group, 'Parameters')));
    expect(grouped).toEqual(expect.arrayContaining(names));
    expect(grouped).toHaveLength(names.length);
    expect(Object.keys(field(metadata, 'ParameterLabels') ?? {})).toEqual(names);
    expect(names.filter((name) => textOf(template.Parameters?.[name]?.['Description']) === '')).toEqual([]);
  });

  it('says what is wrong with a value that a pattern refuses, and starts with values that are right', () => {
    const parameters = Object.entries(template.Parameters ?? {});
    const silent = parameters.filter(([, one]) => one['AllowedPattern'] !== undefined && !one['ConstraintDescription']);
    expect(silent.map(([name]) => name)).toEqual([]);
    expect(parameters.filter(([, one]) => one['Default'] === undefined).map(([name]) => name)).toEqual([]);
    // Resolving holds every default against its own constraints.
    expect(Object.keys(stack.parameters)).toEqual(parameters.map(([name]) => name));
  });

  it('keeps the table when the stack goes, and indexes what is due', () => {
    expect(template.Resources['Table']).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(stack.resources['Table']?.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      GlobalSecondaryIndexes: [{ IndexName: 'due', Projection: { ProjectionType: 'KEYS_ONLY' } }],
    });
  });
});

describe('the functions', () => {
  test.each(functions)('$logicalId is built, sized and logged like the others', ({ logicalId, properties }) => {
    const code = textOf(properties['Code']);
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      // What runs every minute ends before the next minute begins.
      Timeout: logicalId === 'Reconcile' || logicalId === 'Redeploy' ? 55 : 30,
      MemorySize: 512,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.any(String), SystemLogLevel: 'WARN' },
    });
    expect(code).toMatch(/^dist\/functions\/[a-z-]+$/);
    const group = stack.resources[textOf(field(properties['LoggingConfig'], 'LogGroup'))];
    expect(group?.properties).toEqual({
      LogGroupName: `/aws/lambda/slackwater-${code.split('/')[2]}`,
      RetentionInDays: 30,
    });
  });

  it('have a role each', () => {
    expect(new Set(functions.map(({ properties }) => properties['Role'])).size).toBe(functions.length);
  });

  it('get where the credential is, never the credential', () => {
    const { properties } = deployed(template, { SlackChannel: 'C0123ABCD' }).resources['Reconcile'] ?? {};
    expect(field(properties?.['Environment'], 'Variables')).toEqual({
      CHAT: 'no',
      HOME_ACCOUNT: '111122223333',
      HOME_PARTITION: 'aws',
      TABLE_NAME: 'Table',
      TOPIC_ARN: 'arn:aws:sns:eu-central-1:111122223333:Topic',
      SLACK_CHANNEL: 'C0123ABCD',
      SLACK_CREDENTIAL_PARAMETER: '/slackwater/slack',
      SLACK_CREDENTIAL_SECRET: '',
      LOWEST_SEVERITY: 'low',
      MEMBER_ROLE: '',
      WATCHDOGS: 'yes',
      LOG_LEVEL: 'INFO',
    });
  });
});

describe('the queues', () => {
  test.each(resourcesOfType(stack, 'AWS::SQS::Queue'))(
    '$logicalId is encrypted, patient and TLS only',
    ({ logicalId, properties }) => {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      expect(policyOf(logicalId, stack)).toContainEqual({
        sid: 'OnlyEncryptedTransport',
        effect: 'Deny',
        actions: ['sqs:*'],
        resources: [arnOf(logicalId)],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    },
  );

  it('give up on an event after ten attempts', () => {
    expect(stack.resources['EcsEventsQueue']?.properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: arnOf('EcsEventsDeadLetters'),
      maxReceiveCount: 10,
    });
  });

  test.each([
    ['EcsEventsQueue', 'of one account', stack],
    ['EcsEventsQueue', 'of a hub', hub],
    ['Undelivered', 'of one account', stack],
    ['Undelivered', 'of a hub', hub],
  ])('%s %s takes events from exactly the rules that send to it', (queue, _, variant) => {
    const senders = rulesOf(variant).filter(({ targets }) =>
      targets.some(({ arn, deadLetterArn }) => arn === arnOf(queue) || deadLetterArn === arnOf(queue)),
    );
    const allowed = policyOf(queue, variant).filter(({ effect }) => effect === 'Allow');
    expect(allowed).toEqual([
      {
        sid: 'RulesOfThisStack',
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        resources: [arnOf(queue)],
        condition: { ArnEquals: { 'aws:SourceArn': senders.map(({ logicalId }) => arnOf(logicalId, variant)) } },
      },
    ]);
  });

  it('are read in batches that report what failed', () => {
    expect(stack.resources['EcsEventsMapping']?.properties).toMatchObject({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });
});

const WITH_ENDPOINT = { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' };

/** The metrics that an alarm looks at, with the value of the last dimension. */
function metricsOf({
  properties,
}: ResolvedResource): readonly { readonly metric: string; readonly dimension: string }[] {
  const stats = listOf(properties['Metrics']).flatMap((metric) => field(field(metric, 'MetricStat'), 'Metric') ?? []);
  return (stats.length === 0 ? [properties] : stats).map((metric) => ({
    metric: textOf(field(metric, 'MetricName')),
    dimension: textOf(field(listOf(field(metric, 'Dimensions')).at(-1), 'Value')),
  }));
}

describe('what watches the watcher', () => {
  const alarms = resourcesOfType(stack, 'AWS::CloudWatch::Alarm');

  test.each(alarms)('$logicalId says what to do, through the topic', ({ properties }) => {
    expect(textOf(properties['AlarmDescription']).length).toBeGreaterThan(40);
    expect(properties['AlarmActions']).toEqual(['arn:aws:sns:eu-central-1:111122223333:Topic']);
  });

  it.each([
    ['without Slack', {}],
    ['with commands and buttons', WITH_ENDPOINT],
  ])('covers every dead-letter queue, and the errors and throttles of every function, %s', (_, parameters) => {
    const variant = deployed(template, parameters);
    const watched = resourcesOfType(variant, 'AWS::CloudWatch::Alarm').flatMap(metricsOf);
    const seen = (name: string) => watched.filter(({ metric }) => metric === name).map(({ dimension }) => dimension);
    const names = resourcesOfType(variant, 'AWS::Lambda::Function').map(({ logicalId }) => logicalId);
    expect(seen('ApproximateNumberOfMessagesVisible')).toEqual(['EcsEventsDeadLetters', 'Undelivered']);
    expect(new Set(seen('Errors'))).toEqual(new Set(names));
    expect(new Set(seen('Throttles'))).toEqual(new Set(names));
  });

  it.each([
    ['without Slack', {}, 22],
    ['with commands and buttons', WITH_ENDPOINT, 28],
  ])('looks at so many metrics, of which an account has ten free of charge, %s', (_, parameters, count) => {
    const variant = deployed(template, parameters);
    expect(resourcesOfType(variant, 'AWS::CloudWatch::Alarm').flatMap(metricsOf)).toHaveLength(count);
  });
});
