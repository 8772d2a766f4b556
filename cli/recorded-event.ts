import type { Instant } from '../shared/domain/instant.ts';

/** When a raw event happened; `undefined` when it does not say. */
export function timeOf(event: unknown): Instant | undefined {
  const time = Date.parse(textOf(event, 'time') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

export const isHealthEvent = (event: unknown): boolean => textOf(event, 'source') === 'aws.health';

/** The Region that the event was delivered in. */
export const regionOf = (event: unknown): string | undefined => textOf(event, 'region');

/** As the queue delivers it. Text that was no JSON stays the text it is, so that it is found malformed as it would be there. */
export const asQueueRecord = (event: unknown) => ({
  messageId: 'replay',
  body: typeof event === 'string' ? event : JSON.stringify(event),
});

function textOf(event: unknown, field: string): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const value: unknown = Reflect.get(event, field);
  return typeof value === 'string' ? value : undefined;
}
