import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AwsFault } from './aws/faults.ts';
import { startAws } from './aws/server.ts';
import { startDatabase } from './database.ts';
import { entryOf } from './delivery/decision-log.ts';
import { COMPANY } from './estate/company.ts';
import { createEstate } from './estate/estate.ts';
import { createJournal, type Journal, waitUntil } from './journal.ts';
import { createFleet } from './lambda/fleet.ts';
import type { InvokeOutcome } from './lambda/outcome.ts';
import { chooseRuntime } from './lambda/runtime.ts';
import { BROKER_ACCOUNT, startBroker } from './messaging/broker.ts';
import { CHANNEL, type SandboxOptions, TOKEN } from './options.ts';
import { startPlant } from './plant.ts';
import { type SlackFault, startSlack } from './slack/server.ts';
import type { PostedMessage } from './slack/workspace.ts';
import { readStack } from './stack/stack.ts';
import { createQueues, secretsOf, specsOf, subscribeToTopics } from './wiring.ts';

/** The whole system on loopback, for a page, a terminal or a test to drive. Disposing leaves no process and no port. */
export interface Sandbox extends AsyncDisposable {
  /** Puts an event on the bus and answers the names of the rules that matched; what they start goes on by itself. */
  readonly putEvent: (event: unknown) => Promise<readonly string[]>;
  readonly journal: Journal;
  /** What the functions wrote, the last few thousand lines. */
  readonly logs: () => readonly string[];
  readonly messages: () => readonly PostedMessage[];
  /** Every item of the table. */
  readonly records: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Names of the functions: `ecs-events`. */
  readonly functions: readonly string[];
  /** Invokes a function now, as a test event in the console would; `{}` is what a schedule sends. */
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  /** Kills the function's process. Answers whether there was one. */
  readonly kill: (functionName: string) => boolean;
  readonly slackFault: () => SlackFault | undefined;
  readonly injectSlack: (fault: SlackFault | undefined) => void;
  /** `action` as in IAM: `ecs:DescribeServices`. */
  readonly injectAws: (action: string, fault: AwsFault | undefined) => void;
  /** Waits, at most `timeout` milliseconds, until `holds` is true; looks again whenever something happens. */
  readonly waitUntil: (what: string, holds: () => boolean, timeout: number) => Promise<void>;
  /** What runs where, for the terminal. */
  readonly places: readonly Place[];
}

export interface Place {
  readonly name: string;
  readonly where: string;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The emulator decides the account; the Region is the company's, so that log groups and services are found. */
const HERE = {
  partition: COMPANY.partition,
  region: COMPANY.region,
  accountId: BROKER_ACCOUNT,
  stackName: 'sandbox',
  urlSuffix: 'amazonaws.com',
};

const REMEMBERED_LINES = 5_000;

/** @throws when the template or a bundle is missing or cannot be used; nothing runs then. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const root = options.root ?? PROJECT;
  const stack = readStack(join(root, 'template.yaml'), HERE, {
    SlackChannel: CHANNEL,
    LookUpActors: 'yes',
    ...options.parameters,
  });
  await using starting = new AsyncDisposableStack();
  const journal = createJournal();
  const estate = createEstate();
  const slack = starting.use(await startSlack({ token: TOKEN, channels: [CHANNEL], journal, now: Date.now }));
  const aws = starting.use(await startAws(estate, secretsOf(stack, TOKEN)));
  const database = starting.use(await startDatabase(stack.tables, HERE.region));
  const broker = starting.use(await startBroker(HERE.region));
  const runtime = chooseRuntime();
  const servers = { slack, aws, database, broker };
  const lines: string[] = [];
  const fleet = createFleet(specsOf(stack, root, servers, options.functionTimeout), runtime, (name, line) => {
    lines.push(line.text);
    if (lines.length > REMEMBERED_LINES) lines.shift();
    const entry = entryOf(name, line);
    if (entry !== undefined) journal.append(entry);
  });
  const queues = await createQueues(stack, broker, options.visibilityTimeout);
  const subscriptions = await subscribeToTopics(stack, broker);
  const plant = starting.use(startPlant({ stack, fleet, queues, subscriptions, journal, options }));
  const started = starting.move();

  return {
    putEvent: (event) => {
      estate.learn(event);
      return plant.putEvent(event);
    },
    journal,
    logs: () => lines,
    messages: slack.workspace.messages,
    records: async () => (await Promise.all(stack.tables.map(({ name }) => database.items(name)))).flat(),
    functions: fleet.names,
    invoke: (name, event) => fleet.find(name).invoke(event),
    kill: (name) => {
      journal.append({ kind: 'remark', text: `${name} is killed` });
      return fleet.find(name).kill();
    },
    slackFault: slack.fault,
    injectSlack: (fault) => {
      slack.inject(fault);
      journal.append({ kind: 'remark', text: fault === undefined ? 'Slack is well' : `Slack is ${fault.kind}` });
    },
    injectAws: aws.faults.inject,
    waitUntil: (what, holds, timeout) => waitUntil(journal, what, holds, timeout),
    places: [
      { name: 'Slack API', where: slack.apiUrl },
      { name: 'ECS and other AWS APIs', where: aws.url },
      { name: 'DynamoDB', where: database.url },
      { name: 'SQS and SNS', where: broker.url },
      { name: 'Functions', where: `${fleet.names.join(', ')}, under ${runtime.description}` },
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
