import { createHash } from 'node:crypto';
import { isObject } from '../json-object.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const RFC_1123 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const TASK_ID = /task\/(?:[\w-]+\/)?([0-9a-f]{32})/;

/**
 * The recorded event as if it happened at `now` (milliseconds): every time in it moves by the same span, so that what
 * was seven days ahead still is. Records expire by the events' times, and old ones would be forgotten at once.
 */
export function retell(event: unknown, now: number): unknown {
  const happened = isObject(event) && typeof event['time'] === 'string' ? Date.parse(event['time']) : now;
  return shifted(event, now - happened);
}

/** The same thing happening to another task: new event id, new task id. `serial` makes both, 0 keeps the event as it is. */
export function another(event: unknown, serial: number): unknown {
  if (serial === 0) return event;
  const text = JSON.stringify(event);
  const ids = [isObject(event) ? event['id'] : undefined, TASK_ID.exec(text)?.[1]].filter(
    (id) => typeof id === 'string',
  );
  const renamed = ids.reduce((renaming, id) => renaming.replaceAll(id, sameShape(id, serial)), text);
  return JSON.parse(renamed);
}

function shifted(value: unknown, span: number): unknown {
  if (typeof value === 'string') return shiftedText(value, span);
  if (Array.isArray(value)) return value.map((element) => shifted(element, span));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shifted(child, span)]));
}

function shiftedText(text: string, span: number): string {
  if (RFC_1123.test(text)) return new Date(Date.parse(text) + span).toUTCString();
  if (!INSTANT.test(text)) return text;
  const moved = new Date(Date.parse(text) + span).toISOString();
  return text.includes('.') ? moved : `${moved.slice(0, 19)}Z`;
}

/** Replaces the hexadecimal digits and keeps the dashes: a UUID stays a UUID. */
function sameShape(id: string, serial: number): string {
  const digits = createHash('sha256').update(`${id}/${serial}`).digest('hex');
  let position = 0;
  return id.replaceAll(/[0-9a-f]/g, () => digits[position++] ?? '0');
}
