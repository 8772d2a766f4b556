import type { Button } from '../../shared/domain/chat/button.ts';
import { scopeName } from '../../shared/domain/chat/scope.ts';
import { setMute } from '../../shared/domain/chat/standing.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { endText, type MuteEnd, withNextDeployment } from '../../shared/domain/mute.ts';
import { isHome } from '../../shared/domain/place.ts';
import { serviceOf } from '../../shared/domain/subject.ts';
import type { PlaceSelector } from '../../shared/domain/windows/maintenance.ts';
import { saveOrders } from '../../shared/effects/stores/save-orders.ts';
import { MINUTES, muteModal, REASON, UNTIL_DEPLOYMENT, WHAT } from '../../shared/render/modal-mute.ts';
import { aboutOf, GONE } from './about.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { callbackOf, metadataOf } from './modal-state.ts';
import { done, perform, type Result, refusalOf, refused } from './perform.ts';
import { aboutIncident, placeOf } from './subjects.ts';
import { onceFor, type Submission, valueOf } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

const wantedOf = (incident: Incident) => ({ action: 'mute', rights: ['mute'], ...aboutIncident(incident) }) as const;

/** Asks for how long nobody is to be told, and of what. */
export async function openMute(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record } = about;
  const obstacle = await refusalOf(wantedOf(record), visit, deps);
  if (obstacle !== undefined) return says(obstacle.decision, obstacle.because);
  const metadata = metadataOf({ button, ...(visit.channel && { channel: visit.channel }) });
  return showsModal(muteModal({ callbackId: callbackOf('mute'), metadata }, record), `a mute for ${record.id}`);
}

/** A mute is about a place and a time, and not about how the incident stands: it is never out of date. */
export async function submitMute(
  button: Button,
  submission: Submission,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record } = about;
  const act = () => mute(record, submission, visit, deps);
  const deed = { ...wantedOf(record), once: onceFor(submission, visit), act };
  const { decision, because } = await perform(deed, visit, deps);
  return says(decision, because);
}

async function mute(incident: Incident, submission: Submission, visit: Visit, deps: WorkerDeps): Promise<Result> {
  const end = endOf(valueOf(submission, MINUTES), visit.now);
  if (end === undefined) return refused('It was not said for how long: nothing was changed.');
  const isWhole = valueOf(submission, WHAT) === 'all' && serviceOf(incident.subject) !== undefined;
  const place = placeIn(incident, visit);
  const where = { ...place, ...(!isWhole && { causes: [incident.diagnosis.cause] }) };
  const reason = valueOf(submission, REASON) ?? `asked for in Slack, for ${incident.id}`;
  const saved = await saveOrders(
    (orders) => setMute(orders, { by: visit.request.user.id, where, ...end, reason }, visit.now),
    deps,
  );
  if (saved === undefined)
    return { decision: 'failed', because: 'Others changed the mutes again and again: try again.' };
  if ('refused' in saved) return refused(saved.refused);
  const what = isWhole ? 'anything' : incident.diagnosis.cause;
  return done(
    `Nobody is told of ${what} about ${scopeName(place)} until ${endText(end)} (${saved.set.id}). It holds everywhere within a minute.`,
  );
}

function endOf(chosen: string | undefined, now: Instant): MuteEnd | undefined {
  if (chosen === UNTIL_DEPLOYMENT) return withNextDeployment(now);
  const length = Number(chosen);
  return Number.isInteger(length) && length > 0 ? { until: now + minutes(length) } : undefined;
}

/** Where there are several accounts, one that has a service of the same name is not meant. */
function placeIn(incident: Incident, { home, policy }: Visit): PlaceSelector {
  const { at } = incident.subject;
  const isAlone = isHome(at, home) && policy.accounts.length === 0;
  return { ...(!isAlone && { accounts: [at.account], regions: [at.region] }), ...placeOf(incident) };
}
