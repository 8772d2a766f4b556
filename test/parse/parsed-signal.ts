import type { Signal } from '../../shared/domain/signal.ts';
import { parseEvent } from '../../shared/parse/index.ts';

/** The signal of an event that has to be of this kind. */
export function signalOf<Kind extends Signal['kind']>(raw: unknown, kind: Kind): Extract<Signal, { kind: Kind }> {
  const parsed = parseEvent(raw);
  if (parsed.status !== 'parsed' || parsed.signal.kind !== kind) {
    throw new Error(`expected ${kind}, got ${JSON.stringify(parsed)}`);
  }
  // The cast is true because the kind has just been compared.
  return parsed.signal as Extract<Signal, { kind: Kind }>;
}
