import type { Announcement } from './announcement.ts';
import type { Brand } from './brand.ts';
import type { CauseId } from './diagnosis/causes.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Digest } from './digest.ts';
import type { Instant } from './instant.ts';
import type { Place } from './place.ts';
import type { PlanSummary } from './plan/telling/summary.ts';
import type { QuietReason } from './reasons.ts';
import type { Recovery } from './recovery.ts';
import type { Seen } from './seen.ts';
import type { Severity } from './severity.ts';
import type { AffectedEntity } from './signal.ts';
import type { Subject } from './subject.ts';
import type { Utterance } from './timeline.ts';

/** Names one problem: what it is about and its cause. The same problem always has the same fingerprint. */
export type Fingerprint = Brand<string, 'Fingerprint'>;

/** Short public name of a record, shown in messages: `inc-4f0c2a9d1e`, `ntc-…`. */
export type RecordId = Brand<string, 'RecordId'>;

/** What a message says beside the diagnosis; bounded, so that the record stays a few kilobytes. */
export interface Details {
  readonly taskDefinition?: string;
  readonly image?: string;
  readonly imageDigest?: string;
  readonly launchType?: string;
  readonly availabilityZone?: string;
  readonly stopCode?: string;
  /** ECS's own words, redacted and cut visibly. */
  readonly stoppedReason?: string;
  readonly container?: string;
  readonly containerReason?: string;
  readonly exitCode?: number;
  readonly latestTaskId?: string;
  readonly startedBy?: string;
  /** The deployment that failed, or that the task belonged to. */
  readonly deploymentId?: string;
  /** What ECS says about the deployment, redacted and cut visibly. */
  readonly deploymentReason?: string;
  /** ECS gave the deployment up, or a hook of it failed. Without it tasks of the deployment stop and ECS still tries. */
  readonly deploymentFailed?: true;
  /** ECS returns to this earlier deployment. */
  readonly rollback?: { readonly deploymentId?: string };
  /** A pause hook that holds the deployment, or held it. */
  readonly hook?: Hook;
  readonly desired?: number;
  readonly running?: number;
  readonly cpu?: number;
  readonly memory?: number;
  readonly log?: {
    readonly group: string;
    readonly stream: string;
    readonly region: string;
    readonly lines: readonly string[];
  };
  /** The task definition that serves now, beside the one that failed. */
  readonly servingTaskDefinition?: string;
  /** What the deployment changed against the last revision that worked. */
  readonly change?: { readonly from: string; readonly to: string; readonly differences: readonly string[] };
  /** Tasks that failed, and how many ECS lets fail before it gives up. */
  readonly circuitBreaker?: { readonly failures: number; readonly threshold: number };
  /** Who started the deployment: `deploy-bot (session ci-4711), by UpdateService`. */
  readonly actor?: string;
  /** The last service events, newest first. */
  readonly serviceEvents?: readonly string[];
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
}

/** Somebody has to let the deployment go on, or back, before it ends; then ECS does what the hook says. */
export interface Hook {
  readonly id: string;
  /** ARN of the service deployment. */
  readonly deployment: string;
  readonly expiresAt?: Instant;
  readonly status: 'waiting' | 'ended';
}

export interface Recorded {
  readonly id: RecordId;
  readonly fingerprint: Fingerprint;
  readonly severity: Severity;
  /** Counts changes of what a reader would see; a message that shows an older revision is edited. */
  readonly revision: number;
  /** Counts saves; a save states the version it changes. 0 was never saved. */
  readonly version: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly announcements: readonly Announcement[];
  /** What was worth saying, the last of it, in order. */
  readonly timeline: readonly Utterance[];
  /** When something happens to the record without an event: it has recovered for long enough, or was quiet for long. */
  readonly wakeAt?: Instant;
  /** Why nobody is told, where that was decided when the record was opened. */
  readonly silence?: QuietReason;
  /** Those of its service's tags that the routing asks for, to decide again when it gets worse or a mute begins or ends. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What the configuration called the account when it was decided who is told. */
  readonly accountName?: string;
}

/** Who has taken it: by a name of the command line, or `via` Slack by the id of a user there. */
export interface Taker {
  readonly by: string;
  readonly via?: 'slack';
}

/** Open until there is evidence that the problem is over, or nothing was seen of it for long. */
export type IncidentState =
  | {
      readonly status: 'open';
      /** Somebody has taken it: it is not repeated. */
      readonly acknowledged?: Taker & { readonly at: Instant };
    }
  | {
      readonly status: 'resolved';
      /** When it was over, by the evidence, or when it was last seen. */
      readonly at: Instant;
      readonly how: 'recovered' | 'quiet' | 'superseded';
    };

/** One problem of one subject, however many tasks it stops. */
export interface Incident extends Recorded {
  readonly kind: 'incident';
  readonly state: IncidentState;
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  /** Distinct stops seen; of a problem without stops, distinct reports, and those of a deployment are one. */
  readonly occurrences: number;
  /** What was counted, by kind: reports are of no account beside stops. */
  readonly tally: { readonly stops: number; readonly reports: number };
  readonly details: Details;
  /** Which observation each part of the diagnosis and the details is from. */
  readonly origins: Origins;
  readonly seen: Seen;
  /** How many stops of a deployment had each cause. Other incidents have one cause. */
  readonly causes?: Readonly<Partial<Record<CauseId, number>>>;
  /** The newest stops, newest first: when, and for how many seconds the task had run (-1: it never did). */
  readonly stops: readonly Stop[];
  /** Newest affected tasks, newest first. */
  readonly tasks: readonly { readonly at: Instant; readonly id: string }[];
  /** The services that a host or a capacity provider took with it, by name, and how many were left out. */
  readonly services?: readonly string[];
  /** Deployments whose tasks stopped this way, the newest last. */
  readonly deployments: readonly string[];
  /** The newest evidence that the problem is over. */
  readonly recovery?: Recovery;
  /** How often it came back after it was resolved. */
  readonly reopened: number;
  /** When the incident before it in this place was last seen: what is not later was that one's. */
  readonly previousUntil?: Instant;
}

/** Rank, instant and key of an observation: the greatest wins, whatever the order of arrival. */
export type Origin = readonly [rank: number, at: Instant, key: string];

export type Origins = Readonly<Record<string, Origin>>;

export interface Stop {
  readonly at: Instant;
  readonly ran: number;
}

/** One AWS Health notice about ECS, all its pages and updates together. */
export interface Notice extends Recorded {
  readonly kind: 'notice';
  /** Keys of the communications counted, newest last, bounded; a repeated one changes nothing. */
  readonly observed: readonly string[];
  readonly typeCode: string;
  readonly category: string;
  readonly phase?: string;
  readonly affected: Place;
  readonly eventArn: string;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  readonly description: string;
  readonly pages: { readonly seen: readonly number[]; readonly total: number };
  readonly entities: readonly AffectedEntity[];
  readonly isTruncated: boolean;
  /** Somebody asked for this, and AWS knows nothing of it. */
  readonly request?: Request;
  /** What is done about it, as its message says it. */
  readonly plan?: PlanSummary;
}

/** Why tasks are replaced that AWS would leave alone. */
export interface Request {
  readonly by: string;
  readonly why: 'asked' | 'secret-rotation' | 'platform-version';
  /** In their own words. */
  readonly reason?: string;
  /** Every service has an opening from when it was asked for until the deadline, windows and freezes notwithstanding. */
  readonly now?: true;
}

export type AnnouncedRecord = Incident | Notice | Digest;

/** Where a record is stored: everything about one subject shares the partition, so it is loaded with one query. */
export interface RecordKey {
  readonly partition: string;
  readonly sort: string;
}

/** How many communications of a notice are remembered. */
export const OBSERVED_LIMIT = 50;
