/** What no validator looks at: checks of a resolved template that answer problems as sentences. */
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../sandbox/eventbridge/json.ts';
import { compilePattern, InvalidPatternError } from '../sandbox/eventbridge/matcher.ts';
import { rulesOf } from '../sandbox/eventbridge/rules.ts';
import { type ResolvedResource, type ResolvedTemplate, resourcesOfType } from '../sandbox/eventbridge/template.ts';

export type TemplateCheck = (template: ResolvedTemplate) => readonly string[];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST_PATTERN = 2048;

export const TEMPLATE_CHECKS: readonly TemplateCheck[] = [
  checkPatterns,
  checkTargets,
  checkVisibility,
  checkArns,
  checkSchedules,
];

/** Every pattern is one that EventBridge accepts, and short enough. */
export function checkPatterns(template: ResolvedTemplate): readonly string[] {
  return rulesOf(template).flatMap(({ logicalId, pattern }) => {
    const { length } = JSON.stringify(pattern);
    const tooLong = length < LONGEST_PATTERN ? [] : [`${logicalId}: the pattern has ${length} characters`];
    return [...tooLong, ...problemsOfPattern(logicalId, pattern)];
  });
}

function problemsOfPattern(logicalId: string, pattern: JsonObject): readonly string[] {
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    if (error instanceof InvalidPatternError) return [`${logicalId}: ${error.message}`];
    throw error;
  }
}

/** Every rule has targets in the template, each with a dead-letter queue: EventBridge drops what it cannot deliver. */
export function checkTargets(template: ResolvedTemplate): readonly string[] {
  return rulesOf(template).flatMap(({ logicalId, targets }) => [
    ...(targets.length === 0 ? [`${logicalId}: has no target`] : []),
    ...targets.flatMap(({ id, logicalId: target, deadLetterArn }) => [
      ...(target === undefined ? [`${logicalId}: target ${id} is not in the template`] : []),
      ...(deadLetterArn === undefined ? [`${logicalId}: target ${id} has no dead-letter queue`] : []),
    ]),
  ]);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export function checkVisibility(template: ResolvedTemplate): readonly string[] {
  return resourcesOfType(template, 'AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }) => {
    const queue = resourceCalled(template, 'Arn', properties['EventSourceArn']);
    const consumer = resourceCalled(template, 'Ref', properties['FunctionName']);
    const window = Number(properties['MaximumBatchingWindowInSeconds'] ?? 0);
    const wanted = 6 * Number(consumer?.properties['Timeout']) + window;
    const visibility = Number(queue?.properties['VisibilityTimeout']);
    return visibility >= wanted ? [] : [`${logicalId}: the queue's visibility is ${visibility} s, expected ${wanted}`];
  });
}

function resourceCalled(
  template: ResolvedTemplate,
  attribute: 'Arn' | 'Ref',
  value: Json | undefined,
): ResolvedResource | undefined {
  return Object.values(template.resources).find((resource) => template.attributes(resource, attribute) === value);
}

/** `Ref` of most resources is a name: where an ARN is expected, CloudFormation only fails when it deploys. */
export function checkArns(template: ResolvedTemplate): readonly string[] {
  const walk = (value: Json, path: string): readonly string[] => {
    if (isJsonArray(value)) return value.flatMap((element, index) => walk(element, `${path}[${index}]`));
    if (isJsonObject(value)) return Object.entries(value).flatMap(([key, child]) => walk(child, `${path}.${key}`));
    return wantsArn(path) && !String(value).startsWith('arn:') ? [`${path}: "${value}" is not an ARN`] : [];
  };
  return Object.values(template.resources).flatMap(({ logicalId, properties }) => walk(properties, logicalId));
}

const wantsArn = (path: string): boolean => /(?:Arns?|\.Role|\.Destination|Actions)(?:\[\d+\])?$/.test(path);

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function checkSchedules(template: ResolvedTemplate): readonly string[] {
  return resourcesOfType(template, 'AWS::Scheduler::Schedule').flatMap(({ logicalId, properties }) => {
    const { ScheduleExpression: expression } = properties;
    if (typeof expression === 'string' && isSchedule(expression)) return [];
    return [`${logicalId}: ${JSON.stringify(expression)} is not a schedule`];
  });
}

/** Form only: `rate(1 minute)`, `rate(5 minutes)`, six cron fields of which a day is `?`, or `at(2030-01-01T00:00:00)`. */
function isSchedule(expression: string): boolean {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return /^(?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))$/.test(argument);
  if (kind === 'at') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(argument);
  const fields = argument.split(' ');
  return kind === 'cron' && fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}
