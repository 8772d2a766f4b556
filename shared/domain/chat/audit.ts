import type { Instant } from '../instant.ts';
import { redact } from '../redact.ts';
import { shortHash } from '../short-hash.ts';

/** Who wanted what done to what, and what became of it. Written once and never changed. */
export interface AuditEntry {
  /** `adt-4f0c2a9d1e`; the same for the same entry, so that a repeated write is one. */
  readonly id: string;
  readonly at: Instant;
  /** In Slack the id of the user; on the command line the name that was given, which nothing proves. */
  readonly by: string;
  readonly via: 'slack' | 'cli' | 'slackwater';
  /** The Slack workspace (`T…`). */
  readonly team?: string;
  readonly channel?: string;
  /** The name of a right, or of what needs none: `unmute`, `unfreeze`, `unfold`, `configure`. */
  readonly action: string;
  /**
   * What it was done to, in words that people type: `harbor-prod/checkout`, `harbor-prod` (all of a cluster),
   * `everything`, the id of a plan. What is done to an incident is done to what it is about.
   */
  readonly target: string;
  /** Of the plan that was shown. */
  readonly hash?: string;
  readonly verdict: 'done' | 'refused' | 'failed';
  /** A sentence without secrets: what was done, or why it was not. */
  readonly because: string;
}

/** The trail of everything that people decided. Nothing in it can be changed or taken out. */
export interface AuditStore {
  /** The same entry again changes nothing. */
  readonly append: (entry: AuditEntry) => Promise<void>;
  /** The newest first, 100 unless `limit` says otherwise. */
  readonly listAbout: (target: string, limit?: number) => Promise<readonly AuditEntry[]>;
  /** The newest first; what was just appended may be missing for a moment. */
  readonly listRecent: (limit: number) => Promise<readonly AuditEntry[]>;
}

/** Characters of what people wrote themselves; a longer text is cut visibly. */
const TEXT_LIMIT = 1_000;
const NAME_LIMIT = 300;

/** The entry for what happened, with its id, and without what looks like a secret. */
export function auditEntry(happened: Omit<AuditEntry, 'id'>): AuditEntry {
  const entry = {
    ...happened,
    by: clipped(happened.by, NAME_LIMIT),
    target: clipped(happened.target, NAME_LIMIT),
    because: clipped(redact(happened.because), TEXT_LIMIT),
  };
  return { id: `adt-${shortHash(canonical(entry))}`, ...entry };
}

/** The same text whatever the order of the fields. */
const canonical = (entry: object): string =>
  JSON.stringify(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function clipped(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
