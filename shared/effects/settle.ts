import { type Delivery, mark } from '../domain/announcement.ts';
import type { Announcer } from '../domain/announcer.ts';
import type { Decision, Effect } from '../domain/decision.ts';
import { destinationKey } from '../domain/destination.ts';
import type { AnnouncedRecord, Fingerprint } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { RecordStore } from '../domain/store.ts';

export interface SettleDeps {
  readonly store: RecordStore;
  readonly announce: Announcer;
  readonly clock: () => Instant;
}

export interface Delivered {
  readonly effect: Effect;
  readonly delivery: Delivery;
}

export interface Settled {
  readonly decision: Decision;
  /** The record as it was decided on and saved, or as it is known when there was nothing to save. */
  readonly record?: AnnouncedRecord;
  readonly deliveries: readonly Delivered[];
}

/** Another function changed the record in between, again and again. Retrying the event later is safe. */
export class ContendedRecordError extends Error {
  readonly code = 'contended-record';
  readonly retryable = true;

  constructor(fingerprint: Fingerprint) {
    super(`the record ${fingerprint} changed under every one of ${ATTEMPTS} attempts to save it`);
    this.name = 'ContendedRecordError';
  }
}

const ATTEMPTS = 8;

/**
 * Runs a decision: saves the record under the version that was decided on, then tells, then records who was told. When
 * somebody else saved first, loads and decides again. `known` is the record as the caller has just loaded it.
 */
export async function settle(
  fingerprint: Fingerprint,
  known: AnnouncedRecord | undefined,
  decide: (known: AnnouncedRecord | undefined) => Decision,
  deps: SettleDeps,
): Promise<Settled> {
  let current = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const decision = decide(current);
    if (decision.next === undefined || (await deps.store.save(decision.next, deps.clock())) === 'saved') {
      const record = saved(decision) ?? current;
      if (record === undefined) return { decision, deliveries: [] };
      return { decision, record, deliveries: await tell(decision.effects, record, deps) };
    }
    current = await deps.store.load(fingerprint);
  }
  throw new ContendedRecordError(fingerprint);
}

const saved = ({ next }: Decision): AnnouncedRecord | undefined => next && { ...next, version: next.version + 1 };

async function tell(
  effects: readonly Effect[],
  record: AnnouncedRecord,
  deps: SettleDeps,
): Promise<readonly Delivered[]> {
  if (effects.length === 0) return [];
  const deliveries = await Promise.all(
    effects.map(async (effect) => ({ effect, delivery: await deps.announce(record, effect.destination, effect.kind) })),
  );
  await recordDeliveries(record, deliveries, deps);
  return deliveries;
}

/** What was told is true whatever else happened to the record, so on a conflict it is marked on the newer record. */
async function recordDeliveries(
  record: AnnouncedRecord,
  deliveries: readonly Delivered[],
  deps: SettleDeps,
): Promise<void> {
  let current: AnnouncedRecord | undefined = record;
  for (let attempt = 0; attempt < ATTEMPTS && current !== undefined; attempt++) {
    const now = deps.clock();
    if ((await deps.store.save(marked(current, record.revision, deliveries, now), now)) === 'saved') return;
    current = await deps.store.load(record.fingerprint);
    if (current?.id !== record.id) return;
  }
  if (current !== undefined) throw new ContendedRecordError(record.fingerprint);
}

function marked(
  record: AnnouncedRecord,
  revision: number,
  deliveries: readonly Delivered[],
  now: Instant,
): AnnouncedRecord {
  const announcements = deliveries.reduce(
    (before, { effect, delivery }) => mark(before, { destination: effect.destination, revision, delivery }, now),
    record.announcements,
  );
  return { ...record, announcements };
}

/** A delivery in the words of the log: `post slack-channel:C0123ABCD: delivered`. */
export function describeDelivery({ effect, delivery }: Delivered): string {
  const answer = delivery.status === 'delivered' ? 'delivered' : `${delivery.status}, ${delivery.failure}`;
  return `${effect.kind} ${destinationKey(effect.destination)}: ${answer}`;
}
