import { redact } from '../redact.ts';
import { signalOf } from './exit-code.ts';
import type { Finding } from './finding.ts';
import { normalise } from './normalise.ts';
import type { Observed, ObservedTask } from './observed.ts';

/** Concrete names for the advice. Whatever is absent is spoken of in general. */
export type Values = Readonly<Partial<Record<ValueName, string>>>;

export type ValueName =
  | 'image'
  | 'host'
  | 'address'
  | 'secret'
  | 'secrets'
  | 'jsonKey'
  | 'logGroup'
  | 'role'
  | 'action'
  | 'resource'
  | 'port'
  | 'exitCode'
  | 'signal'
  | 'container'
  | 'targetGroup'
  | 'statusCodes'
  | 'subnet'
  | 'command'
  | 'path'
  | 'device'
  | 'fileSystem'
  | 'volume'
  | 'instance'
  | 'capacityProvider'
  | 'lacking'
  | 'platform'
  | 'alarm'
  | 'dependency'
  | 'deployment'
  | 'memoryLimit'
  | 'stopTimeout'
  | 'healthCheck'
  | 'words';

interface ValuePattern {
  readonly name: ValueName;
  /** Group 1 is the value. Bounded or over a negated class, so that hostile texts cost linear time. */
  readonly pattern: RegExp;
}

/** Tried in order; the first pattern that finds a value gives it. */
const PATTERNS: readonly ValuePattern[] = [
  {
    name: 'image',
    pattern: /\b(?:resolve ref(?:erence)?|(?<!matching )manifest for|access denied for) "?([a-z0-9][^\s",]*[\w>])/i,
  },
  { name: 'image', pattern: /\bimage:? "?([a-z0-9][\w.-]*[:/][^\s",]*[\w>])/i },
  { name: 'image', pattern: /\b(\d{12}\.dkr\.ecr\.[\w.-]+\/(?!v2\/)[\w.:@/-]+\w)/i },
  { name: 'image', pattern: /\/v2\/([a-z0-9][^\s"]*?)\/manifests\//i },
  { name: 'host', pattern: /https?:\/\/([\w.-]+)/i },
  { name: 'host', pattern: /\blookup ([\w.-]+)/i },
  { name: 'host', pattern: /\b(\d{12}\.dkr\.ecr\.[\w.-]+)/i },
  { name: 'address', pattern: /\bdial (?:tcp|udp) (\[?[0-9a-f.:]+\]?:\d+)/i },
  { name: 'secret', pattern: /(arn:[a-z-]+:secretsmanager:[^\s"',)]+[^\s"',).:])/i },
  { name: 'secret', pattern: /(arn:[a-z-]+:ssm:[^\s"',)]+[^\s"',).:])/i },
  { name: 'secret', pattern: /invalid (?:ssm )?parameters: ([^\s"']+)/i },
  { name: 'secret', pattern: /\bsecret (?:with arn )?'?([\w/+=.@-]{2,})'?:/i },
  { name: 'jsonKey', pattern: /\bjson key "?([\w.-]+)/i },
  { name: 'logGroup', pattern: /log-group:([\w./#-]+)/i },
  { name: 'role', pattern: /:assumed-role\/([^\s"'/,)]+)/i },
  { name: 'role', pattern: /(arn:[a-z-]+:(?:iam|sts):[^\s"',)]+)/i },
  { name: 'action', pattern: /not authorized to perform: ?([a-z0-9-]+:[a-z*]+)/i },
  { name: 'resource', pattern: /\bon resource: ?([^\s"',]+)/i },
  { name: 'port', pattern: /(?:0\.0\.0\.0|::\]?|127\.0\.0\.1):(\d{1,5})\b/ },
  { name: 'port', pattern: /\(port (\d{1,5})\)/i },
  { name: 'targetGroup', pattern: /target-group (?:arn:[^\s)]*targetgroup\/([^\s/)]+))/i },
  { name: 'targetGroup', pattern: /target-group \(?([^\s():]+)/i },
  { name: 'targetGroup', pattern: /\(elb ([^\s)]+)\)/i },
  { name: 'statusCodes', pattern: /with these codes: \[([\d, -]+)\]/i },
  { name: 'subnet', pattern: /(subnet-[0-9a-z]+)/i },
  { name: 'command', pattern: /\bexec:? "([^"]+)"/i },
  { name: 'command', pattern: /\bexec ([^\s:]+):/i },
  { name: 'device', pattern: /custom device "([^"]+)"/i },
  { name: 'path', pattern: /\bmounting "([^"]+)"/i },
  { name: 'path', pattern: /\b(?:source path does not exist|invalid path): ([^\s"']+)/i },
  { name: 'path', pattern: /\b(?:write|mkdir|chown|open) (\/[^\s:"']+)/i },
  { name: 'fileSystem', pattern: /\b(fs-[0-9a-z]+)/i },
  { name: 'volume', pattern: /\bcreate (?!failed)([^\s:"']+):/i },
  { name: 'instance', pattern: /\b(i-[0-9a-f]{8,17})\b/i },
  { name: 'instance', pattern: /container-instance ([0-9a-f-]{8,36})/i },
  { name: 'capacityProvider', pattern: /for capacity provider ([^\s]+?)\.?(?:\s|$)/i },
  { name: 'lacking', pattern: /\bRESOURCE:([A-Z_]+)/i },
  { name: 'lacking', pattern: /\binsufficient ((?:cpu|memory|gpu)[^.]{0,20}?) available/i },
  { name: 'platform', pattern: /\bplatform '([^']+)'/i },
  { name: 'platform', pattern: /no matching manifest for ([\w/.-]+)/i },
  { name: 'alarm', pattern: /\balarms?(?:\(s\))?:? \[?"?([\w./-]*[\d_-][\w./-]*)/i },
  { name: 'dependency', pattern: /ordering dependency \[([^\]\s]+)/i },
  { name: 'deployment', pattern: /\b(ecs-svc\/\d+)/i },
];

const PATTERNS_OF = Map.groupBy(PATTERNS, ({ name }) => name);

/** Longer than any name that AWS allows; what is longer is not a name. */
const LONGEST_VALUE = 512;

/** Looked for when the advice asks for one: most advice has two or three of them, and there are forty patterns. */
export function valuesFor(finding: Finding, observed: Observed): Values {
  const found = fromFinding(finding);
  const facts: Values = observed.kind === 'task' ? fromFacts(finding, observed) : {};
  let texts: readonly string[] | undefined;
  const valueOf = (name: ValueName): string | undefined => {
    texts ??= finding.evidence.map(({ text }) => normalise(text).readable);
    return found[name] ?? fromText(name, texts) ?? facts[name];
  };
  // The cast is true: nothing but the names of values is asked for.
  return new Proxy<Values>({}, { get: (_, name) => valueOf(name as ValueName) });
}

function fromText(name: ValueName, texts: readonly string[]): string | undefined {
  for (const { pattern } of PATTERNS_OF.get(name) ?? []) {
    const found = texts.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined && value !== '');
    if (found !== undefined && found.length <= LONGEST_VALUE) return redact(found);
  }
  return undefined;
}

function fromFinding({ culprit, exitCode, evidence }: Finding): Values {
  const words = evidence.findLast(({ field }) => field !== 'stopCode')?.text;
  const signal = exitCode === undefined ? undefined : signalOf(exitCode);
  return {
    ...(culprit !== undefined && { container: culprit }),
    ...(exitCode !== undefined && { exitCode: String(exitCode) }),
    ...(signal !== undefined && { signal }),
    ...(words !== undefined && { words: redact(words.slice(0, LONGEST_VALUE)) }),
  };
}

/** What the task definition adds about the container that decided, about the only one, or about all where they agree. */
function fromFacts({ culprit }: Finding, { taskDefinition, subnets }: ObservedTask): Values {
  const containers = taskDefinition?.containers ?? [];
  const container =
    containers.find(({ name }) => name === culprit) ?? (containers.length === 1 ? containers[0] : undefined);
  const memory = container?.memory ?? taskDefinition?.memory;
  const concerned = container === undefined ? containers : [container];
  const logGroups = new Set(concerned.flatMap(({ logOptions }) => logOptions['awslogs-group'] ?? []));
  const [logGroup] = logGroups.size === 1 ? logGroups : [];
  const secrets = listed(concerned.flatMap((one) => one.secrets.map(({ valueFrom }) => valueFrom)));
  const check = container?.healthCheckCommand;
  return {
    ...(memory !== undefined && { memoryLimit: `${memory} MiB` }),
    ...(logGroup !== undefined && { logGroup }),
    ...(secrets !== undefined && { secrets }),
    ...(container !== undefined && { image: container.image }),
    ...(container?.stopTimeout !== undefined && { stopTimeout: `${container.stopTimeout} s` }),
    ...(check !== undefined && { healthCheck: redact(check.join(' ')) }),
    ...(taskDefinition?.executionRoleArn !== undefined && { role: taskDefinition.executionRoleArn }),
    ...(subnets !== undefined && subnets.length > 0 && { subnet: subnets.join(', ') }),
  };
}

/** ARNs are long, and a step of a message is not. */
const MOST_LISTED = 2;

/** `A and B`, or `A, B and 3 more`; `undefined` for nothing. References, never values. */
function listed(references: readonly string[]): string | undefined {
  const distinct = [...new Set(references)].filter((reference) => reference !== '');
  const shown = distinct.slice(0, MOST_LISTED);
  const rest = distinct.length - shown.length;
  if (distinct.length === 0) return undefined;
  return rest === 0 ? shown.join(' and ') : `${shown.join(', ')} and ${rest} more`;
}
