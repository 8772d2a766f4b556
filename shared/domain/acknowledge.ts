import type { Incident, Taker } from './incident.ts';
import type { Instant } from './instant.ts';
import { say } from './timeline.ts';

/**
 * The incident once `taker` has taken it at `now`: its message and its thread say so, and it is not repeated. A name when
 * there is nothing to take: somebody has taken it before, or it is over.
 */
export function acknowledge(incident: Incident, taker: Taker, now: Instant): Incident | 'already' | 'resolved' {
  const { state } = incident;
  if (state.status === 'resolved') return 'resolved';
  if (state.acknowledged !== undefined) return 'already';
  return {
    ...incident,
    state: { status: 'open', acknowledged: { ...taker, at: now } },
    revision: incident.revision + 1,
    timeline: say(incident.timeline, { reason: 'step', text: `acknowledged by ${taker.by}` }, now),
  };
}
