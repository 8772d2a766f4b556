import { TABLE, type Verbs } from './verb.ts';

/** Commands about Slackwater itself. */
export const INSTALLATION: Verbs = {
  audit: {
    usage: 'audit [TARGET] --table NAME [--limit N] [--json] [--region REGION]',
    does: 'Lists who decided what, the newest first; changes nothing.',
    options: { ...TABLE, '--limit N': 'so many at the most, otherwise 20', '--json': 'one object an entry and line' },
    exits: {
      0: 'something is listed',
      1: 'nothing is on record',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('../audit.ts')).audit,
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
    load: async () => (await import('../config.ts')).config,
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
    load: async () => (await import('../doctor.ts')).doctor,
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
    load: async () => (await import('../export.ts')).exportTable,
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
    load: async () => (await import('../slack.ts')).slack,
  },
};
