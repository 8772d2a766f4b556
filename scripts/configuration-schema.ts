/**
 * Writes infra/configuration.schema.json, by which editors check and complete a configuration document. A test holds it
 * to this file, and to the parser, on a table of documents.
 *
 *     node scripts/configuration-schema.ts && npm run format
 */
import { writeFileSync } from 'node:fs';
import { RIGHT_NAMES } from '../shared/domain/chat/rights.ts';
import { SEVERITY_OF_CAUSE } from '../shared/domain/diagnosis/causes.ts';
import { WEEKDAYS } from '../shared/domain/quiet-hours.ts';
import { WINDOW_DEFINITIONS, WINDOW_KEYS } from './configuration-schema-windows.ts';
import { defined, exact, listOf, type Schema, text, textUpTo, told, wholeBetween } from './schema-terms.ts';

export const SCHEMA_FILE = new URL('../infra/configuration.schema.json', import.meta.url);

const NAMES = listOf(text('^[A-Za-z0-9_*-]{1,255}$'));
const INSTANT = text('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)$');

const PLACE = {
  accounts: told('Account ids, in quotes.', listOf(text('^\\d{12}$'))),
  regions: told('Regions; * stands for any characters.', listOf(text('^[a-z0-9*-]{1,32}$'))),
  clusters: told('Names of clusters; * stands for any characters.', NAMES),
  services: told('Names of services; * stands for any characters.', NAMES),
  tags: told('Values of the tags of a service, by the name of the tag; * stands for any characters.', {
    type: 'object',
    additionalProperties: listOf({ type: 'string', maxLength: 256 }),
  }),
};

/** Each field has to fit, by any one of its entries. */
const SELECTOR = exact({
  kinds: told('Incidents, AWS Health notices, or both.', listOf({ enum: ['incident', 'notice'] })),
  ...PLACE,
  causes: told(
    'Ids of causes, as in docs/causes.md; * stands for any characters.',
    listOf({ anyOf: [{ enum: Object.keys(SEVERITY_OF_CAUSE) }, text('\\*')] }),
  ),
  severity: told('This severity or a worse one.', defined('severity')),
});

const DESTINATION: Schema = {
  ...exact({
    slack: told('A channel id, or the word webhook.', text('^(webhook|[CGD][A-Z0-9]{2,})$')),
    topic: told('The ARN of a standard SNS topic.', text('^arn:[^:\\s]+:sns:[^:\\s]+:\\d{12}:[A-Za-z0-9_-]{1,256}$')),
  }),
  minProperties: 1,
  maxProperties: 1,
};

const ROUTE = exact(
  {
    name: told('Unique.', textUpTo(80)),
    when: told('What the rule is for; absent: everything.', defined('selector')),
    to: told('Who is told.', { type: 'array', items: defined('destination') }),
    mention: told('Whom to call in Slack.', defined('mentions')),
    lowestSeverity: told('What is less severe is not told here.', defined('severity')),
    last: told('Where this rule applies, those after it do not.', { type: 'boolean', default: false }),
  },
  ['name', 'to'],
);

const QUIET_HOURS = exact(
  {
    when: told('What they are for; absent: everything.', defined('selector')),
    zone: told('A zone of the tz database.', { type: 'string', pattern: '^[A-Za-z]', examples: ['Europe/Prague'] }),
    from: told('The first minute, in quotes.', text('^([01]\\d|2[0-3]):[0-5]\\d$')),
    to: told(
      'The end, at most "24:00"; not later than from: on the next day.',
      text('^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$'),
    ),
    days: told('The days on which they open; absent: every day.', listOf({ enum: WEEKDAYS })),
  },
  ['zone', 'from', 'to'],
);

const MUTE = exact(
  {
    when: told('What nobody is told of.', defined('selector')),
    from: told('The beginning, with its zone; absent: now.', INSTANT),
    until: told('The end, with its zone.', INSTANT),
    reason: told('For those who find it.', textUpTo(200)),
  },
  ['when', 'until', 'reason'],
);

const ACCOUNT = exact(
  {
    id: told('The account, in quotes.', text('^\\d{12}$')),
    name: told('What people call it.', textUpTo(60)),
    regions: told('Where its services are looked for.', {
      type: 'array',
      maxItems: 40,
      items: text('^[a-z]{2,}(-[a-z]+)+-\\d{1,2}$'),
    }),
  },
  ['id'],
);

const RIGHT = exact(
  {
    may: told('What they may do.', listOf({ enum: RIGHT_NAMES })),
    who: told('Ids of Slack users (U…, W…) and of user groups (S…).', defined('mentions')),
    where: told('Of which services; absent: of all.', defined('place')),
    channels: told('Ids of the channels in which it is done; absent: anywhere.', listOf(text('^[CG][A-Z0-9]{2,}$'))),
  },
  ['may', 'who'],
);

const CHAT = exact(
  { rights: told('Each gives some people something.', { type: 'array', maxItems: 200, items: RIGHT }) },
  ['rights'],
);

const SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Slackwater configuration',
  ...exact(
    {
      version: told('Of this format.', { const: 1 }),
      defaults: told(
        'Where no route applies; absent: as the parameters of the stack say.',
        exact({ to: { type: 'array', items: defined('destination') }, mention: defined('mentions') }, ['to']),
      ),
      lowestSeverity: told('What is less severe is recorded and not told.', defined('severity')),
      accounts: told('Other accounts, and further Regions of this one.', {
        type: 'array',
        maxItems: 500,
        items: ACCOUNT,
      }),
      routes: told('All that apply add their destinations.', { type: 'array', maxItems: 100, items: ROUTE }),
      quietHours: told('What is of low severity waits for their end.', {
        type: 'array',
        maxItems: 20,
        items: QUIET_HOURS,
      }),
      mutes: told('Nobody is told of these until they end.', { type: 'array', maxItems: 200, items: MUTE }),
      ...WINDOW_KEYS,
      chat: told('Who may do what in Slack.', CHAT),
      storm: told(
        'More new incidents than these within these minutes are one message.',
        exact({ incidents: wholeBetween(1, 1_000, 10), minutes: wholeBetween(1, 60, 5) }),
      ),
      repeatAfterHours: told(
        'An open incident that nobody acknowledged is told again; 0: never.',
        wholeBetween(0, 168, 12),
      ),
      quietAfterHours: told('An incident that was not seen for so long is over.', wholeBetween(1, 168, 6)),
      holdDownMinutes: told('So long the evidence that an incident is over has to hold.', wholeBetween(0, 60, 5)),
    },
    ['version'],
  ),
  definitions: {
    selector: SELECTOR,
    place: exact(PLACE),
    destination: DESTINATION,
    mentions: told('Ids of Slack user groups (S…) and users (U…, W…).', listOf(text('^[SUW][A-Z0-9]{2,}$'))),
    severity: { enum: ['low', 'medium', 'high'] },
    ...WINDOW_DEFINITIONS,
  },
};

/** What the file has to hold. */
export const schemaText = (): string => `${JSON.stringify(SCHEMA, null, 2)}\n`;

if (import.meta.main) writeFileSync(SCHEMA_FILE, schemaText());
