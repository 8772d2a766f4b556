import * as v from 'valibot';
import type { Parsed } from '../../shared/domain/parsed.ts';
import { present } from '../../shared/domain/present.ts';
import { redact } from '../../shared/domain/redact.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { parseJson } from '../../shared/parse/json.ts';
import { lenient, shape, text, wholeNumber } from '../../shared/parse/schema.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { eventSubject } from '../event-subject.ts';
import type { Held } from './queue.ts';
import { queueName } from './url.ts';

/** A dead letter, opened: the event in it and why it was not delivered. Its texts are safe to print. */
export interface Letter {
  readonly held: Held;
  /** `missed-run` is a call of the reconciler that EventBridge Scheduler could not make. */
  readonly kind: 'event' | 'missed-run' | 'unreadable';
  /** The event itself, unwrapped; absent when unreadable. */
  readonly event?: unknown;
  readonly eventId?: string;
  /** `aws.ecs`, `aws.health`. */
  readonly source?: string;
  readonly detailType?: string;
  /** `harbor-prod/checkout`, a task with its id, or the type of a Health notice. */
  readonly subject?: string;
  /** Why the event is here, as a sentence without its full stop. */
  readonly because: string;
  /** The function that has to be given the event, when it was not a queue's. */
  readonly functionArn?: string;
}

/** With or without a qualifier, such as `:$LATEST`. Strict, because it is printed inside a shell command. */
const FUNCTION_ARN = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

/**
 * What Lambda sends to a failure destination.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const FAILED_INVOCATION = shape({
  requestContext: shape({
    functionArn: v.pipe(v.string(), v.regex(FUNCTION_ARN)),
    condition: lenient(text),
    approximateInvokeCount: lenient(wholeNumber),
  }),
  requestPayload: v.record(v.string(), v.unknown()),
  responsePayload: lenient(shape({ errorType: lenient(text), errorMessage: lenient(text) })),
});

const EVENT = shape({ id: lenient(text), source: text, 'detail-type': text });

/** Opens whatever is in one of Slackwater's dead-letter queues. Never throws. */
export function openLetter(held: Held): Letter {
  const body = parseJson(held.body);
  const failure = v.safeParse(FAILED_INVOCATION, body);
  if (failure.success) {
    const { functionArn } = failure.output.requestContext;
    return { ...letterOf(held, failure.output.requestPayload, whyItFailed(failure.output)), functionArn };
  }
  const { TARGET_ARN = '', SCHEDULE_ARN } = held.attributes;
  const letter = letterOf(held, body, whyUndelivered(held.attributes));
  if (SCHEDULE_ARN !== undefined) return { ...letter, kind: 'missed-run' };
  return FUNCTION_ARN.test(TARGET_ARN) ? { ...letter, functionArn: TARGET_ARN } : letter;
}

/** `ECS Task State Change, harbor-prod/report-worker, task a616d93e…`. */
export function letterTitle({ kind, detailType, subject }: Letter): string {
  switch (kind) {
    case 'event':
      return [detailType, subject].filter((part) => part !== undefined).join(', ');
    case 'missed-run':
      return 'a run of the reconciler';
    case 'unreadable':
      return 'not an EventBridge event';
  }
}

function letterOf(held: Held, event: unknown, because: string): Letter {
  const read = v.safeParse(EVENT, event);
  if (!read.success) return { held, kind: 'unreadable', because };
  const parsed = parseEvent(event);
  return present({
    held,
    kind: 'event',
    event,
    eventId: printable(read.output.id),
    source: printable(read.output.source),
    detailType: printable(read.output['detail-type']),
    subject: printable(subjectOf(parsed)),
    because,
  });
}

const subjectOf = (parsed: Parsed): string | undefined =>
  parsed.status === 'parsed' ? eventSubject(parsed.signal) : undefined;

function whyItFailed({ requestContext, responsePayload }: v.InferOutput<typeof FAILED_INVOCATION>): string {
  const { functionArn, condition, approximateInvokeCount: tries } = requestContext;
  const error = listed(responsePayload?.errorType, responsePayload?.errorMessage) ?? condition ?? 'without a reason';
  return sentence(
    `function ${functionName(functionArn)} failed${tries === undefined ? '' : ` ${times(tries)}`}: ${error}`,
  );
}

/**
 * What EventBridge and EventBridge Scheduler say in message attributes. A message without them was moved here by SQS.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
function whyUndelivered(attributes: Held['attributes']): string {
  const { TARGET_ARN, ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION, SCHEDULE_ARN } = attributes;
  if (TARGET_ARN === undefined && ERROR_CODE === undefined)
    return 'no reason came with it, as always when SQS moves a message here: the log of its function has the reason';
  const from = SCHEDULE_ARN === undefined ? 'EventBridge' : 'EventBridge Scheduler';
  const error = listed(ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION) ?? 'without a reason';
  return sentence(`${from} could not hand it to ${TARGET_ARN ? targetName(TARGET_ARN) : 'its target'}: ${error}`);
}

const functionName = (arn: string): string => arn.split(':')[6] ?? arn;

const targetName = (arn: string): string =>
  FUNCTION_ARN.test(arn) ? `function ${functionName(arn)}` : `queue ${queueName(arn)}`;

function listed(...texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((one) => one !== undefined && one !== '');
  return said.length === 0 ? undefined : said.join(', ');
}

export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Long enough for an error of the SDK, short enough for a terminal. */
const sentence = (because: string): string => shorten(redact(oneLine(because)), 400);

const printable = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : shorten(redact(oneLine(name)), 200);
