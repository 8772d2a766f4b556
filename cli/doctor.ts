import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { known, missing } from '../shared/domain/facts.ts';
import { clientSettings } from '../shared/effects/clients.ts';
import { createAccountReader } from '../shared/effects/readers/account-reader.ts';
import { requireCredentials } from './account.ts';
import { createCliClients } from './clients.ts';
import { checkAlarms } from './doctor/alarms.ts';
import {
  checkConfiguration,
  checkRights,
  checkTopics,
  policyOfStack,
  readConfiguration,
} from './doctor/configuration.ts';
import { checkEndpoint } from './doctor/endpoint.ts';
import type { Finding } from './doctor/finding.ts';
import { checkMembers, readShut } from './doctor/members.ts';
import { checkSchedules, readMetrics } from './doctor/metrics.ts';
import { checkQueues } from './doctor/queues.ts';
import { findingText, summaryText } from './doctor/report.ts';
import type { Scene, Surroundings } from './doctor/scene.ts';
import { checkFailing, checkReads, readServices } from './doctor/services.ts';
import { checkSlack } from './doctor/slack.ts';
import { checkRoles, checkStack } from './doctor/stack.ts';
import { checkTags } from './doctor/tags.ts';
import { checkSettings, checkWindows } from './doctor/windows.ts';
import { createProgress, type Progress } from './progress.ts';
import { readStack } from './stack-read.ts';
import { type Terminal, UsageError, understood } from './terminal.ts';

const OPTIONS = {
  stack: { type: 'string' },
  table: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
} as const;

type Given = ReturnType<typeof givenIn>;

/**
 * `slackwater doctor --stack NAME`: looks whether an installation is whole, and says what to do where it is not; reads
 * only. Answers 1 when something fails, and when nothing could be checked. Throws a UsageError for arguments, and an
 * AccountError without credentials.
 */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const given = givenIn(args, terminal);
  const hasColours = terminal.isScreen && !given.isPlain && !terminal.environment['NO_COLOR'];
  const progress = createProgress(terminal);
  const all: Finding[] = [];
  for await (const findings of look(given, await openScene(given, terminal, progress), progress)) {
    all.push(...findings);
    for (const finding of findings)
      terminal.out(given.isJson ? JSON.stringify(finding) : findingText(finding, hasColours));
  }
  if (!given.isJson) terminal.out(`\n${summaryText(all, hasColours)}`);
  const isWell = all.some(({ status }) => status === 'ok') && all.every(({ status }) => status !== 'fail');
  return isWell ? 0 : 1;
}

async function openScene({ region, stack }: Given, terminal: Terminal, progress: Progress): Promise<Scene> {
  const { environment, clock } = terminal;
  const clients = createCliClients(region, environment);
  await requireCredentials(() => clients.ecs.config.credentials());
  if (stack !== undefined) progress.start(`asking CloudFormation for ${stack}`);
  return {
    clients,
    // Queues are asked for at the endpoint of the Region, whatever host their URLs name.
    sqs: new SQSClient({ ...clientSettings(region, environment), useQueueUrlAsEndpoint: false }),
    environment,
    region,
    now: clock(),
    stack:
      stack === undefined
        ? missing('not-applicable', 'no stack was named with --stack')
        : await readStack(stack, clients),
  };
}

/** Findings as soon as they are there, what everything else rests on first. */
async function* look({ table }: Given, scene: Scene, progress: Progress): AsyncGenerator<readonly Finding[]> {
  const { stack } = scene;
  yield checkStack(stack);

  progress.start('reading the configuration');
  const configuration = await readConfiguration(scene, table ?? known(stack)?.outputs['TableName']);
  const policy = known(configuration)?.policy ?? policyOfStack(stack);
  yield [...checkConfiguration(configuration), ...checkTopics(configuration, stack), ...checkRights(policy, stack)];
  yield checkMembers(policy, stack, await readShut(scene, policy, table ?? known(stack)?.outputs['TableName']));

  progress.start('reading the services of ECS');
  const services = await readServices(scene.clients.ecs, scene.now, progress.at);
  yield [
    ...checkReads(services),
    ...checkRoles(stack),
    ...checkTags(services, known(configuration)?.policy.maintenance),
    ...checkFailing(services),
  ];

  progress.start('asking how AWS retires tasks');
  const own = { partition: '', account: '', region: scene.region };
  const settings = await createAccountReader({ clientsAt: () => scene.clients })(own);
  yield [...checkSettings(settings), ...checkWindows({ configuration, services, settings }, scene.now)];
  yield* lookAtParts({ ...scene, policy, services }, progress);
}

async function* lookAtParts(around: Surroundings, progress: Progress): AsyncGenerator<readonly Finding[]> {
  progress.start('asking Slack');
  yield await checkSlack(around);
  progress.start('calling the endpoint');
  yield await checkEndpoint(around);
  progress.start('looking at queues, schedules and alarms');
  const readings = await readMetrics(around);
  yield await checkQueues(around, readings);
  yield checkSchedules(around, readings);
  yield await checkAlarms(around);
}

function givenIn(args: readonly string[], { environment }: Terminal) {
  const { values } = understood(() => parseArgs({ args: [...args], options: OPTIONS }));
  const { stack, table, json: isJson, 'no-color': isPlain } = values;
  if (!stack && !table) throw new UsageError('name the stack with --stack, or its table with --table');
  const region = values.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!region) throw new UsageError('give the Region with --region, or set AWS_REGION');
  return { stack, table, region, isJson, isPlain };
}
