import { namedByLogicalId } from '../eventbridge/attributes.ts';
import { isJsonArray, isJsonObject, type Json } from '../eventbridge/json.ts';
import { type Rule, rulesOf } from '../eventbridge/rules.ts';
import {
  loadTemplate,
  type Pseudo,
  type ResolvedResource,
  type ResolvedTemplate,
  resolveTemplate,
  resourcesOfType,
} from '../eventbridge/template.ts';
import { entriesOf, lastPart, listOf, numberOf, objectOf, textOf } from './property.ts';

/** What the sandbox builds, as template.yaml says it; every name is an ARN or the last part of one. */
export interface Stack {
  readonly functions: readonly StackFunction[];
  readonly queues: readonly StackQueue[];
  readonly topics: readonly { readonly arn: string }[];
  readonly tables: readonly StackTable[];
  readonly mappings: readonly StackMapping[];
  readonly schedules: readonly StackSchedule[];
  /** ARNs of the functions that HTTP requests reach, by a URL of their own or by an HTTP API. */
  readonly doors: readonly string[];
  readonly rules: readonly Rule[];
  /** Logical ids. */
  readonly alarms: readonly string[];
  /** As texts, as CloudFormation tells them of a stack. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface StackFunction {
  readonly arn: string;
  /**
   * Folder of the bundle below the template's own folder: `dist/functions/ecs-events`, and of a zip in S3 its key without
   * what tells one zip of the function from another.
   */
  readonly code: string;
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** For asynchronous invocations. */
  readonly retries: number;
  readonly deadLetterArn?: string;
  /** Most environments at the same time, where the template reserves them. */
  readonly reservedConcurrency?: number;
}

interface StackQueue {
  readonly arn: string;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** A table by name, with the properties that CreateTable takes as they stand. */
export interface StackTable {
  readonly name: string;
  readonly definition: Readonly<Record<string, unknown>>;
}

interface StackMapping {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Milliseconds. */
  readonly batchingWindow: number;
  readonly reportsFailures: boolean;
  /** Most batches at the same time, where the template says. */
  readonly maximumConcurrency?: number;
}

interface StackSchedule {
  readonly functionArn: string;
  /** `rate(1 minute)`. */
  readonly expression: string;
  readonly input: unknown;
}

/**
 * Reads the template at `path` as if it were deployed at `at` with `parameters`; resources are called like their
 * logical ids, whatever name the template would give them.
 */
export function readStack(path: string, at: Pseudo, parameters: Readonly<Record<string, string>>): Stack {
  const template = resolveTemplate(loadTemplate(path), { parameters, pseudo: at, attributes: namedByLogicalId(at) });
  const arnOf = ({ logicalId, type }: ResolvedResource): string =>
    textOf(template.attributes({ logicalId, type }, 'Arn') ?? template.attributes({ logicalId, type }, 'Ref'));
  const functions = resourcesOfType(template, 'AWS::Lambda::Function');
  /** A mapping names its function by name or by ARN. */
  const functionArn = (reference: string): string =>
    functions.map(arnOf).find((arn) => arn === reference || lastPart(arn) === lastPart(reference)) ?? reference;
  return {
    functions: functions.map((resource) => functionOf(resource, arnOf(resource), template)),
    queues: resourcesOfType(template, 'AWS::SQS::Queue').map((resource) => queueOf(resource, arnOf(resource))),
    topics: resourcesOfType(template, 'AWS::SNS::Topic').map((resource) => ({ arn: arnOf(resource) })),
    tables: resourcesOfType(template, 'AWS::DynamoDB::Table').map((resource) => tableOf(resource, arnOf(resource))),
    mappings: resourcesOfType(template, 'AWS::Lambda::EventSourceMapping').map((resource) =>
      mappingOf(resource, functionArn),
    ),
    schedules: resourcesOfType(template, 'AWS::Scheduler::Schedule').map(scheduleOf),
    doors: [
      ...resourcesOfType(template, 'AWS::Lambda::Url').map(({ properties }) => properties['TargetFunctionArn']),
      ...resourcesOfType(template, 'AWS::ApiGatewayV2::Integration').map(
        ({ properties }) => properties['IntegrationUri'],
      ),
    ].map((reference) => functionArn(textOf(reference))),
    rules: rulesOf(template),
    alarms: resourcesOfType(template, 'AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId),
    parameters: mapped(template.parameters, (value) =>
      (isJsonArray(value) ? value : [value]).map((one) => textOf(one)).join(','),
    ),
    outputs: mapped(template.outputs, ({ Value }) => textOf(Value)),
  };
}

const mapped = <Value>(of: Readonly<Record<string, Value>>, text: (value: Value) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, text(value)]));

function functionOf({ properties }: ResolvedResource, arn: string, template: ResolvedTemplate): StackFunction {
  const invokeConfig = resourcesOfType(template, 'AWS::Lambda::EventInvokeConfig').find(
    (config) => lastPart(textOf(config.properties['FunctionName'])) === lastPart(arn),
  )?.properties;
  const onFailure = objectOf(objectOf(invokeConfig?.['DestinationConfig'])['OnFailure'])['Destination'];
  const deadLetterArn = textOf(onFailure ?? objectOf(properties['DeadLetterConfig'])['TargetArn']);
  const reserved = properties['ReservedConcurrentExecutions'];
  return {
    arn,
    code: codeFolder(properties['Code']),
    handler: textOf(properties['Handler']),
    timeout: numberOf(properties['Timeout'], 3),
    memory: numberOf(properties['MemorySize'], 128),
    environment: Object.fromEntries(entriesOf(objectOf(properties['Environment'])['Variables'])),
    retries: numberOf(invokeConfig?.['MaximumRetryAttempts'], 2),
    ...(deadLetterArn !== '' && { deadLetterArn }),
    ...(reserved !== undefined && { reservedConcurrency: numberOf(reserved, 1) }),
  };
}

const codeFolder = (code: Json | undefined): string =>
  isJsonObject(code) ? textOf(code['S3Key']).replace(/\.[0-9a-f]+\.zip$/, '') : textOf(code);

function queueOf({ properties }: ResolvedResource, arn: string): StackQueue {
  const redrive = objectOf(properties['RedrivePolicy']);
  const deadLetterArn = textOf(redrive['deadLetterTargetArn']);
  return {
    arn,
    visibilityTimeout: numberOf(properties['VisibilityTimeout'], 30),
    ...(deadLetterArn !== '' && {
      redrive: { deadLetterArn, maxReceiveCount: numberOf(redrive['maxReceiveCount'], 10) },
    }),
  };
}

/** Not the rest: recovery, encryption, expiry and deletion protection have no counterpart in the emulator. */
function tableOf({ properties }: ResolvedResource, arn: string): StackTable {
  const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes } = properties;
  const definition = { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes };
  return {
    name: lastPart(arn),
    definition: Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined)),
  };
}

function mappingOf({ properties }: ResolvedResource, functionArn: (reference: string) => string): StackMapping {
  const maximum = objectOf(properties['ScalingConfig'])['MaximumConcurrency'];
  return {
    queueArn: textOf(properties['EventSourceArn']),
    functionArn: functionArn(textOf(properties['FunctionName'])),
    batchSize: numberOf(properties['BatchSize'], 10),
    batchingWindow: numberOf(properties['MaximumBatchingWindowInSeconds'], 0) * 1_000,
    reportsFailures: listOf(properties['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
    ...(maximum !== undefined && { maximumConcurrency: numberOf(maximum, 1) }),
  };
}

function scheduleOf({ properties }: ResolvedResource): StackSchedule {
  const target = objectOf(properties['Target']);
  const input = target['Input'];
  const expression = textOf(properties['ScheduleExpression']);
  return { functionArn: textOf(target['Arn']), expression, input: typeof input === 'string' ? JSON.parse(input) : {} };
}
