import { describe, expect, it, test } from 'vitest';
import { loadTemplate, type ResolvedTemplate, resourcesOfType } from '../../sandbox/eventbridge/template.ts';
import { LIST_PRICES } from '../../scripts/cost/prices.ts';
import { deployed, PLACES, VARIANTS } from '../../scripts/template-variants.ts';
import {
  expressionsIn,
  fieldsIn,
  metricsIn,
  type NamedMetric,
  savedQueries,
  sourcesIn,
  widgetsOf,
} from './dashboard-body.ts';
import { EMITTED } from './emitted.ts';
import { textOf } from './statements.ts';

const template = loadTemplate('template.yaml');
const WITH_ENDPOINT = { SlackChannel: 'C0123ABCD', SlackEndpointBy: 'function-url' };
const whole = deployed(template, WITH_ENDPOINT);

/** Metrics of AWS with the type of what their dimension names; more dimensions are in the docs that are linked. */
const OF_AWS: Readonly<
  Record<string, { readonly names: readonly string[]; readonly dimension: string; readonly type: string }>
> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  'AWS/Lambda': {
    names: ['AsyncEventsDropped', 'ConcurrentExecutions', 'Duration', 'Errors', 'Invocations', 'Throttles'],
    dimension: 'FunctionName',
    type: 'AWS::Lambda::Function',
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': {
    names: [
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesVisible',
      'NumberOfEmptyReceives',
      'NumberOfMessagesDeleted',
      'NumberOfMessagesReceived',
      'NumberOfMessagesSent',
    ],
    dimension: 'QueueName',
    type: 'AWS::SQS::Queue',
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  'AWS/DynamoDB': {
    names: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ReadThrottleEvents', 'WriteThrottleEvents'],
    dimension: 'TableName',
    type: 'AWS::DynamoDB::Table',
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
  'AWS/SNS': {
    names: ['NumberOfMessagesPublished', 'NumberOfNotificationsFailed'],
    dimension: 'TopicName',
    type: 'AWS::SNS::Topic',
  },
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
  'AWS/Events': { names: ['FailedInvocations', 'MatchedEvents'], dimension: 'RuleName', type: 'AWS::Events::Rule' },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
  'AWS/Logs': { names: ['IncomingBytes'], dimension: 'LogGroupName', type: 'AWS::Logs::LogGroup' },
};

/** Why nobody emits this metric; nothing where somebody does. */
function problemOf({ namespace, name, dimensions }: NamedMetric, stack: ResolvedTemplate): readonly string[] {
  const text = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
  if (namespace === 'Slackwater') {
    const { service, function: by = '', ...others } = dimensions;
    const isEmitted = service === 'slackwater' && EMITTED[by]?.metrics.has(name) && Object.keys(others).length === 0;
    return isEmitted ? [] : [text];
  }
  const known = OF_AWS[namespace];
  if (!known?.names.includes(name)) return [text];
  const { [known.dimension]: target = '', ...others } = dimensions;
  const isThere = stack.resources[target]?.type === known.type;
  const indexes = JSON.stringify(stack.resources[target]?.properties['GlobalSecondaryIndexes'] ?? []);
  const isIndex = ({ GlobalSecondaryIndexName: index, ...rest }: Record<string, string>) =>
    Object.keys(rest).length === 0 && (index === undefined || indexes.includes(`"IndexName":"${index}"`));
  return isThere && isIndex(others) ? [] : [text];
}

/** The function that writes to a log group, which is called like its logical id in these tests. */
function writerOf(group: string, stack: ResolvedTemplate): string {
  return textOf(stack.resources[group]?.properties['LogGroupName']).replace('/aws/lambda/slackwater-', '');
}

/** What a query asks for that no line of its log groups has. */
const unknownFields = (query: string, groups: readonly string[], stack: ResolvedTemplate): readonly string[] => {
  const known = groups.flatMap((group) => [...(EMITTED[writerOf(group, stack)]?.fields ?? [])]);
  return [...fieldsIn(query)].filter((name) => !known.includes(name));
};

const SHOWN = Object.entries(VARIANTS).filter(([, { Dashboard }]) => Dashboard !== 'no');

describe('the dashboard', () => {
  it('can be left out, and the saved queries with it', () => {
    const { resources } = deployed(template, { Dashboard: 'no' });
    const types = Object.values(resources).map(({ type }) => type);
    expect(types.filter((type) => /Dashboard|QueryDefinition/.test(type))).toEqual([]);
  });

  test.each(SHOWN)('is what CloudWatch takes, in every partition: %s', (_, parameters) => {
    for (const place of Object.values(PLACES)) {
      const stack = deployed(template, parameters, place);
      const widgets = widgetsOf(stack);
      expect(widgets.flatMap((widget) => metricsIn(widget).flatMap((metric) => problemOf(metric, stack)))).toEqual([]);
      const alarms = widgets.flatMap(({ properties }) => properties['alarms'] ?? []);
      const expected = resourcesOfType(stack, 'AWS::CloudWatch::Alarm').map((alarm) => stack.attributes(alarm, 'Arn'));
      expect(new Set(alarms)).toEqual(new Set(expected));
      expect(alarms).toHaveLength(expected.length);
      const regions = widgets.flatMap(({ type, properties }) =>
        /log|metric/.test(type) ? [properties['region']] : [],
      );
      expect(new Set(regions)).toEqual(new Set([place.region]));
    }
  });

  it('has no widget on top of another, nor outside its 24 columns', () => {
    const taken = new Map<string, number>();
    for (const { x, y, width, height } of widgetsOf(whole))
      for (let column = x; column < x + width; column++)
        for (let row = y; row < y + height; row++)
          taken.set(`${column},${row}`, (taken.get(`${column},${row}`) ?? 0) + 1);
    expect([...taken.values()].filter((count) => count > 1)).toEqual([]);
    expect(Math.max(...[...taken.keys()].map((cell) => Number.parseInt(cell, 10)))).toBe(23);
  });

  it('shows errors, throttles and durations of every function', () => {
    const shown = widgetsOf(whole).flatMap(metricsIn);
    for (const { logicalId } of resourcesOfType(whole, 'AWS::Lambda::Function'))
      for (const name of ['Errors', 'Throttles', 'Duration'])
        expect(shown).toContainEqual(expect.objectContaining({ name, dimensions: { FunctionName: logicalId } }));
  });

  it('asks log groups of the stack, for what their lines have', () => {
    const logs = widgetsOf(whole).filter(({ type }) => type === 'log');
    expect(logs.length).toBeGreaterThan(3);
    for (const { properties } of logs) {
      const query = String(properties['query']);
      const groups = sourcesIn(query);
      expect(groups.map((group) => whole.resources[group]?.type)).toEqual(groups.map(() => 'AWS::Logs::LogGroup'));
      expect(unknownFields(query, groups, whole)).toEqual([]);
    }
  });

  it('computes costs from metrics that it has, at the prices of docs/cost.md', () => {
    const { writeUnits, readUnits, invocations, gigabyteSecond, queueRequests, logGigabytes } = LIST_PRICES;
    const costs = widgetsOf(whole).filter((widget) => expressionsIn(widget).length > 0);
    expect(costs.flatMap(expressionsIn)).toEqual([
      `SUM([writes, indexWrites]) * ${writeUnits.usd} / ${writeUnits.per}`,
      `SUM([reads, indexReads]) * ${readUnits.usd} / ${readUnits.per}`,
      `SUM([i1, i2, i3, i4]) * ${invocations.usd} / ${invocations.per} + SUM([d1, d2, d3, d4]) / 1000 * 0.5 * ${gigabyteSecond.usd}`,
      `SUM([sent, received, empty, deleted]) * ${queueRequests.usd} / ${queueRequests.per}`,
      `SUM([l1, l2, l3, l4]) / ${logGigabytes.per} * ${logGigabytes.usd}`,
    ]);
    const ids = costs.flatMap((widget) => metricsIn(widget).flatMap(({ id }) => id ?? []));
    const used = costs.flatMap(expressionsIn).flatMap((formula) => formula.match(/\b[a-z]\w*/g) ?? []);
    expect(new Set(used)).toEqual(new Set(ids));
  });
});

describe('the saved queries', () => {
  it.each(savedQueries(whole))('$name: asks for fields that the lines of its log groups have', ({ query, groups }) => {
    expect(groups.length).toBeGreaterThan(0);
    expect(unknownFields(query, groups, whole)).toEqual([]);
  });

  it.each(savedQueries(whole))('$name: is limited, so that it does not list a storm', ({ query }) => {
    expect(query).toMatch(/\n\| limit \d+\n$/);
  });

  it('do not name what is not deployed', () => {
    const without = savedQueries(deployed(template));
    expect(without.flatMap(({ groups }) => groups).every((group) => group in deployed(template).resources)).toBe(true);
    expect(without.length).toBe(savedQueries(whole).length - 1);
  });
});

describe('fieldsIn', () => {
  it.each([
    ["fields @timestamp, a.b | filter c in ['d', 'e'] and f like /g h/", ['a.b', 'c', 'f']],
    ['stats count_distinct(incident) as problems by cause | sort problems desc', ['incident', 'cause']],
    ["stats sum(strcontains(@message, ': x')) as y by bin(1h)", []],
    ['fields delayMs / 1000 as seconds', ['delayMs']],
  ])('finds what %s takes from a line', (query, expected) => {
    expect([...fieldsIn(query)]).toEqual(expected);
  });
});
