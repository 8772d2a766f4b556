import { WEEKDAYS } from '../shared/domain/quiet-hours.ts';
import { MODES } from '../shared/domain/windows/maintenance.ts';
import { defined, exact, listOf, type Schema, text, textUpTo, told, wholeBetween } from './schema-terms.ts';

const DURATION = defined('duration');
const TIME = text('^([01]\\d|2[0-3]):[0-5]\\d$');
const END = text('^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$');
const LOCAL_TIME = text('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?$');
const MONTH_DAY = text('^\\d\\d-\\d\\d$');
const NAME = told('Unique.', text('^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$'));
const ZONE = told('A zone of the tz database by its area and city, or UTC.', {
  ...text('^UTC$|/'),
  examples: ['Europe/Prague'],
});

const onlyOne = (properties: Schema): Schema => ({ ...exact(properties), minProperties: 1, maxProperties: 1 });

const OPENS = onlyOne({
  weekly: told(
    'Days, absent: every day; and the first minute, in quotes.',
    exact({ days: listOf({ enum: WEEKDAYS }), start: TIME }, ['start']),
  ),
  cron: told(
    'Minute, hour, day of the month, month, day of the week; and so many days later.',
    exact(
      {
        expression: { type: 'string', examples: ['0 2 * * tue#2'] },
        offsetDays: { type: 'integer', minimum: 0, maximum: 27 },
      },
      ['expression'],
    ),
  ),
  once: told('A local date and time, without a zone.', exact({ at: LOCAL_TIME }, ['at'])),
  ssm: told('A maintenance window of AWS Systems Manager.', exact({ id: text('^mw-[0-9a-f]{17}$') }, ['id'])),
});

const BLOCKER = onlyOne({
  alarm: told('The name of a CloudWatch alarm.', textUpTo(255)),
  alarmPrefix: told('What names of CloudWatch alarms begin with.', textUpTo(255)),
  alarmTags: told('Tags of CloudWatch alarms.', { type: 'object', additionalProperties: { type: 'string' } }),
  calendar: told(
    'A change calendar of AWS Systems Manager that is closed, by its name or its ARN.',
    text('^(arn:[^:\\s]+:ssm:[^:\\s]+:\\d{12}:document/)?[A-Za-z0-9_.-]{3,128}$'),
  ),
  deployment: told('A deployment is in progress.', { const: 'in-progress' }),
  stack: told('The CloudFormation stack is being updated.', { const: 'updating' }),
  function: told('A Lambda function that answers.', text('^arn:[^:\\s]+:lambda:[^:\\s]+:\\d{12}:function:\\S{1,140}$')),
});

const BUDGET = exact({
  maxServices: told('Services at the same time.', wholeBetween(1, 1_000, 1)),
  maxServicesPerCluster: told('Services of one cluster at the same time.', wholeBetween(1, 1_000, 1)),
  maxTaskPercent: told('Of all tasks, rounded down.', wholeBetween(1, 100, 100)),
  atLeastOneTask: told('Where the percentage is none at all.', { type: 'boolean', default: false }),
  spacing: told('Between one service and the next.', DURATION),
  canary: told('So many services first, then so long nothing.', {
    ...exact({ count: { type: 'integer', minimum: 1, maximum: 100 }, bake: DURATION }, ['count', 'bake']),
  }),
  maxFailures: told('After so many the rest is left alone.', wholeBetween(1, 1_000, 1)),
});

const OPENED_BY_SSM = { properties: { opens: { type: 'object', required: ['ssm'] } } };

const WINDOW: Schema = {
  ...exact(
    {
      name: NAME,
      zone: ZONE,
      opens: told('When it opens: one of these.', OPENS),
      end: told('The time on the wall at which it closes, at most "24:00".', END),
      duration: told('Or so much later, by elapsed time.', DURATION),
      cutoff: told('So long before the close nothing starts any more.', DURATION),
      overrun: told('What becomes of a deployment that still runs then.', {
        enum: ['finish', 'rollback'],
        default: 'finish',
      }),
      select: told('Which services; absent: all.', defined('place')),
      mode: told('Who decides.', defined('mode')),
      budget: told('How much at the same time.', defined('budget')),
      blockers: told('What keeps it shut.', { type: 'array', maxItems: 20, items: BLOCKER }),
    },
    ['name', 'zone', 'opens'],
  ),
  oneOf: [
    { not: OPENED_BY_SSM, required: ['end'] },
    { not: OPENED_BY_SSM, required: ['duration'] },
    { ...OPENED_BY_SSM, not: { anyOf: [{ required: ['end'] }, { required: ['duration'] }] } },
  ],
};

const FREEZE: Schema = {
  ...exact(
    {
      name: NAME,
      zone: ZONE,
      from: told('The first frozen minute, on the wall.', LOCAL_TIME),
      to: told('The first minute after it.', LOCAL_TIME),
      yearly: told(
        'Or whole days of every year, both included.',
        exact({ from: MONTH_DAY, to: MONTH_DAY }, ['from', 'to']),
      ),
      select: told('Which services; absent: all.', defined('place')),
      reason: told('For those who find it.', textUpTo(200)),
      owner: told('Whom to ask.', textUpTo(80)),
      override: told(
        'Who may lift it for one plan, and how many of them together.',
        exact({ by: listOf(textUpTo(80)), votes: wholeBetween(1, 20, 1) }, ['by']),
      ),
    },
    ['name', 'zone', 'reason'],
  ),
  oneOf: [
    { required: ['from', 'to'], not: { required: ['yearly'] } },
    { required: ['yearly'], not: { anyOf: [{ required: ['from'] }, { required: ['to'] }] } },
  ],
};

/** The keys about maintenance. */
export const WINDOW_KEYS: Schema = {
  windows: told('When services may be replaced.', { type: 'array', maxItems: 100, items: WINDOW }),
  freezes: told('When nothing is, whatever the windows say.', { type: 'array', maxItems: 100, items: FREEZE }),
  maintenance: told('What windows do not say themselves.', exact({ mode: defined('mode'), budget: defined('budget') })),
  redeploy: told(
    'What a replacement needs.',
    exact({
      votes: told('Approvals that a service needs where it needs any.', wholeBetween(1, 10, 1)),
      approverIsNotRequester: told('Who asked for a redeployment is none of those who have to approve it.', {
        type: 'boolean',
        default: true,
      }),
      onDeadline: told('When nobody has decided: AWS does it, or the last opening is used if every check is green.', {
        enum: ['handover', 'autoIfGreen'],
        default: 'handover',
      }),
      bakeMinutes: told('So long everything has to look right before it is done.', wholeBetween(0, 120, 5)),
    }),
  ),
};

export const WINDOW_DEFINITIONS: Schema = {
  budget: BUDGET,
  mode: { enum: MODES, default: 'approve' },
  duration: {
    type: 'string',
    pattern: '^(P[0-9.WDTHMS]+|([0-9.]+[hms])+)$',
    examples: ['PT1H30M', '1h30m'],
  },
};
