import * as v from 'valibot';
import { days } from '../domain/instant.ts';
import { type Blocker, MODES } from '../domain/windows/maintenance.ts';
import { parseDuration } from './configuration-windows-duration.ts';
import { exact, listUpTo, matching, namesOf, oneOf, partsOf, textUpTo, wholeBetween } from './document-shape.ts';
import { textOf } from './schema.ts';

/** Milliseconds; at most as long as a window may be open. */
const DURATION_WORDS = 'a duration such as PT1H30M or 1h30m, at most 7 days';
export const DURATION = textOf(DURATION_WORDS, (text) => {
  const duration = parseDuration(text);
  return duration !== undefined && duration <= days(7) ? duration : undefined;
});
export const SOME_DURATION = v.pipe(
  DURATION,
  v.check((duration) => duration > 0, DURATION_WORDS),
);

/** Of windows and freezes. */
export const NAME = matching(/^[A-Za-z\d][\w-]{0,62}$/, 'a name of letters, digits, - and _, at most 63');

export const MODE = oneOf(MODES);

/** What is not said is as `maintenance.budget` says, and there as the defaults say. */
export const BUDGET = exact({
  maxServices: v.exactOptional(wholeBetween(1, 1_000)),
  maxServicesPerCluster: v.exactOptional(wholeBetween(1, 1_000)),
  maxTaskPercent: v.exactOptional(wholeBetween(1, 100)),
  atLeastOneTask: v.exactOptional(v.boolean('true or false')),
  spacing: v.exactOptional(DURATION),
  canary: v.exactOptional(exact({ count: wholeBetween(1, 100), bake: DURATION })),
  maxFailures: v.exactOptional(wholeBetween(1, 1_000)),
});
export type BudgetTerms = v.InferOutput<typeof BUDGET>;

const BLOCKER_WORDS = 'exactly one of alarm, alarmPrefix, alarmTags, calendar, deployment, stack, function';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html says how names are made. */
const CALENDAR = matching(
  /^(arn:[^:\s]+:ssm:[^:\s]+:\d{12}:document\/)?[\w.-]{3,128}$/,
  'the name or the ARN of a change calendar of Systems Manager',
);

/** `{ alarm: 'checkout-5xx' }`; each kind has one key of its own. */
const BLOCKER = v.pipe(
  exact({
    alarm: v.exactOptional(textUpTo(255)),
    alarmPrefix: v.exactOptional(textUpTo(255)),
    alarmTags: v.exactOptional(namesOf(v.string('a text'), 'values, by the names of tags')),
    calendar: v.exactOptional(CALENDAR),
    deployment: v.exactOptional(v.literal('in-progress', 'the word in-progress')),
    stack: v.exactOptional(v.literal('updating', 'the word updating')),
    function: v.exactOptional(
      matching(/^arn:[^:\s]+:lambda:[^:\s]+:\d{12}:function:\S{1,140}$/, 'the ARN of a Lambda function'),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (Object.keys(partsOf(dataset.value)).length !== 1) addIssue({ message: BLOCKER_WORDS });
  }),
  v.transform(({ alarm, alarmPrefix, alarmTags, calendar, stack, function: arn }): Blocker => {
    if (alarm !== undefined) return { kind: 'alarm', name: alarm };
    if (alarmPrefix !== undefined) return { kind: 'alarm-prefix', prefix: alarmPrefix };
    if (alarmTags !== undefined) return { kind: 'alarm-tags', tags: alarmTags };
    if (calendar !== undefined) return { kind: 'change-calendar', calendar };
    if (arn !== undefined) return { kind: 'function', arn };
    return { kind: stack === undefined ? 'deployment-in-progress' : 'stack-updating' };
  }),
);

export const BLOCKERS = listUpTo(20, BLOCKER);
