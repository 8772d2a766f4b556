import { noticeFingerprint, recordId } from '../../fingerprint.ts';
import type { Notice, Request } from '../../incident.ts';
import type { Instant } from '../../instant.ts';
import { type Place, type ServiceRef, serviceArn } from '../../place.ts';
import { shortHash } from '../../short-hash.ts';
import { REDEPLOYMENT_REQUEST } from '../../signal.ts';
import { say } from '../../timeline.ts';

/** What somebody asks for who wants tasks replaced that AWS would leave alone. */
export interface Asked {
  readonly by: string;
  readonly why: Request['why'];
  /** In their own words. */
  readonly reason?: string;
  /** At least one, all of `place`. */
  readonly services: readonly ServiceRef[];
  /** By when it is to be over. */
  readonly deadline: Instant;
  readonly place: Place;
  /** At once, and not when a window opens. */
  readonly isNow?: boolean;
}

/**
 * The record of a request, as if it were a notice of AWS Health: it is announced, planned for and proved like one. Its event
 * ARN is made up, `slackwater:redeployment/<hash>`, and names this very request; two at the same moment are one.
 */
export function openRequest({ by, why, reason, services, deadline, place, isNow }: Asked, now: Instant): Notice {
  const eventArn = `slackwater:redeployment/${shortHash(JSON.stringify([by, now, services.map(serviceArn)]))}`;
  const fingerprint = noticeFingerprint(place, eventArn);
  return {
    kind: 'notice',
    id: recordId('ntc', fingerprint, now),
    fingerprint,
    severity: 'low',
    revision: 1,
    version: 0,
    firstSeen: now,
    lastSeen: now,
    announcements: [],
    timeline: say([], { reason: 'first', text: REDEPLOYMENT_REQUEST }, now),
    observed: [],
    typeCode: REDEPLOYMENT_REQUEST,
    category: 'request',
    affected: place,
    eventArn,
    startsAt: deadline,
    description: reason ?? '',
    pages: { seen: [1], total: 1 },
    entities: services.map((at) => ({ kind: 'service', at })),
    isTruncated: false,
    request: { by, why, ...(reason !== undefined && { reason }), ...(isNow === true && { now: true }) },
  };
}
