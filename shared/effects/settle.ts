import { type Delivery, mark } from '../domain/announcement.ts';
import type { Announcer } from '../domain/announcer.ts';
import { contentOf } from '../domain/content.ts';
import type { Decision, Effect } from '../domain/decision.ts';
import { type Destination, destinationKey } from '../domain/destination.ts';
import { withFallback } from '../domain/fallback.ts';
import { archiveFingerprint } from '../domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { RecordStore } from '../domain/store.ts';
import type { Gate } from './gate.ts';

export interface SettleDeps {
  readonly store: RecordStore;
  readonly announce: Announcer;
  /** Whether a new problem gets a message of its own, or goes into the digest of a storm. */
  readonly gate: Gate;
  readonly clock: () => Instant;
  /** Waits a little, by chance, before a record that somebody else saved first is tried again. */
  readonly pause?: (attempt: number) => Promise<void>;
}

/** What holds for one invocation. */
export interface Invocation {
  readonly policy: Policy;
  /** When the function is stopped at the latest. */
  readonly deadline: Instant;
}

type Deps = SettleDeps & Invocation;

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

/**
 * Every round of writers has one winner, so that so many rounds let in more writers than the mapping's concurrency and the
 * reconciler, each with several saves of one record in a batch.
 */
const ATTEMPTS = 40;

/**
 * Runs a decision: saves the record under the version that was decided on, then tells, then records who was told. When
 * somebody else saved first, loads and decides again. `known` is the record as the caller has just loaded it.
 */
export async function settle(
  fingerprint: Fingerprint,
  known: AnnouncedRecord | undefined,
  decide: (known: AnnouncedRecord | undefined) => Decision,
  deps: Deps,
): Promise<Settled> {
  let current = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const decision = decide(current);
    if (await run(decision, deps)) {
      const record = saved(decision) ?? current;
      if (record === undefined) return { decision, deliveries: [] };
      return { decision, record, deliveries: await tell(decision.effects, record, deps) };
    }
    await deps.pause?.(attempt);
    current = await deps.store.load(fingerprint);
  }
  throw new ContendedRecordError(fingerprint);
}

/** Saves, first what `next` takes the place of: nothing that it still owes is lost when this ends in between. */
async function run({ next, archive }: Decision, deps: SettleDeps): Promise<boolean> {
  if (archive !== undefined) await keep(archive, deps);
  return next === undefined || (await deps.store.save(next, deps.clock())) === 'saved';
}

/** An earlier attempt may have put it there, as it was then; once the reconciler has taken it up it is left alone. */
async function keep(archive: AnnouncedRecord, { store, clock }: SettleDeps): Promise<void> {
  if ((await store.save(archive, clock())) === 'saved') return;
  const kept = await store.load(archive.fingerprint);
  if (kept?.version === 1) await store.save({ ...archive, version: 1 }, clock());
}

const saved = ({ next }: Decision): AnnouncedRecord | undefined => next && { ...next, version: next.version + 1 };

async function tell(effects: readonly Effect[], record: AnnouncedRecord, deps: Deps): Promise<readonly Delivered[]> {
  if (effects.length === 0) return [];
  const attempts = await Promise.allSettled(
    effects.map(async (effect) => ({ effect, delivery: await deliver(effect, record, deps) })),
  );
  const deliveries = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? attempt.value : []));
  if (deliveries.length > 0) await recordDeliveries(record, deliveries, deps);
  // What went through is marked before anybody hears of what did not.
  for (const attempt of attempts) if (attempt.status === 'rejected') throw attempt.reason;
  return deliveries;
}

async function deliver({ kind, destination }: Effect, record: AnnouncedRecord, deps: Deps): Promise<Delivery> {
  if (kind === 'post' && record.kind === 'incident' && isFirstPost(record, destination)) {
    const admission = await deps.gate.admit(record, destination, deps);
    if (admission.kind === 'folded') return { status: 'folded', digest: admission.digest };
  }
  return deps.announce(record, destination, kind);
}

/** What a topic is told later about a known incident, and what stands in for a channel, is nothing new. */
function isFirstPost({ announcements }: AnnouncedRecord, destination: Destination): boolean {
  const key = destinationKey(destination);
  return announcements.some(
    (announcement) =>
      announcement.status === 'claimed' &&
      announcement.insteadOf === undefined &&
      destinationKey(announcement.destination) === key,
  );
}

/** What was told is true whatever else happened to the record, so on a conflict it is marked on the newer record. */
async function recordDeliveries(record: AnnouncedRecord, deliveries: readonly Delivered[], deps: Deps): Promise<void> {
  let current: AnnouncedRecord | undefined = record;
  for (let attempt = 0; attempt < ATTEMPTS && current !== undefined; attempt++) {
    const now = deps.clock();
    const next = marked(current, { told: record, deliveries, policy: deps.policy }, now);
    if ((await deps.store.save(next, now)) === 'saved') return;
    await deps.pause?.(attempt);
    current = await findAgain(record, deps.store);
  }
  if (current !== undefined) throw new ContendedRecordError(record.fingerprint);
}

/** Where it is kept now: another record may have taken its place meanwhile. */
async function findAgain(record: AnnouncedRecord, store: RecordStore): Promise<AnnouncedRecord | undefined> {
  const current = await store.load(record.fingerprint);
  return current?.id === record.id ? current : store.load(archiveFingerprint(record.fingerprint, record.id));
}

interface Told {
  readonly told: AnnouncedRecord;
  readonly deliveries: readonly Delivered[];
  readonly policy: Policy;
}

function marked(record: AnnouncedRecord, { told, deliveries, policy }: Told, now: Instant): AnnouncedRecord {
  const content = contentOf(told);
  const announcements = deliveries.reduce((before, { effect, delivery }) => {
    const attempt = { destination: effect.destination, step: effect.kind, delivery, content };
    return withFallback(mark(before, attempt, now), attempt, policy, now);
  }, record.announcements);
  return { ...record, announcements };
}

/** A delivery in the words of the log: `post slack-channel:C0123ABCD: delivered`. */
export function describeDelivery({ effect, delivery }: Delivered): string {
  return `${effect.kind} ${destinationKey(effect.destination)}: ${answered(delivery)}`;
}

function answered(delivery: Delivery): string {
  switch (delivery.status) {
    case 'delivered':
      return 'delivered';
    case 'folded':
      return 'folded into the digest';
    case 'deferred':
    case 'blocked':
    case 'refused':
      return `${delivery.status}, ${delivery.failure}`;
  }
}
