import { unfolded } from './announcement.ts';
import { crashLoop } from './crash-loop.ts';
import type { Incident } from './incident.ts';
import { quietAfter } from './incident-life.ts';
import { type Instant, minutes, seconds } from './instant.ts';
import type { Policy } from './policy.ts';
import { present } from './present.ts';
import type { TimelineReason } from './reasons.ts';
import { holdDown, isRecovering } from './recovery.ts';
import { isAtLeast } from './severity.ts';
import { say } from './timeline.ts';
import { type Waste, wasteOf } from './watchdog-waste.ts';

/** `wakeAt` moves with every sighting; in steps, so that the index of what is due is not rewritten each time. */
const WAKE_STEP = minutes(30);

/** The incident with whatever is worth saying about how it got here from `before`, and when to look at it again. */
export function progressed(
  before: Incident | undefined,
  after: Incident,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Incident {
  const settled = reopenedIf(before, after, now);
  const news = newsOf(before, settled);
  const timeline = news.reduce((said, one) => say(said, one, now), settled.timeline);
  return waking({ ...settled, timeline }, policy);
}

/** What time alone does to an incident: it is closed, or told again. The same incident when nothing does. */
export function aged(incident: Incident, policy: Policy, now: Instant): Incident {
  if (incident.state.status === 'resolved') return incident;
  const end = endOf(incident, policy);
  if (end.at <= now) return ended(incident, end, now);
  const again = repeatAt(incident, policy);
  if (again === undefined || again > now) return waking(incident, policy);
  const text = ['still open', counted(incident), wasteBy(incident, now)?.sentence ?? []].flat().join(', ');
  return waking({ ...incident, timeline: say(incident.timeline, { reason: 'repeat', text }, now) }, policy);
}

/**
 * A stop after the evidence that it was over. What came late but happened before changes nothing of that. Where a digest
 * told it, the gate is asked again: that digest may be over.
 */
function reopenedIf(before: Incident | undefined, after: Incident, now: Instant): Incident {
  if (before === undefined || after.state.status !== 'resolved' || after.lastSeen <= after.state.at) return after;
  return {
    ...after,
    state: { status: 'open' },
    reopened: after.reopened + 1,
    announcements: after.announcements.map((announcement) => unfolded(announcement, now)),
  };
}

interface News {
  readonly reason: TimelineReason;
  readonly text: string;
}

function newsOf(before: Incident | undefined, after: Incident): readonly News[] {
  if (before === undefined) return [{ reason: 'first', text: after.diagnosis.summary }];
  const { details } = after;
  return [
    wasReopened(before, after) ? { reason: 'reopened' as const, text: `it is back: ${after.diagnosis.summary}` } : [],
    isAtLeast(before.severity, after.severity)
      ? []
      : { reason: 'worse' as const, text: `severity ${after.severity} now, was ${before.severity}` },
    details.deploymentFailed && !before.details.deploymentFailed
      ? { reason: 'step' as const, text: details.deploymentReason ?? 'the deployment failed' }
      : [],
    details.rollback && !before.details.rollback ? { reason: 'step' as const, text: 'ECS rolls back' } : [],
    hasNothingRunning(after) && !hasNothingRunning(before)
      ? { reason: 'worse' as const, text: `none of ${details.desired} tasks is running` }
      : [],
    ...goesOnForHours(before, after),
    magnitude(after) > magnitude(before) ? { reason: 'many-more' as const, text: counted(after) } : [],
  ].flat();
}

const hasNothingRunning = ({ details: { desired = 0, running } }: Incident): boolean => desired > 0 && running === 0;

/** Once, when tasks have started and stopped for hours. */
function goesOnForHours(before: Incident, after: Incident): readonly News[] {
  const waste = wasteBy(after);
  return waste === undefined || wasteBy(before) !== undefined ? [] : [{ reason: 'worse', text: waste.sentence }];
}

function wasteBy(incident: Incident, now: Instant = incident.lastSeen): Waste | undefined {
  const { firstSeen, lastSeen, tally, details } = incident;
  const ran = crashLoop(incident)?.ran;
  const { cpu, memory, launchType } = details;
  const loop = present({ cpu, memory, launchType, meanLifetime: ran === undefined ? undefined : seconds(ran) });
  return wasteOf({ firstSeen, lastSeen, occurrences: tally.stops, ...loop }, now);
}

const wasReopened = (before: Incident, after: Incident): boolean => after.reopened > before.reopened;

/** 1, 10, 100, … */
const magnitude = ({ occurrences }: Incident): number => Math.floor(Math.log10(Math.max(1, occurrences)));

const counted = ({ occurrences, stops }: Incident): string => {
  const noun = stops.length > 0 ? 'stop' : 'report';
  return `${occurrences} ${noun}${occurrences === 1 ? '' : 's'} by now`;
};

interface End {
  readonly at: Instant;
  readonly how: 'recovered' | 'quiet';
}

/** When the incident is over if nothing more is seen of it. */
function endOf(incident: Incident, policy: Policy): End {
  const quiet: End = { at: incident.lastSeen + quietAfter(incident.subject, policy), how: 'quiet' };
  if (incident.recovery === undefined || !isRecovering(incident)) return quiet;
  const recovered: End = { at: incident.recovery.at + holdDown(incident, policy), how: 'recovered' };
  return recovered.at <= quiet.at ? recovered : quiet;
}

function ended(incident: Incident, { how }: End, now: Instant): Incident {
  const at = how === 'recovered' ? (incident.recovery?.at ?? incident.lastSeen) : incident.lastSeen;
  const { wakeAt: _, ...rest } = incident;
  const text = how === 'recovered' ? recoveredText(incident) : 'nothing more was seen of it, so it is closed';
  return {
    ...rest,
    state: { status: 'resolved', at, how },
    revision: incident.revision + 1,
    timeline: say(incident.timeline, { reason: 'resolved', text }, now),
  };
}

/** The incident as another one takes its place: nothing more will be heard of it. */
export function replaced(incident: Incident, now: Instant): Incident {
  if (incident.state.status === 'resolved') return incident;
  if (incident.subject.kind !== 'deployment') return ended(incident, { at: incident.lastSeen, how: 'quiet' }, now);
  const { wakeAt: _, ...rest } = incident;
  return {
    ...rest,
    state: { status: 'resolved', at: now, how: 'superseded' },
    revision: incident.revision + 1,
    timeline: say(incident.timeline, { reason: 'resolved', text: 'a later deployment is in trouble too' }, now),
  };
}

/** How the problem ended, as a clause: `the service reached steady state`. */
export function recoveredText({ recovery, details, subject }: Incident): string {
  const serves = details.servingTaskDefinition ?? recovery?.taskDefinition;
  if (subject.kind === 'deployment' && details.rollback !== undefined)
    return `failed, rolled back${serves ? ` to ${serves}` : ''}`;
  switch (recovery?.kind) {
    case 'deployment-completed':
      return subject.kind === 'deployment' && recovery.deploymentId === details.deploymentId
        ? 'the deployment completed after all'
        : 'a later deployment completed';
    case 'job-succeeded':
      return 'the next run of the job succeeded';
    case 'host-healthy':
      return 'the container instance is healthy again';
    case 'steady-state':
    case undefined:
      return 'the service reached steady state';
  }
}

/** Of what nobody has taken: so long after it was last spoken of. */
function repeatAt({ state, timeline, silence }: Incident, { repeatAfter }: Policy): Instant | undefined {
  const last = timeline.at(-1);
  if (repeatAfter === undefined || last === undefined || silence !== undefined) return undefined;
  return state.status === 'open' && state.acknowledged === undefined ? last.at + repeatAfter : undefined;
}

function waking(incident: Incident, policy: Policy): Incident {
  const { wakeAt: before, ...rest } = incident;
  if (incident.state.status === 'resolved') return before === undefined ? incident : rest;
  const end = endOf(incident, policy);
  const soonest = Math.min(end.at, repeatAt(incident, policy) ?? end.at);
  const wakeAt = end.how === 'recovered' ? soonest : Math.ceil(soonest / WAKE_STEP) * WAKE_STEP;
  return before === wakeAt ? incident : { ...rest, wakeAt };
}
