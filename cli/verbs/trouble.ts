import { TABLE, type Verbs, WHEN, WRONG_USAGE } from './verb.ts';

/** Commands about what is wrong now, and who is told of it. */
export const TROUBLE: Verbs = {
  ack: {
    usage: 'ack ID|CLUSTER/SERVICE --table NAME [--by NAME] [--region REGION]',
    does: 'Says in Slack that somebody has taken an open incident, or all of a service.',
    options: { ...TABLE, '--by NAME': 'who has taken it; otherwise the variable USER says' },
    exits: {
      0: 'each was acknowledged',
      1: 'one had been before, is over, or there is none of that name',
      2: 'wrong usage, or a table that cannot be reached',
    },
    load: async () => (await import('../ack.ts')).ack,
  },
  diagnose: {
    usage: 'diagnose [FILE...] [--text]',
    does: 'Names the causes of stopped tasks, service events and deployments: JSON Lines in, JSON Lines out, no network.',
    options: { '--text': 'for people, instead of JSON Lines' },
    exits: { 0: 'every line was diagnosed', 1: 'a line was not understood; its error is in its place', 2: WRONG_USAGE },
    load: async () => (await import('../diagnose.ts')).diagnose,
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
    load: async () => (await import('../dlq.ts')).dlq,
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
    load: async () => (await import('../explain.ts')).explain,
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
    load: async () => (await import('../incidents.ts')).incidents,
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
    load: async () => (await import('../standing.ts')).mute,
  },
  replay: {
    usage: 'replay [FILE...] [--json]',
    does: 'Runs recorded events through the pipeline against an empty store; sends nothing, needs no AWS account.',
    options: { '--json': 'one object an event and line' },
    exits: { 0: 'every event was understood', 1: 'an event was malformed', 2: WRONG_USAGE },
    load: async () => (await import('../replay.ts')).replay,
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
    load: async () => (await import('../unfold.ts')).unfold,
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
    load: async () => (await import('../standing.ts')).unmute,
  },
};
