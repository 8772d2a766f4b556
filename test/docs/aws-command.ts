import { existsSync } from 'node:fs';

/** `aws SERVICE` by the name of the SDK's client, where the two differ. */
const CLIENTS: Readonly<Record<string, string>> = {
  deploy: 'codedeploy',
  elbv2: 'elastic-load-balancing-v2',
  logs: 'cloudwatch-logs',
  secretsmanager: 'secrets-manager',
};

/** Options of every command. https://docs.aws.amazon.com/cli/latest/reference/#global-options */
const GLOBAL = [
  'region',
  'query',
  'output',
  'profile',
  'no-cli-pager',
  'no-paginate',
  'cli-binary-format',
  'cli-input-json',
];
/** Of every command that lists. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html */
const PAGING = ['max-items', 'page-size', 'starting-token'];

/**
 * Commands that the AWS CLI makes up itself, and those of services whose client is not installed here, with the options
 * that the documents may use. Read in https://docs.aws.amazon.com/cli/latest/reference/.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'cloudformation deploy': [
    'template-file',
    'stack-name',
    's3-bucket',
    's3-prefix',
    'capabilities',
    'parameter-overrides',
    'no-execute-changeset',
    'no-fail-on-empty-changeset',
    'tags',
    'role-arn',
  ],
  'cloudformation package': ['template-file', 's3-bucket', 's3-prefix', 'output-template-file', 'kms-key-id'],
  'logs tail': ['since', 'follow', 'format', 'filter-pattern', 'log-stream-names'],
  's3 cp': ['recursive', 'sse', 'exclude', 'include'],
  's3 mb': [],
  's3 ls': ['recursive'],
  's3 rm': ['recursive'],
  's3 sync': ['delete', 'exclude', 'include'],
  configure: [],
  'sso login': [],
  'events describe-rule': ['name', 'event-bus-name'],
  'events list-rules': ['name-prefix', 'event-bus-name'],
  'events enable-rule': ['name', 'event-bus-name'],
  'events list-targets-by-rule': ['rule', 'event-bus-name'],
  'events put-events': ['entries'],
  'events describe-event-bus': ['name'],
  'health describe-events': ['filter'],
  'iam get-role': ['role-name'],
  'iam simulate-principal-policy': ['policy-source-arn', 'action-names', 'resource-arns'],
  'kms describe-key': ['key-id'],
  'kms get-key-policy': ['key-id', 'policy-name'],
  'organizations describe-organization': [],
  'organizations enable-aws-service-access': ['service-principal'],
  'scheduler list-schedules': ['name-prefix', 'state'],
  'scheduler get-schedule': ['name'],
  'xray get-trace-summaries': ['start-time', 'end-time', 'filter-expression'],
};

/** Where the AWS CLI spells an option otherwise than the API, or adds one. */
const RENAMED: Readonly<Record<string, readonly string[]>> = {
  'dynamodb restore-table-to-point-in-time': ['use-latest-restorable-time', 'no-use-latest-restorable-time'],
};

/** What is wrong with an `aws` command, by the SDK's own description of the operation; nothing when all is well. */
export async function awsProblem(words: readonly string[]): Promise<string | undefined> {
  const [, service = '', operation = '', ...rest] = words;
  const options = rest.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).split('=')[0] ?? '');
  const known = KNOWN[`${service} ${operation}`] ?? KNOWN[service];
  if (known !== undefined) return unknown(options, [...known, ...GLOBAL, ...PAGING]);
  const client = CLIENTS[service] ?? service;
  if (!existsSync(new URL(`../../node_modules/@aws-sdk/client-${client}`, import.meta.url)))
    return `the client of ${service} is not installed: name "${service} ${operation}" with its options in test/docs/aws-command.ts`;
  // An SDK package is a namespace of classes and of schemas, which are lists.
  const sdk = (await import(`@aws-sdk/client-${client}`)) as Readonly<Record<string, unknown>>;
  const [verb, waited] = operation === 'wait' ? ['wait', rest[0] ?? ''] : ['call', operation];
  if (verb === 'wait')
    return `waitUntil${pascal(waited)}` in sdk ? undefined : `${service} has nothing called wait ${waited}`;
  const name = Object.keys(sdk).find((key) => key.toLowerCase() === `${pascal(operation)}Command`.toLowerCase());
  if (name === undefined) return `${service} has no operation ${operation}`;
  const members = membersOf(sdk, name.replace(/Command$/, ''));
  if (members === undefined) return `the SDK does not describe what ${service} ${operation} takes`;
  const flags = members.flatMap((member) => [kebab(member), `no-${kebab(member)}`]);
  return unknown(options, [...flags, ...GLOBAL, ...PAGING, ...(RENAMED[`${service} ${operation}`] ?? [])]);
}

const unknown = (options: readonly string[], known: readonly string[]): string | undefined => {
  const plain = new Set(known.map(undashed));
  const wrong = options.filter((option) => !plain.has(undashed(option)));
  return wrong.length === 0 ? undefined : `no option ${wrong.map((option) => `--${option}`).join(', ')}`;
};

/** An operation's schema is `[9, namespace, name, traits, input, output]`, a structure's `[3, namespace, name, traits, members, …]`. */
function membersOf(sdk: Readonly<Record<string, unknown>>, operation: string): readonly string[] | undefined {
  const schema = sdk[`${operation}$`];
  if (!Array.isArray(schema)) return undefined;
  const input: unknown = typeof schema[4] === 'function' ? schema[4]() : schema[4];
  // `unit`, for an operation that takes nothing, is a text.
  if (!Array.isArray(input)) return [];
  return Array.isArray(input[4]) ? input[4].map(String) : undefined;
}

const pascal = (operation: string): string =>
  operation
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const kebab = (member: string): string => member.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
/** `--event-source-arn` of `EventSourceArn`, `--db-uri` of `DBUri`: where words end is the CLI's own matter. */
const undashed = (option: string): string => option.replaceAll('-', '').toLowerCase();
