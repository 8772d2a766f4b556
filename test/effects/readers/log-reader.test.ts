import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ContainerDefinition, found, missing } from '../../../shared/domain/facts.ts';
import { createLogReader } from '../../../shared/effects/readers/log-reader.ts';
import { aBudget, awsError, never } from '../failing.ts';

const client = new CloudWatchLogsClient({ region: 'eu-west-1' });
const logs = mockClient(client);
let regions: string[] = [];
beforeEach(() => {
  logs.reset();
  regions = [];
});

const AWSLOGS = { 'awslogs-group': '/ecs/checkout', 'awslogs-stream-prefix': 'ecs' };

const aContainer = (
  logOptions: Readonly<Record<string, string>> = AWSLOGS,
  logDriver = 'awslogs',
): ContainerDefinition => ({
  name: 'app',
  image: 'checkout:1.8.2',
  isEssential: true,
  logDriver,
  logOptions,
  containerPorts: [],
  environmentNames: [],
  secrets: [],
});

const HOME = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };

const tail = (
  container: ContainerDefinition,
  wanted: { readonly runtimeId?: string; readonly lines?: number } = {},
  budget = aBudget().budget,
) =>
  createLogReader({
    clientsAt: () => ({
      logsFor: async (region) => {
        regions.push(region);
        return client;
      },
    }),
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
    budget,
  }).tail({ container, taskId: 'task1', at: HOME, ...wanted });

const messages = (...texts: string[]) => ({ events: texts.map((message) => ({ message })) });

describe('the end of a log', () => {
  it('is the latest lines of the stream, oldest first, redacted', async () => {
    logs.on(GetLogEventsCommand).resolves(messages('starting', 'password hunter2', 'panic'));
    expect(await tail(aContainer())).toEqual(
      found({
        group: '/ecs/checkout',
        stream: 'ecs/app/task1',
        region: 'eu-west-1',
        container: 'app',
        lines: ['starting', 'password [redacted]', 'panic'],
      }),
    );
    expect(logs.commandCalls(GetLogEventsCommand)[0]?.args[0].input).toEqual({
      logGroupName: '/ecs/checkout',
      logStreamName: 'ecs/app/task1',
      limit: 20,
      startFromHead: false,
    });
    expect(regions).toEqual(['eu-west-1']);
  });

  it('is read in the Region of the log group', async () => {
    logs.on(GetLogEventsCommand).resolves(messages('panic'));
    const facts = await tail(aContainer({ ...AWSLOGS, 'awslogs-region': 'us-east-2' }));
    expect(facts).toMatchObject({ value: { region: 'us-east-2' } });
    expect(regions).toEqual(['us-east-2']);
  });

  it('is in the stream of the runtime id when no prefix is configured', async () => {
    logs.on(GetLogEventsCommand).resolves(messages('panic'));
    const facts = await tail(aContainer({ 'awslogs-group': '/ecs/checkout' }), { runtimeId: 'task1-42' });
    expect(facts).toMatchObject({ value: { stream: 'task1-42' } });
  });

  it('has no more lines than asked for, however many one event has', async () => {
    logs.on(GetLogEventsCommand).resolves(messages('one\ntwo\nthree'));
    expect(await tail(aContainer(), { lines: 2 })).toMatchObject({ value: { lines: ['two', 'three'] } });
  });

  it('is looked for on earlier pages while the pages are empty', async () => {
    logs
      .on(GetLogEventsCommand)
      .resolvesOnce({ events: [], nextBackwardToken: 'b/1' })
      .resolvesOnce({ ...messages('panic'), nextBackwardToken: 'b/2' });
    expect(await tail(aContainer())).toMatchObject({ value: { lines: ['panic'] } });
    const tokens = logs.commandCalls(GetLogEventsCommand).map(({ args }) => args[0].input.nextToken);
    expect(tokens).toEqual([undefined, 'b/1']);
  });

  it.each([
    ['the token repeats', ['b/1', 'b/1', 'b/1'], 2],
    ['three pages were empty', ['b/1', 'b/2', 'b/3', 'b/4'], 3],
    ['there is no token', [undefined], 1],
  ] as const)('is missing as empty when %s', async (_why, tokens, requests) => {
    let page = 0;
    logs.on(GetLogEventsCommand).callsFake(() => ({ events: [], nextBackwardToken: tokens[page++] }));
    expect(await tail(aContainer())).toEqual(missing('not-found', 'the log stream of app is empty'));
    expect(logs.commandCalls(GetLogEventsCommand)).toHaveLength(requests);
  });

  it.each([
    ['ResourceNotFoundException', 'not-found', 'the container app wrote no log stream'],
    ['AccessDeniedException', 'denied', 'logs:GetLogEvents is not allowed on /ecs/checkout'],
    ['ThrottlingException', 'throttled', 'AWS throttled logs:GetLogEvents'],
    ['ServiceUnavailableException', 'failed', 'logs:GetLogEvents failed (ServiceUnavailableException)'],
  ] as const)('is missing after %s: %s', async (name, reason, because) => {
    logs.on(GetLogEventsCommand).rejects(awsError(name));
    expect(await tail(aContainer())).toEqual(missing(reason, because));
  });

  it('is missing when the time of the call is used up', async () => {
    logs.on(GetLogEventsCommand).callsFake(never);
    const { budget, spend } = aBudget();
    const asked = tail(aContainer(), {}, budget);
    spend();
    expect(await asked).toEqual(missing('timeout', 'logs:GetLogEvents did not answer in time'));
  });

  const { logDriver: _none, ...withoutDriver } = aContainer({});
  it.each([
    [
      'another driver',
      aContainer({}, 'awsfirelens'),
      'not-applicable',
      'the container app logs by awsfirelens, not to CloudWatch Logs',
    ],
    ['no driver', withoutDriver, 'not-applicable', 'the container app has no log configuration'],
    ['no group', aContainer({}), 'not-applicable', 'the container app logs by awslogs without a log group'],
    [
      'neither prefix nor runtime id',
      aContainer({ 'awslogs-group': '/ecs/checkout' }),
      'not-found',
      'the container app was never created and wrote no log',
    ],
  ] as const)('is missing without a request for %s', async (_what, container, reason, because) => {
    expect(await tail(container)).toEqual(missing(reason, because));
    expect(logs.calls()).toHaveLength(0);
  });
});
