import type { Entry } from '../journal.ts';
import { readObject, wordOf } from '../json-object.ts';

/** What SNS put into a queue that subscribes to a topic without raw delivery. */
export function readNotification(body: string): Entry {
  const { Subject, Message } = readObject(body);
  return { kind: 'notification', subject: wordOf(Subject), message: wordOf(Message, body) };
}
