/** What no validator looks at: checks of a resolved template that answer problems as sentences. */
import type { Json, JsonObject } from '../sandbox/eventbridge/json.ts';
import { compilePattern, InvalidPatternError } from '../sandbox/eventbridge/matcher.ts';
import { rulesOf } from '../sandbox/eventbridge/rules.ts';
import { type ResolvedResource, type ResolvedTemplate, resourcesOfType } from '../sandbox/eventbridge/template.ts';
import { checkArns, checkNames, checkQueueUrls } from './name-checks.ts';
import { checkActions, checkWildcards } from './policy-checks.ts';
import { field, listOf, textOf } from './policy-statements.ts';

export type TemplateCheck = (template: ResolvedTemplate) => readonly string[];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST_PATTERN = 2048;

export const TEMPLATE_CHECKS: readonly TemplateCheck[] = [
  checkPatterns,
  checkTargets,
  checkVisibility,
  checkArns,
  checkNames,
  checkQueueUrls,
  checkSchedules,
  checkActions,
  checkWildcards,
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

/**
 * Every rule has targets, each with a dead-letter queue: EventBridge drops what it cannot deliver. A target is in the
 * template, or a bus elsewhere, which takes a role:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function checkTargets(template: ResolvedTemplate): readonly string[] {
  return rulesOf(template).flatMap(({ logicalId, targets }) => [
    ...(targets.length === 0 ? [`${logicalId}: has no target`] : []),
    ...targets.flatMap(({ id, arn, logicalId: target, deadLetterArn }) => [
      ...(target === undefined && !arn.includes(':event-bus/')
        ? [`${logicalId}: target ${id} is not in the template`]
        : []),
      ...(deadLetterArn === undefined ? [`${logicalId}: target ${id} has no dead-letter queue`] : []),
    ]),
    ...targetsWithoutRole(template, logicalId).map((id) => `${logicalId}: target ${id} is a bus and has no role`),
  ]);
}

const targetsWithoutRole = ({ resources }: ResolvedTemplate, rule: string): readonly string[] =>
  listOf(resources[rule]?.properties['Targets'])
    .filter((target) => textOf(field(target, 'Arn')).includes(':event-bus/') && field(target, 'RoleArn') === undefined)
    .map((target) => textOf(field(target, 'Id')));

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

/** Of Scheduler and of rules. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function checkSchedules(template: ResolvedTemplate): readonly string[] {
  return Object.values(template.resources).flatMap(({ logicalId, type, properties }) => {
    const { ScheduleExpression: expression, ScheduleExpressionTimezone: zone } = properties;
    if (expression === undefined && type !== 'AWS::Scheduler::Schedule') return [];
    return [
      ...(isSchedule(textOf(expression)) ? [] : [`${logicalId}: ${JSON.stringify(expression)} is not a schedule`]),
      ...(zone === undefined || isZone(textOf(zone)) ? [] : [`${logicalId}: there is no time zone ${textOf(zone)}`]),
    ];
  });
}

/** By name: Node.js knows the old names of zones as well, and takes offsets, which AWS does not. */
function isZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === 'UTC' || name.includes('/');
  } catch {
    return false;
  }
}

/** Form only: `rate(1 minute)`, `rate(5 minutes)`, six cron fields of which a day is `?`, or `at(2030-01-01T00:00:00)`. */
function isSchedule(expression: string): boolean {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return /^(?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))$/.test(argument);
  if (kind === 'at') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(argument);
  const fields = argument.split(' ');
  return kind === 'cron' && fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}
