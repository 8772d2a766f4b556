import type { Entry } from '../journal.ts';
import { type Fields, isObject, wordOf } from '../json-object.ts';
import type { LogLine } from '../lambda/log-line.ts';

/** What a line of a function's log says to a watcher: a decision about an event, or a warning. Most lines: nothing. */
export function entryOf(functionName: string, { fields, text }: LogLine): Entry | undefined {
  // A line that is not JSON comes from outside the logger: a crash, a warning of Node.
  if (fields === undefined) return { kind: 'remark', text: `${functionName}: ${text}` };
  if (typeof fields['decision'] === 'string') return decisionOf(functionName, fields);
  const isTrouble = fields['level'] === 'ERROR' || fields['level'] === 'WARN';
  return isTrouble ? { kind: 'remark', text: `${functionName}: ${wordsOf(fields)}` } : undefined;
}

const decisionOf = (functionName: string, fields: Fields): Entry => ({
  kind: 'decision',
  function: functionName,
  eventId: wordOf(fields['eventId']),
  subject: wordOf(fields['subject']),
  decision: wordOf(fields['decision']),
  reason: wordOf(fields['reason']),
  // The sentence is the line's message.
  because: wordOf(fields['message']),
  incident: wordOf(fields['incident']),
});

/** The logger puts an error beside the message; the runtime puts it in the message's place. */
function wordsOf({ message, error, errorMessage }: Fields): string {
  const cause = isObject(error) ? error['message'] : errorMessage;
  return [wordOf(message), wordOf(cause)].filter((words) => words !== '').join(': ');
}
