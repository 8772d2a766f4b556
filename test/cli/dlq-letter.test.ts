import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { letterTitle, openLetter } from '../../cli/dlq/letter.ts';
import type { Held } from '../../cli/dlq/queue.ts';
import { eventIn } from '../support/event-files.ts';
import { FUNCTION_ARN, failedInvocation, MISSED_RUN, OUT_OF_MEMORY, RETIREMENT, UNDELIVERED } from './dlq-broker.ts';

const held = (body: string, attributes: Held['attributes'] = {}): Held => ({
  id: '5d1c8a3e',
  receipt: 'receipt',
  body,
  received: 1,
  attributes,
});

const TASK = 'harbor-prod/report-worker, task a616d93e30fbad924e28ebbf8686d3a6';
const SECRET = 'xoxb-1234567890-abcdefghijkl';

describe('openLetter', () => {
  it.each([
    [
      'an event that SQS moved here says only where its reason is',
      held(OUT_OF_MEMORY),
      `ECS Task State Change, ${TASK}`,
      'no reason came with it, as always when SQS moves a message here: the log of its function has the reason',
    ],
    [
      'an event that a rule could not hand over says what EventBridge was told',
      held(OUT_OF_MEMORY, UNDELIVERED),
      `ECS Task State Change, ${TASK}`,
      'EventBridge could not hand it to queue slackwater-EcsEventsQueue: NO_PERMISSIONS, Access to the target was denied.',
    ],
    [
      'attributes without an error are no reason',
      held(OUT_OF_MEMORY, { TARGET_ARN: UNDELIVERED.TARGET_ARN }),
      `ECS Task State Change, ${TASK}`,
      'EventBridge could not hand it to queue slackwater-EcsEventsQueue: without a reason',
    ],
    [
      "an event inside Lambda's record of a failure is unwrapped",
      held(failedInvocation(RETIREMENT)),
      'AWS Health Event, AWS_ECS_TASK_PATCHING_RETIREMENT',
      'function slackwater-retirement-notice failed 3 times: AdapterError, the store did not answer',
    ],
    [
      'a call that Scheduler could not make is the reconciler’s',
      held('{}', MISSED_RUN),
      'a run of the reconciler',
      'EventBridge Scheduler could not hand it to function slackwater-reconcile: AWS.Lambda.TooManyRequestsException, MaximumRetryAttempts',
    ],
    [
      'a text that is no JSON is shown as what it is not',
      held('not json', UNDELIVERED),
      'not an EventBridge event',
      'EventBridge could not hand it to queue slackwater-EcsEventsQueue: NO_PERMISSIONS, Access to the target was denied.',
    ],
    [
      'an event that does not parse is told by its detail-type alone',
      held(JSON.stringify(eventIn('malformed/task-without-arn.json'))),
      'ECS Task State Change',
      'no reason came with it, as always when SQS moves a message here: the log of its function has the reason',
    ],
    [
      'an error loses its secrets, colours and line ends',
      held(failedInvocation(RETIREMENT, `token ${SECRET}\n\u001b[31mred\u202e`)),
      'AWS Health Event, AWS_ECS_TASK_PATCHING_RETIREMENT',
      'function slackwater-retirement-notice failed 3 times: AdapterError, token [redacted] red',
    ],
  ])('%s', (_, message, title, because) => {
    const letter = openLetter(message);
    expect(letterTitle(letter)).toBe(title);
    expect(letter.because).toBe(because);
  });

  it('names the function that has to be given the event', () => {
    expect(openLetter(held(failedInvocation(RETIREMENT))).functionArn).toBe(FUNCTION_ARN);
    expect(openLetter(held(RETIREMENT, { ...UNDELIVERED, TARGET_ARN: FUNCTION_ARN })).functionArn).toBe(FUNCTION_ARN);
    expect(openLetter(held(OUT_OF_MEMORY, UNDELIVERED))).not.toHaveProperty('functionArn');
  });

  it('takes no function from a text that only resembles an ARN', () => {
    const TARGET_ARN = `${FUNCTION_ARN}'; reboot; '`;
    expect(openLetter(held(RETIREMENT, { ...UNDELIVERED, TARGET_ARN }))).not.toHaveProperty('functionArn');
  });

  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record({ id: fc.string({ unit: 'binary' }), source: fc.string(), 'detail-type': fc.string({ unit: 'binary' }) })
      .map((event) => JSON.stringify(event)),
    fc.string({ unit: 'binary' }).map((message) => failedInvocation(RETIREMENT, message)),
  );
  const attributes = fc.dictionary(
    fc.constantFrom(...Object.keys({ ...UNDELIVERED, ...MISSED_RUN })),
    fc.string({ unit: 'binary' }),
  );

  test.prop([body, attributes])(
    'opens anything, and what it says is printable, on one line and of bounded length',
    (text, beside) => {
      const letter = openLetter(held(text, beside));
      for (const said of [letterTitle(letter), letter.because, letter.eventId ?? '']) {
        expect(said).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(said.length).toBeLessThan(1_000);
      }
    },
  );
});
