import { type Entry, the, when } from '../entry.ts';

const page = 'using_awslogs.html';

export const logging = {
  'logging/log-group-missing': {
    title: 'Log group missing',
    summary: (v) =>
      `${v.logGroup === undefined ? 'The log group' : `Log group ${v.logGroup}`} of the container does not exist.`,
    fix: (v) => [
      `Create ${the('log group', v.logGroup)} in the Region of \`awslogs-region\`, or correct \`awslogs-group\`.`,
      `Or set \`awslogs-create-group\` to true and allow logs:CreateLogGroup for ${the('execution role', v.role)}; the managed policy lacks it.`,
    ],
    page,
  },
  'logging/access-denied': {
    title: 'Logging access denied',
    summary: (v) =>
      `CloudWatch Logs refused ${v.action ?? 'the role of the task'}${when(v.logGroup, (group) => ` on ${group}`)}.`,
    fix: (v) => [
      `Allow ${v.action ?? 'logs:CreateLogStream and logs:PutLogEvents'} on ${the('log group', v.logGroup)} for ${the('role', v.role)} (Fargate: the execution role; EC2: the instance role).`,
      'Creating the group as well needs logs:CreateLogGroup.',
    ],
    page,
  },
  'logging/driver-failed': {
    title: 'Log driver failed',
    summary: (v) => `The log driver${when(v.container, (name) => ` of ${name}`)} could not start.`,
    fix: () => [
      'Check the options of `logConfiguration`: a required one may be missing or misspelt.',
      'With fluentd, splunk, gelf or FireLens, check that the receiver runs and listens where the options say.',
      'With awslogs, check the Region, the role and the route to CloudWatch Logs.',
    ],
    page: 'using_firelens.html',
  },
} satisfies Readonly<Record<string, Entry>>;
