import { notAfterFor } from '../../shared/domain/chat/action-request.ts';
import type { Button } from '../../shared/domain/chat/button.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { days, seconds } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { isUnderWay, newestFirst } from '../../shared/domain/plan/deployments.ts';
import type { ActiveService, ServiceDeployment } from '../../shared/domain/plan/situation.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import { rollBackModal } from '../../shared/render/modal-roll-back.ts';
import { aboutOf, GONE } from './about.ts';
import { askFor, NOT_HERE } from './action-asked.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { callbackOf, metadataOf } from './modal-state.ts';
import { perform, refusalOf } from './perform.ts';
import { aboutIncident, serviceRefOf } from './subjects.ts';
import { onceFor, type Submission } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

const wantedOf = (incident: Incident) =>
  ({ action: 'roll-back', rights: ['roll-back'], ...aboutIncident(incident) }) as const;

/** Shows which deployment would be stopped, as ECS says now, and what ECS returns to. */
export async function openRollBack(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record } = about;
  if (!deps.mayRedeploy) return says('refused', NOT_HERE);
  const obstacle = await refusalOf(wantedOf(record), visit, deps);
  if (obstacle !== undefined) return says(obstacle.decision, obstacle.because);
  const found = await underWay(serviceRefOf(record), visit, deps);
  if ('because' in found) return says('refused', found.because);
  const { deployment, situation } = found;
  const metadata = metadataOf({ button, chosen: [deployment.id], ...(visit.channel && { channel: visit.channel }) });
  const to = newestFirst(situation.deployments).find(({ status }) => status === 'SUCCESSFUL');
  const shown = { name: describeSubject(record.subject), deployment, situation, ...(to && { to }) };
  return showsModal(
    rollBackModal({ callbackId: callbackOf('roll-back'), metadata }, shown),
    `rolling back ${shown.name}`,
  );
}

/** Bound to the deployment that was shown. */
export async function submitRollBack(
  button: Button,
  submission: Submission,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record } = about;
  const service = serviceRefOf(record);
  const found = deps.mayRedeploy ? await underWay(service, visit, deps) : { because: NOT_HERE };
  const shown = submission.state.chosen?.[0] ?? '';
  const obstacle = 'because' in found ? found.because : found.deployment.id === shown ? undefined : ANOTHER;
  if (service === undefined) return says('refused', GONE);
  const asked = {
    kind: 'roll-back',
    deployment: shown,
    service,
    by: visit.request.user.id,
    at: visit.now,
    notAfter: notAfterFor(visit.now),
    about: record.fingerprint,
  } as const;
  const text = `The deployment of ${describeSubject(record.subject)} is to be rolled back`;
  const deed = {
    ...wantedOf(record),
    obstacle,
    once: onceFor(submission, visit),
    act: () => askFor(asked, text, deps),
  };
  const { decision, because } = await perform(deed, visit, deps);
  return says(decision, because);
}

const ANOTHER = 'Another deployment is under way than the one that was shown: nothing was changed.';

interface UnderWay {
  readonly deployment: ServiceDeployment;
  readonly situation: ActiveService;
}

const RESERVE = seconds(8);
/** Whatever span of openings: none are looked at. */
const SPAN = days(1);

/** Already on its way back, it is not asked for again. */
const GOING_BACK = /^ROLLBACK|^STOP/;

async function underWay(
  service: ServiceRef | undefined,
  { now, deadline, policy: { maintenance } }: Visit,
  { reader }: WorkerDeps,
): Promise<UnderWay | { readonly because: string }> {
  if (service === undefined) return { because: 'This is not about a service: there is nothing to roll back.' };
  const terms = { maintenance, lifted: [], range: { from: now, to: now + SPAN }, deadline: deadline - RESERVE };
  const [situation] = await reader.services([service], terms);
  if (situation?.status !== 'active')
    return { because: situation?.because ?? 'ECS could not be asked about the service: try again in a minute.' };
  const [deployment] = newestFirst(situation.deployments).filter(isUnderWay);
  if (deployment === undefined) return { because: 'No deployment of it is under way any more: nothing was changed.' };
  if (GOING_BACK.test(deployment.status)) return { because: 'ECS is rolling it back already: nothing was changed.' };
  if (situation.controller !== 'ECS')
    return { because: `Its deployment controller is ${situation.controller}: whoever runs that has to roll it back.` };
  return { deployment, situation };
}
