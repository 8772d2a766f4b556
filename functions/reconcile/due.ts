import { type Circumstances, catchUp, decideDigest } from '../../shared/domain/decide.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import { archiveFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { owedSince } from '../../shared/domain/owed.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import { describeDelivery, type Invocation, type SettleDeps, settle } from '../../shared/effects/settle.ts';

export interface DueDeps extends SettleDeps {
  /** Called for every record that was due, with what became of it. */
  readonly report: (outcome: Outcome) => void;
  readonly reportFailure: (recordId: string, error: unknown) => void;
}

/** How many records one run takes up; what is left is due again in the next, a minute later. */
const LIMIT = 100;
/** Stops taking up work this long before the function is stopped. */
const RESERVE = 5_000;

/**
 * Does what is due: tells what could not be told before, closes what is over, brings digests up to date. One record's
 * trouble does not hold up the others; it is due again next time. Answers since when the oldest message has been owed.
 */
export async function settleDue(invocation: Invocation, deps: DueDeps): Promise<Instant | undefined> {
  const due = await deps.store.loadDue(deps.clock(), LIMIT);
  for (const record of due) {
    if (deps.clock() > invocation.deadline - RESERVE) break;
    await settleRecord(record, invocation, deps);
  }
  const owed = due.flatMap((record) => owedSince(record) ?? []);
  return owed.length === 0 ? undefined : Math.min(...owed);
}

/** Does what is due of one record. */
export async function settleRecord(record: AnnouncedRecord, invocation: Invocation, deps: DueDeps): Promise<void> {
  try {
    const decide = await decider(record, deps);
    const settled = await settle(
      record.fingerprint,
      record,
      (known) => decide(known ?? record, { ...invocation, now: deps.clock() }),
      { ...deps, ...invocation },
    );
    const [verdict] = settled.decision.verdicts;
    if (verdict === undefined) return;
    const { outcome, ...why } = verdict;
    const effects = settled.deliveries.map(describeDelivery);
    const subject = record.kind === 'incident' ? { subject: describeSubject(record.subject) } : {};
    const about = { ...subject, incident: record.id, severity: record.severity };
    deps.report({ kind: 'due', decision: outcome, ...why, ...about, effects });
  } catch (error) {
    deps.reportFailure(record.id, error);
  }
}

/** The incidents of a digest, also those whose place another one has taken. */
async function loadListed({ entries }: Digest, store: RecordStore): Promise<readonly AnnouncedRecord[]> {
  const current = await store.loadMany(entries.map(({ fingerprint }) => fingerprint));
  const found = new Set(current.map(({ id }) => id));
  const replaced = entries.filter(({ id }) => !found.has(id));
  return [
    ...current,
    ...(await store.loadMany(replaced.map((entry) => archiveFingerprint(entry.fingerprint, entry.id)))),
  ];
}

type Decide = (known: AnnouncedRecord, circumstances: Circumstances) => Decision;

/** A digest is decided on with the incidents in it as they are now. */
async function decider(record: AnnouncedRecord, { store }: DueDeps): Promise<Decide> {
  if (record.kind !== 'digest') return catchUp;
  const listed = await loadListed(record, store);
  // The cast is true: only digests are saved under the fingerprint of a digest.
  return (known, circumstances) => decideDigest(known as Digest, listed, circumstances);
}
