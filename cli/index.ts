import { clean } from '../shared/render/escape.ts';
import { standardTerminal } from './standard-terminal.ts';
import { AccountError, type Terminal, UsageError } from './terminal.ts';

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

interface Verb {
  readonly usage: string;
  readonly does: string;
  readonly options: Readonly<Record<string, string>>;
  readonly exits: Readonly<Record<number, string>>;
  /** A verb is loaded when it is asked for: only `explain` needs the AWS SDK. */
  readonly load: () => Promise<Run>;
}

const WRONG_USAGE = 'wrong usage, or a file that cannot be read';

const TABLE = {
  '--table NAME': "Slackwater's table, the stack's output TableName",
  '--region REGION': 'where the table is; otherwise AWS_REGION says',
} as const;

const WHEN = {
  '--for 4h': 'how long, at most 7 days',
  '--until T': 'or an instant such as 2026-11-25T18:00:00Z at which it ends',
} as const;

const VERBS: Readonly<Record<string, Verb>> = {
  ack: {
    usage: 'ack ID|CLUSTER/SERVICE --table NAME [--by NAME] [--region REGION]',
    does: 'Says in Slack that somebody has taken an open incident, or all of a service.',
    options: { ...TABLE, '--by NAME': 'who has taken it; otherwise the variable USER says' },
    exits: {
      0: 'each was acknowledged',
      1: 'one had been before, is over, or there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./ack.ts')).ack,
  },
  approve: {
    usage: 'approve PLAN [SERVICE...] --table NAME [--hash HASH] [--by NAME] [--region REGION]',
    does: 'Agrees to a plan, or to some of its services: the short form of "plan approve".',
    options: {
      ...TABLE,
      '--hash HASH': 'of the plan as it was shown; without it what would be agreed to is printed',
      '--by NAME': 'who decides it; otherwise the variable USER says',
    },
    exits: {
      0: 'it is stored',
      1: 'no such plan, or it was refused',
      2: 'wrong usage, --hash is missing, or a table that cannot be reached',
    },
    load: async () => (await import('./plan/decide.ts')).deciding('approve'),
  },
  audit: {
    usage: 'audit [TARGET] --table NAME [--limit N] [--json] [--region REGION]',
    does: 'Lists who decided what, the newest first; changes nothing.',
    options: { ...TABLE, '--limit N': 'so many at the most, otherwise 20', '--json': 'one object an entry and line' },
    exits: {
      0: 'something is listed',
      1: 'nothing is on record',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./audit.ts')).audit,
  },
  config: {
    usage:
      'config validate FILE | push FILE --table NAME | diff FILE --table NAME | show --table NAME  [--region REGION]',
    does: "Checks the configuration document, YAML or JSON, and keeps it in Slackwater's table.",
    options: TABLE,
    exits: {
      0: 'no problem, no difference, or it was pushed',
      1: 'the document has problems, differs, is not there, or somebody else has pushed meanwhile',
      2: 'wrong usage, a file that cannot be read, or a table that cannot be reached',
    },
    load: async () => (await import('./config.ts')).config,
  },
  diagnose: {
    usage: 'diagnose [FILE...] [--text]',
    does: 'Names the causes of stopped tasks, service events and deployments: JSON Lines in, JSON Lines out, no network.',
    options: { '--text': 'for people, instead of JSON Lines' },
    exits: { 0: 'every line was diagnosed', 1: 'a line was not understood; its error is in its place', 2: WRONG_USAGE },
    load: async () => (await import('./diagnose.ts')).diagnose,
  },
  dlq: {
    usage:
      'dlq list --queue URL... [--limit N] [--json] | redrive --queue URL [--to URL] [--id ID...] [--drop] [--yes]  [--region REGION]',
    does: 'Shows what could not be delivered to Slackwater, and delivers it again; changes nothing without --yes.',
    options: {
      '--queue URL': "a dead-letter queue: the stack's output EcsEventsDeadLettersUrl or UndeliveredUrl",
      '--to URL': 'where events are sent: the output EcsEventsQueueUrl; may be left out for EcsEventsDeadLettersUrl',
      '--id ID': 'only this message or event; may be given again',
      '--drop': 'with --id: delete it instead of sending it',
      '--yes': 'do it, instead of saying what would be done',
      '--limit N': 'how many messages of a queue to list at most, otherwise 100',
      '--json': 'one object a message and line',
      '--region REGION': 'where the queues are, if their URLs do not say; otherwise AWS_REGION does',
    },
    exits: {
      0: 'the queues are empty, or everything asked for was sent or deleted (or would be)',
      1: 'messages are listed, or some have to stay; the output says what to do with them',
      2: 'wrong usage, or AWS refused',
    },
    load: async () => (await import('./dlq.ts')).dlq,
  },
  doctor: {
    usage: 'doctor --stack NAME | --table NAME  [--region REGION] [--json] [--no-color]',
    does: 'Looks whether an installation is whole, and says what to do where it is not; changes nothing.',
    options: {
      '--stack NAME': 'the CloudFormation stack, by which everything else is found',
      '--table NAME': 'only what needs no stack: the configuration in this table, and the services of ECS',
      '--region REGION': 'where they are; otherwise AWS_REGION says',
      '--json': 'one object a finding and line',
      '--no-color': 'no colours; the variable NO_COLOR and a pipe do the same',
    },
    exits: {
      0: 'nothing fails; there may be warnings, and what could not be checked',
      1: 'something fails, or nothing could be checked',
      2: 'wrong usage, or no credentials',
    },
    load: async () => (await import('./doctor.ts')).doctor,
  },
  explain: {
    usage: 'explain TASK-ARN | SERVICE-ARN | -f FILE  [--json] [--table NAME] [--no-color]',
    does: 'Reads a live account and shows what Slack would be told about a task, a service or an event; changes nothing.',
    options: {
      '-f, --file FILE': 'an EventBridge event, or an SQS batch of them; "-" is standard input',
      '--json': 'one object a problem and line, instead of the message',
      '--table NAME': "with a service: also its incidents in Slackwater's table",
      '--no-color': 'no colours; the variable NO_COLOR and a pipe do the same',
    },
    exits: {
      0: 'nothing is wrong, or nobody has to act',
      1: 'a problem was found',
      2: 'wrong usage, or the account could not be read',
    },
    load: async () => (await import('./explain.ts')).explain,
  },
  export: {
    usage: 'export --table NAME [--out FILE] [--region REGION]',
    does: 'Writes what is worth keeping of the table as JSON Lines, readable without Slackwater; changes nothing there.',
    options: { ...TABLE, '--out FILE': 'a file that is not there yet; otherwise standard output' },
    exits: {
      0: 'everything is written',
      1: 'everything is written, but some of it was not understood and is there as it was',
      2: 'wrong usage, a file that cannot be written, or a table that cannot be reached',
    },
    load: async () => (await import('./export.ts')).exportTable,
  },
  freeze: {
    usage:
      'freeze SCOPE --for 4h | --until T [--from T] --reason TEXT --table NAME [--by NAME] | freeze --table NAME [--json]  [--region REGION]',
    does: 'Keeps tasks from being replaced for a while, whatever windows say; without SCOPE lists what is set.',
    options: {
      ...TABLE,
      ...WHEN,
      '--from T': 'an instant at which it begins; otherwise now',
      '--reason TEXT': 'why, for those who find it',
      '--by NAME': 'who sets it; otherwise the variable USER says',
      '--json': 'one object a freeze and line',
    },
    exits: {
      0: 'it is set, or they are listed',
      1: 'it was refused',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./standing.ts')).freeze,
  },
  incidents: {
    usage: 'incidents --table NAME [--service CLUSTER/SERVICE] [--all] [--json] [--region REGION]',
    does: 'Lists what is open now, the worst first, and who was told of it; changes nothing.',
    options: {
      ...TABLE,
      '--service CLUSTER/SERVICE': 'only incidents about this one, by the name that the list shows',
      '--all': 'everything of the last 30 days, also what is over; reads the whole table',
      '--json': 'one object a record and line',
    },
    exits: {
      0: 'nothing is open',
      1: 'something is open, or there is more than was read',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./incidents.ts')).incidents,
  },
  mute: {
    usage:
      'mute SCOPE --for 4h | --until T [--reason TEXT] --table NAME [--by NAME] | mute --table NAME [--json]  [--region REGION]',
    does: 'Keeps Slack from being told of a service or a cluster for a while; without SCOPE lists what is set.',
    options: {
      ...TABLE,
      ...WHEN,
      '--reason TEXT': 'why, for those who find it',
      '--by NAME': 'who sets it; otherwise the variable USER says',
      '--json': 'one object a mute and line',
    },
    exits: {
      0: 'it is set, or they are listed',
      1: 'it was refused',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./standing.ts')).mute,
  },
  plan: {
    usage:
      'plan list | show PLAN | approve PLAN [SERVICE...] | object PLAN | run-now PLAN SERVICE... | pin PLAN SERVICE... | hand-over PLAN SERVICE... | lift-freeze PLAN FREEZE  --table NAME  | simulate --notice FILE... --services FILE',
    does: 'Shows the plans that replace tasks, decides about them, and plays one that needs no AWS account.',
    options: {
      ...TABLE,
      '--by NAME': 'who decides it; otherwise the variable USER says',
      '--hash HASH': 'approve, run-now: of the plan as it was shown; without it what would be agreed to is printed',
      '--for 4h': 'run-now: how long it may begin, from 15m to 24h',
      '--notice FILE': 'simulate: the AWS Health event; given again for its other pages; "-" is standard input',
      '--services FILE': 'simulate: the services that it names, as docs/retirements.md describes them',
      '--config FILE': 'simulate: the configuration document with the windows; otherwise there are none',
      '--approve-at T': 'simulate: an instant such as 2026-11-17T09:00:00Z at which somebody approves the plan',
      '--json': 'list, show, simulate: one object a line',
    },
    exits: {
      0: 'the plan was shown or the decision stored; list: every plan is over; simulate: everything is replaced in time',
      1: 'no such plan, or the decision was refused; list: a plan is not over; simulate: something is left to AWS or fails',
      2: 'wrong usage, --hash is missing, a file that cannot be read, or a table that cannot be reached',
    },
    load: async () => (await import('./plan.ts')).plan,
  },
  redeploy: {
    usage:
      'redeploy CLUSTER/SERVICE... --table NAME [--by-date T] [--now --yes] [--why WHY] [--reason TEXT] [--by NAME] [--region REGION]',
    does: 'Asks for the tasks of services to be replaced in their windows, by a plan as for a retirement.',
    options: {
      ...TABLE,
      '--by-date T': 'until when, such as 2026-11-30T18:00:00Z; otherwise in 7 days, with --now in 24 hours',
      '--now': 'from now on, windows and freezes notwithstanding',
      '--yes': 'with --now: do it, instead of saying what would be done',
      '--why WHY': 'asked, secret-rotation or platform-version; otherwise asked',
      '--reason TEXT': 'in your own words, for the message',
      '--by NAME': 'who asks for it; otherwise the variable USER says',
    },
    exits: {
      0: 'it is asked for',
      1: 'is not used',
      2: 'wrong usage, --yes is missing, no such service, or AWS cannot be reached',
    },
    load: async () => (await import('./redeploy.ts')).redeploy,
  },
  reject: {
    usage: 'reject PLAN --table NAME [--by NAME] [--region REGION]',
    does: 'Objects to a plan: the short form of "plan object".',
    options: { ...TABLE, '--by NAME': 'who decides it; otherwise the variable USER says' },
    exits: {
      0: 'it is stored',
      1: 'no such plan, or it was refused',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./plan/decide.ts')).deciding('object'),
  },
  replay: {
    usage: 'replay [FILE...] [--json]',
    does: 'Runs recorded events through the pipeline against an empty store; sends nothing, needs no AWS account.',
    options: { '--json': 'one object an event and line' },
    exits: { 0: 'every event was understood', 1: 'an event was malformed', 2: WRONG_USAGE },
    load: async () => (await import('./replay.ts')).replay,
  },
  slack: {
    usage:
      'slack manifest [--url URL | --stack NAME [--region REGION]] [--command /slackwater] [--name Slackwater] [--groups] [--public] [--json]',
    does: 'Prints the manifest from which the Slack app is made.',
    options: {
      '--url URL':
        "where Slackwater listens to Slack, the stack's output SlackEndpointUrl; without it the app only tells",
      '--stack NAME': 'the CloudFormation stack, which is asked for that URL',
      '--region REGION': 'where the stack is; otherwise AWS_REGION says',
      '--command /NAME': 'the slash command, otherwise /slackwater',
      '--name NAME': 'what the app is called, otherwise Slackwater',
      '--groups': 'with the scope to read user groups, for rights that are given to groups',
      '--public': 'with the scope to post to public channels without an invitation',
      '--json': 'JSON instead of YAML; Slack takes either',
    },
    exits: {
      0: 'it was printed',
      1: 'is not used',
      2: 'wrong usage, or a stack that cannot be read or has no endpoint',
    },
    load: async () => (await import('./slack.ts')).slack,
  },
  unfold: {
    usage: 'unfold DIGEST-ID --table NAME [--yes] [--by NAME] [--region REGION]',
    does: 'Gives every open problem of a digest a message of its own; changes nothing without --yes.',
    options: {
      ...TABLE,
      '--yes': 'do it, instead of listing the problems',
      '--by NAME': 'with --yes: who does it; otherwise the variable USER says',
    },
    exits: {
      0: 'every open problem has a message of its own, or would have',
      1: 'some stay in the digest, or there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./unfold.ts')).unfold,
  },
  unfreeze: {
    usage: 'unfreeze SCOPE|ID --table NAME [--by NAME] [--region REGION]',
    does: 'Ends a freeze that people have set; not one of the configuration document.',
    options: { ...TABLE, '--by NAME': 'who ends it; otherwise the variable USER says' },
    exits: {
      0: 'it is over',
      1: 'there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./standing.ts')).unfreeze,
  },
  unmute: {
    usage: 'unmute SCOPE|ID --table NAME [--by NAME] [--region REGION]',
    does: 'Ends a mute that people have set; not one of the configuration document.',
    options: { ...TABLE, '--by NAME': 'who ends it; otherwise the variable USER says' },
    exits: {
      0: 'it is over',
      1: 'there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('./standing.ts')).unmute,
  },
  windows: {
    usage:
      'windows [explain | check | export] [--config FILE] [--service CLUSTER/SERVICE] [--from T] [--days N] [--at T] [--json]',
    does: 'Shows when maintenance windows open, from the configuration document; needs no AWS account without --with-aws.',
    options: {
      '--config FILE': 'the configuration document; otherwise standard input',
      '--service CLUSTER/SERVICE': 'only what holds for this one',
      '--select KEY=VALUE': 'more of it: account, region, cluster, service or tag:NAME; may be given again',
      '--from T': 'an instant such as 2026-11-25T01:00:00Z, otherwise now',
      '--days N': 'how far to look from there, otherwise 60',
      '--at T': 'explain: the instant, otherwise now',
      '--json': 'one list of objects; for export: of inputs of the Amazon EC2 API',
      '--wait-days N': 'check: how long AWS waits before it retires, otherwise 7',
      '--expected DURATION': 'check: how long a replacement takes, otherwise 10m',
      '--event-windows': 'check: fargateEventWindows is enabled',
      '--window NAME': 'export: only this one',
      '--target ARN': 'export: a cluster or a service, or the word fargate; may be given again',
      '--with-aws': 'also ask AWS Systems Manager about the maintenance windows that the document names',
      '--region REGION': 'where these are; otherwise AWS_REGION says',
    },
    exits: {
      0: 'something opens, is open at the time, has no warnings, or was exported',
      1: 'nothing opens or is open, there are warnings, a window cannot be exported, or the document has problems',
      2: WRONG_USAGE,
    },
    load: async () => (await import('./windows.ts')).windows,
  },
};

const HELP: readonly (string | undefined)[] = ['help', '--help', '-h'];

/** Runs one command. Answers its exit code: 2 for wrong usage, and otherwise as the verb's `--help` says. */
export async function main(args: readonly string[], terminal: Terminal = standardTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || HELP.includes(name)) {
    terminal.out(overview());
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) {
    terminal.err(clean(`slackwater: there is no command "${name}"; there is ${Object.keys(VERBS).join(', ')}`));
    return 2;
  }
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    terminal.out(helpOf(verb));
    return 0;
  }
  try {
    const run = await verb.load();
    return await run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof AccountError)) throw error;
    const usage = error instanceof UsageError ? `\nusage: slackwater ${verb.usage}` : '';
    // The message may repeat what somebody typed or pasted.
    terminal.err(clean(`slackwater ${name}: ${error.message}${usage}`));
    return 2;
  }
}

const overview = (): string =>
  [
    'Slackwater: serverless operations for Amazon ECS.',
    '',
    ...Object.values(VERBS).map(({ usage, does }) => `  slackwater ${usage}\n      ${does}`),
    '',
    'FILE is a path; "-" or none at all is standard input. `slackwater COMMAND --help` tells more.',
  ].join('\n');

const helpOf = ({ usage, does, options, exits }: Verb): string =>
  [`slackwater ${usage}`, '', does, '', ...columns(options), '', 'Exit codes', ...columns(exits)].join('\n');

const columns = (rows: Readonly<Record<string, string>>): readonly string[] => {
  const width = Math.max(...Object.keys(rows).map((key) => key.length));
  return Object.entries(rows).map(([key, text]) => `  ${key.padEnd(width)}  ${text}`);
};

// The built file is a program too: `node dist/cli/index.mjs diagnose`.
if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
