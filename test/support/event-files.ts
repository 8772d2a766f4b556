import { readdirSync, readFileSync } from 'node:fs';
import { readEvents } from '../../shared/parse/sqs-record.ts';

const EVENTS = new URL('../../events/', import.meta.url);

/** Paths below `events/` of every recorded case, sorted: `ecs/task-running.json`. */
export const eventFiles: readonly string[] = readdirSync(EVENTS, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.json'))
  .sort();

export const eventFileText = (path: string): string => readFileSync(new URL(path, EVENTS), 'utf8');

/** The only event of a file. */
export function eventIn(path: string): unknown {
  const [event, ...others] = readEvents(eventFileText(path));
  if (event === undefined || others.length > 0) throw new Error(`${path} does not hold exactly one event`);
  return event;
}

/** The event of a file with some fields of `detail` replaced; a field that is `undefined` is taken out. */
export function eventWith(path: string, detail: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // The cast is true for every file of events/ecs and events/health.
  const event = eventIn(path) as { readonly detail: object };
  // Through JSON, so that what is undefined is absent, as it would be on the wire.
  return JSON.parse(JSON.stringify({ ...event, detail: { ...event.detail, ...detail } }));
}
