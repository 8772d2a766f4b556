import * as v from 'valibot';
import { lenient, lenientList, shape, text } from '../../../shared/parse/schema.ts';

const option = v.pipe(
  shape({ value: text }),
  v.transform(({ value }) => value),
);

/**
 * An interactive element with its answer, whatever its kind: it has one of these fields, which Slack leaves out or sends
 * as `null` until there is an answer. https://docs.slack.dev/reference/block-kit/block-elements
 */
const ANSWERS = {
  value: lenient(v.string()),
  selected_option: lenient(option),
  selected_options: lenientList(option),
  selected_user: lenient(text),
  selected_users: lenientList(text),
  selected_channel: lenient(text),
  selected_channels: lenientList(text),
  selected_conversation: lenient(text),
  selected_conversations: lenientList(text),
  selected_date: lenient(text),
  selected_time: lenient(text),
  selected_date_time: lenient(
    v.pipe(
      v.number(),
      v.transform((time) => String(time)),
    ),
  ),
};

const answersOf = (answers: Readonly<Record<string, string | readonly string[] | undefined>>): readonly string[] =>
  Object.values(answers)
    .flat()
    .filter((answer) => answer !== undefined);

/** What was entered or chosen in an element, in the order in which it was chosen. */
export const chosen = v.pipe(
  shape(ANSWERS),
  v.transform((answers) => answersOf(answers)),
);

/** The element that was used, with what was chosen in it. */
export const action = v.pipe(
  shape({ action_id: text, ...ANSWERS }),
  v.transform(({ action_id, ...answers }) => ({ actionId: action_id, chosen: answersOf(answers) })),
);
