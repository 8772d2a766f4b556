import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpacked } from '../shared/effects/stores/packed-record.ts';
import type { AwsFault } from './aws/faults.ts';
import { startAws } from './aws/server.ts';
import { type Chat, createChat } from './chat/chat.ts';
import { openFunctionUrl } from './chat/function-url.ts';
import { createClock, type Now } from './clock.ts';
import { pushConfiguration } from './configure.ts';
import { startDatabase } from './database/database.ts';
import type { DatabaseFault } from './database/throttling.ts';
import { createActivity } from './delivery/activity.ts';
import { entryOf } from './delivery/decision-log.ts';
import { createHarbour } from './ecs/harbour.ts';
import { piers } from './ecs/piers.ts';
import { createSandboxEcs, type SandboxEcs } from './ecs/sandbox-ecs.ts';
import { type Survey, surveyOf } from './ecs/survey.ts';
import { COMPANY } from './estate/company.ts';
import { createEstate } from './estate/estate.ts';
import { createJournal, type Journal, waitUntil } from './journal.ts';
import type { FunctionSpec } from './lambda/environment.ts';
import { createFleet } from './lambda/fleet.ts';
import type { FunctionDeps } from './lambda/lambda-function.ts';
import type { LogLine } from './lambda/log-line.ts';
import type { InvokeOutcome } from './lambda/outcome.ts';
import { createRandomKills, type KillPlan } from './lambda/random-kills.ts';
import { chooseRuntime } from './lambda/runtime.ts';
import { createMembers, isForwarded, type Member } from './members/members.ts';
import { BROKER_ACCOUNT, startBroker } from './messaging/broker.ts';
import { CHANNEL, type SandboxOptions, SIGNING_SECRET, TOKEN } from './options.ts';
import { startPlant } from './plant.ts';
import { withArmada } from './scenario/armada.ts';
import { untilSettled } from './settled.ts';
import type { SlackFault } from './slack/faults.ts';
import type { SlackRateLimits } from './slack/rate-limits.ts';
import { startSlack } from './slack/server.ts';
import type { PostedMessage } from './slack/workspace.ts';
import { described } from './stack/described.ts';
import { readStack } from './stack/stack.ts';
import { callEntry, databaseEntry } from './traced-call.ts';
import { createUsageMeter, type Usage } from './usage.ts';
import { createQueues, loopbackEnvironment, secretsOf, specsOf, subscribeToTopics } from './wiring.ts';

/** The whole system on loopback, for a page, a terminal or a test to drive. Disposing leaves no process and no port. */
export interface Sandbox extends AsyncDisposable {
  readonly clock: {
    /** Milliseconds since 1970, for the functions too. Runs as real time does. */
    readonly now: Now;
    /**
     * Moves on by so many milliseconds, with a run of every schedule that falls into them, in order and awaited, each at
     * its time. Timers stay real: a visibility timeout, a retry's pause or an invocation under way does not end sooner.
     */
    readonly advance: (milliseconds: number) => Promise<void>;
    /**
     * Moves on as if the functions had been down: one run of every schedule at the end instead of all that fall into that
     * time. What ECS did meanwhile has happened by then, and its events are dealt with first.
     */
    readonly leap: (milliseconds: number) => Promise<void>;
    /** Stops the clock where it is; `advance` and `leap` still move it. */
    readonly hold: () => void;
    /** Lets it run on, as real time does. */
    readonly release: () => void;
    readonly isHeld: () => boolean;
  };
  /** Services that obey, and what AWS and people do to them. */
  readonly ecs: SandboxEcs;
  /** Other accounts and Regions, in the order of the options. */
  readonly members: readonly Member[];
  /** Everything that runs, those services included that stand still. */
  readonly survey: () => Survey;
  /** Puts an event on the bus and answers the names of the rules that matched; what they start goes on by itself. */
  readonly putEvent: (event: unknown) => Promise<readonly string[]>;
  /** Puts events on the bus together: a mapping takes as many of them into one batch as its size allows. */
  readonly putEvents: (events: readonly unknown[]) => Promise<void>;
  /** Milliseconds that the template's mapping gathers events for a batch. */
  readonly batchingWindow: number;
  readonly journal: Journal;
  /** What the functions wrote, the last few thousand lines. */
  readonly logs: () => readonly string[];
  readonly messages: () => readonly PostedMessage[];
  /** Every item of the table. */
  readonly records: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Pushes a configuration document, by its path; the functions have it within a minute. */
  readonly configure: (file: string) => Promise<void>;
  /** Names of the functions: `ecs-events`. */
  readonly functions: readonly string[];
  /** Invokes a function now, as a test event in the console would; `{}` is what a schedule sends. */
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  /** Kills the function's process, the one that works longest if there are several. Answers whether there was one. */
  readonly kill: (functionName: string) => boolean;
  /** Kills processes in the middle of their work from now on; `undefined` ends it. */
  readonly killAtRandom: (plan: KillPlan | undefined) => void;
  /** What people do in Slack, and what they see there beside the channels. */
  readonly slack: Chat;
  readonly slackFault: () => SlackFault | undefined;
  readonly injectSlack: (fault: SlackFault | undefined) => void;
  /** `undefined` lifts the limits. */
  readonly limitSlack: (limits: SlackRateLimits | undefined) => void;
  readonly injectDatabase: (fault: DatabaseFault | undefined) => void;
  /** `action` as in IAM: `ecs:DescribeServices`. */
  readonly injectAws: (action: string, fault: AwsFault | undefined) => void;
  /** Waits, at most `timeout` milliseconds, until `holds` is true; looks again whenever something happens. */
  readonly waitUntil: (what: string, holds: () => boolean, timeout: number) => Promise<void>;
  /** Waits, at most `timeout` milliseconds (a minute by default), until queues are empty and nobody works. */
  readonly settled: (timeout?: number) => Promise<void>;
  /** Messages that were given up: the template's queues that no function reads. */
  readonly deadLetters: () => Promise<number>;
  readonly usage: () => Usage;
  /** Variables that point the command line, and any other program with an AWS SDK, here instead of at an account. */
  readonly environment: Readonly<Record<string, string>>;
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
  stackName: 'slackwater',
  urlSuffix: 'amazonaws.com',
};

const SECRETS = { token: TOKEN, signingSecret: SIGNING_SECRET };

/** Nobody checks it: members are those that the options name. */
const ORGANISATION = 'o-sandbox00000';

/** The queue's client has fifty sockets. */
const AT_A_TIME = 40;

const REMEMBERED_LINES = 5_000;
/** Milliseconds for everything to settle: a storm takes a while. */
const PATIENCE = 60_000;

/** @throws when the template or a bundle is missing or cannot be used; nothing runs then. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const root = options.root ?? PROJECT;
  const stack = readStack(join(root, 'template.yaml'), HERE, {
    SlackChannel: CHANNEL,
    SlackEndpointBy: 'function-url',
    LookUpActors: 'yes',
    ...(options.members !== undefined && { OrganizationId: ORGANISATION }),
    ...options.parameters,
  });
  await using starting = new AsyncDisposableStack();
  const clock = starting.use(createClock(options.startsAt));
  const journal = createJournal(clock.now);
  const meter = createUsageMeter();
  journal.subscribe(meter.onEntry);
  const estate = withArmada(createEstate());
  const channels = [CHANNEL, ...(options.channels ?? [])];
  const slack = starting.use(
    await startSlack({ token: TOKEN, channels, journal, now: clock.now, onCall: meter.onSlackCall }),
  );
  slack.limit(options.slackRateLimits);
  const harbour = createHarbour(clock.now);
  for (const pier of piers(options.piers ?? 0)) harbour.add(pier);
  // Named as CloudFormation names them; nobody watches them, so they stay well.
  harbour.changeAccount({
    alarms: Object.fromEntries(stack.alarms.map((id) => [`${HERE.stackName}-${id}-SANDBOX`, 'OK'] as const)),
  });
  const members = createMembers(options.members ?? [], clock.now);
  const aws = starting.use(
    await startAws(
      estate,
      secretsOf(stack, SECRETS),
      harbour,
      (name, event) => plant.invokeLater(name, event),
      (call, error) => journal.append(callEntry(call, error)),
      members,
    ),
  );
  const database = starting.use(
    await startDatabase(stack.tables, HERE.region, (request) => {
      meter.onDatabaseRequest(request);
      journal.append(databaseEntry(request));
    }),
  );
  const broker = starting.use(await startBroker(HERE.region));
  const runtime = chooseRuntime();
  const kills = createRandomKills((name) => journal.append({ kind: 'remark', text: `${name} is killed at random` }));
  const lines: string[] = [];
  const listen = (name: string, line: LogLine): void => {
    lines.push(line.text);
    if (lines.length > REMEMBERED_LINES) lines.shift();
    meter.onLine(name, line.text);
    const entry = entryOf(name, line);
    if (entry !== undefined) journal.append(entry);
  };
  const depsOf = ({ name, memory, reservedConcurrency }: FunctionSpec): FunctionDeps => ({
    runtime,
    clock,
    kills,
    concurrency: Math.min(options.concurrency ?? 1, reservedConcurrency ?? Number.POSITIVE_INFINITY),
    onLine: (line) => listen(name, line),
    onBilled: (milliseconds, isCold) => {
      meter.onBilled(name, memory, milliseconds);
      journal.append({ kind: 'run', function: name, milliseconds: Math.round(milliseconds), isCold });
    },
  });
  const fleet = createFleet(specsOf(stack, root, { slack, aws, database, broker }, options.functionTimeout), depsOf);
  const queues = await createQueues(stack, broker, { ...options, onRequest: meter.onQueueRequest });
  const subscriptions = await subscribeToTopics(stack, broker);
  const activity = createActivity();
  const takeEvents = () => [...harbour.takeEvents().map(({ event }) => event), ...members.takeEvents()];
  const learn = (event: unknown): void => {
    if (!members.learn(event)) estate.learn(event);
  };
  const forwarding = options.members === undefined ? {} : { isForwarded };
  const parts = { stack, fleet, queues, subscriptions, journal, clock, activity, options, takeEvents, ...forwarding };
  const plant = starting.use(startPlant(parts));
  const [behindDoor] = stack.doors;
  const door =
    behindDoor === undefined
      ? undefined
      : starting.use(
          await openFunctionUrl((event) => activity.during(fleet.find(behindDoor).invoke(event)), clock.now),
        );
  aws.deploy(
    described(stack, {
      name: HERE.stackName,
      at: clock.now(),
      queuesUrl: broker.url,
      ...(door && { endpointUrl: door.url }),
    }),
  );
  const chat = createChat({ url: door?.url, slack, signingSecret: SIGNING_SECRET, now: clock.now, journal });
  const started = starting.move();

  return {
    clock: {
      now: clock.now,
      advance: plant.advance,
      leap: plant.leap,
      hold: clock.hold,
      release: clock.release,
      isHeld: clock.isHeld,
    },
    ecs: createSandboxEcs(harbour),
    members: members.all,
    survey: () => surveyOf(estate, harbour),
    putEvent: (event) => {
      learn(event);
      return plant.putEvent(event);
    },
    putEvents: (events) =>
      plant.together(async () => {
        for (const event of events) learn(event);
        for (let first = 0; first < events.length; first += AT_A_TIME) {
          await Promise.all(events.slice(first, first + AT_A_TIME).map((event) => plant.putEvent(event)));
        }
      }),
    batchingWindow: Math.max(0, ...stack.mappings.map(({ batchingWindow }) => batchingWindow)),
    journal,
    logs: () => lines,
    messages: slack.workspace.messages,
    records: async () => (await Promise.all(stack.tables.map(({ name }) => database.items(name)))).flat().map(unpacked),
    configure: (file) =>
      pushConfiguration(file, {
        root,
        table: stack.tables[0]?.name ?? '',
        databaseUrl: database.url,
        region: HERE.region,
      }),
    functions: fleet.names,
    invoke: (name, event) => activity.during(fleet.find(name).invoke(event)),
    kill: (name) => {
      journal.append({ kind: 'remark', text: `${name} is killed` });
      return fleet.find(name).kill();
    },
    killAtRandom: kills.plan,
    slack: chat,
    slackFault: slack.fault,
    injectSlack: (fault) => {
      slack.inject(fault);
      journal.append({ kind: 'remark', text: fault === undefined ? 'Slack is well' : `Slack is ${fault.kind}` });
    },
    limitSlack: slack.limit,
    injectDatabase: database.throttle,
    injectAws: aws.faults.inject,
    waitUntil: (what, holds, timeout) => waitUntil(journal, what, holds, timeout),
    settled: (timeout = PATIENCE) => untilSettled(activity, plant.backlog, timeout),
    deadLetters: plant.deadLetters,
    usage: meter.read,
    environment: loopbackEnvironment(HERE.region, { slack, aws, database, broker }),
    places: [
      { name: 'Slack API', where: slack.apiUrl },
      ...(door === undefined ? [] : [{ name: 'Request URL of the Slack app', where: door.url }]),
      { name: 'ECS and other AWS APIs', where: aws.url },
      { name: 'DynamoDB', where: database.url },
      { name: 'SQS and SNS', where: broker.url },
      { name: 'Functions', where: `${fleet.names.join(', ')}, under ${runtime.description}` },
    ],
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
