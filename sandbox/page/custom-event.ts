import { randomUUID } from 'node:crypto';
import { COMPANY } from '../estate/company.ts';
import { isObject } from '../json-object.ts';

/** An event for the bus, or what is wrong with the text, in sentences for a person. */
export type CustomEvent =
  | { readonly status: 'event'; readonly event: Readonly<Record<string, unknown>> }
  | { readonly status: 'wrong'; readonly problems: readonly string[] };

/**
 * Reads an EventBridge event that somebody pasted. What EventBridge itself fills in is filled in where it is missing.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function readCustomEvent(text: string, now: number): CustomEvent {
  if (text.trim() === '') return { status: 'wrong', problems: ['Paste an event first.'] };
  const parsed = parse(text);
  if ('problem' in parsed) return { status: 'wrong', problems: [parsed.problem] };
  const { value } = parsed;
  if (!isObject(value)) {
    return {
      status: 'wrong',
      problems: ['An event is a JSON object: { "source": …, "detail-type": …, "detail": … }.'],
    };
  }
  const problems = FIELDS.filter(({ holds, name }) => !holds(value[name])).map(
    ({ name, wanted }) => `${name}: expected ${wanted}.`,
  );
  return problems.length > 0 ? { status: 'wrong', problems } : { status: 'event', event: completed(value, now) };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isMissing = (value: unknown): boolean => value === undefined;

interface Field {
  readonly name: string;
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
}

const FIELDS: readonly Field[] = [
  { name: 'source', wanted: 'a text such as "aws.ecs"', holds: isText },
  { name: 'detail-type', wanted: 'a text such as "ECS Task State Change"', holds: isText },
  { name: 'detail', wanted: 'an object', holds: isObject },
  { name: 'resources', wanted: 'a list, or nothing', holds: (value) => isMissing(value) || Array.isArray(value) },
  { name: 'time', wanted: 'an instant such as "2026-11-17T12:00:00Z", or nothing', holds: isInstant },
];

function isInstant(value: unknown): boolean {
  return isMissing(value) || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
}

const completed = (event: Readonly<Record<string, unknown>>, now: number): Readonly<Record<string, unknown>> => ({
  version: '0',
  id: randomUUID(),
  account: COMPANY.account,
  region: COMPANY.region,
  time: `${new Date(now).toISOString().slice(0, 19)}Z`,
  resources: [],
  ...event,
});

/** With the place of the mistake: line and column, from 1. */
function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(words)?.[1];
    const before = text.slice(0, Number(at ?? 0)).split('\n');
    const where = at === undefined ? '' : ` Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
    return { problem: `This is no JSON: ${words.replace(/ in JSON at position.*| \(line.*/, '')}.${where}` };
  }
}
