import type { Button } from '../../shared/domain/chat/button.ts';
import type { RightName } from '../../shared/domain/chat/rights.ts';
import { catchUp } from '../../shared/domain/decide.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { days, hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import { openRequest } from '../../shared/domain/plan/people/request.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import { newPlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { redact } from '../../shared/domain/redact.ts';
import { settle } from '../../shared/effects/settle.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { REASON, redeployModal, redeployNowModal, WHEN } from '../../shared/render/modal-redeploy.ts';
import { aboutOf, GONE } from './about.ts';
import { NOT_HERE } from './action-asked.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { serviceIn } from './commands/service-named.ts';
import { type Prospect, prospect } from './hypothetical-plan.ts';
import { callbackOf, type ModalState, metadataOf } from './modal-state.ts';
import { done, perform, type Result, refusalOf, type Wanted } from './perform.ts';
import { serviceRefOf, serviceSubject } from './subjects.ts';
import { onceFor, type Submission, valueOf } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

const CALLBACK = callbackOf('redeploy');

/** As long as AWS waits by default before it retires; what is not to wait is not to be forgotten either. */
const TIME = days(7);
const TIME_NOW = hours(24);

/** From the button of an incident. */
export async function openRedeploy(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const at = serviceRefOf(about.record);
  if (at === undefined) return says('refused', 'This is not about a service: there is nothing to redeploy.');
  return show(at, {}, visit, deps);
}

/** From the command: `words` is what stands behind `redeploy`. */
export async function openRedeployOf(words: string, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const at = serviceIn(words.trim(), visit.home);
  if (at === undefined)
    return says('refused', 'Say which service: redeploy CLUSTER/SERVICE, as in "redeploy harbor-prod/checkout".');
  return show(at, {}, visit, deps);
}

const wantedOf = (at: ServiceRef, rights: readonly RightName[]): Wanted => ({
  action: 'redeploy',
  rights,
  subjects: [serviceSubject(at)],
  target: nameOf({ at }),
});

async function show(
  at: ServiceRef,
  { isChanged = false }: { readonly isChanged?: boolean },
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  if (!deps.mayRedeploy) return says('refused', NOT_HERE);
  const obstacle = await refusalOf(wantedOf(at, ['redeploy']), visit, deps);
  if (obstacle !== undefined) return says(obstacle.decision, obstacle.because);
  const seen = await prospect(at, { asked: visit.now, deadline: visit.now + TIME }, visit, deps);
  if ('because' in seen) return says('refused', seen.because);
  const state = { service: serviceArn(at), hash: seen.service.hash, at: visit.now };
  const metadata = metadataOf({ ...state, ...(visit.channel && { channel: visit.channel }) });
  const view = redeployModal({ callbackId: CALLBACK, metadata }, seen, { isChanged });
  return showsModal(view, `what redeploying ${nameOf({ at })} would do`);
}

/** The service and everything about it is read again; whoever wants it at once is asked once more. */
export async function submitRedeploy(submission: Submission, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const { service = '', hash, at: asked, chosen } = submission.state;
  const at = serviceIn(service, visit.home);
  if (at === undefined || asked === undefined)
    return says('refused', 'This modal is of another version: open it again.');
  if (!deps.mayRedeploy) return says('refused', NOT_HERE);
  const seen = await prospect(at, { asked, deadline: asked + TIME }, visit, deps);
  if ('because' in seen) return says('refused', seen.because);
  if (seen.service.hash !== hash) return show(at, { isChanged: true }, visit, deps);
  const isSure = chosen !== undefined;
  const isNow = isSure || valueOf(submission, WHEN) === 'now';
  const wanted = wantedOf(at, isNow ? ['redeploy', 'run-now'] : ['redeploy']);
  if (isNow && !isSure) return confirm(at, seen, { wanted, submission }, visit, deps);
  const asking = { at, isNow, ...reasonOf(submission) };
  const deed = {
    ...wanted,
    once: [...onceFor(submission, visit), onceForService(at, visit)],
    act: () => ask(asking, visit, deps),
  };
  const { decision, because } = await perform(deed, visit, deps);
  return says(decision, because);
}

/** Two people who ask for the same within this time mean the same. */
const SAME = minutes(5);

const onceForService = (at: ServiceRef, { now }: Visit) => ({ name: `redeploy#${serviceArn(at)}`, until: now + SAME });

interface Confirming {
  readonly wanted: Wanted;
  readonly submission: Submission;
}

async function confirm(
  at: ServiceRef,
  seen: Prospect,
  { wanted, submission }: Confirming,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const obstacle = await refusalOf(wanted, visit, deps);
  if (obstacle !== undefined) return says(obstacle.decision, obstacle.because);
  const state: ModalState = { ...submission.state, chosen: ['now'], ...reasonOf(submission) };
  const view = redeployNowModal({ callbackId: CALLBACK, metadata: metadataOf(state) }, seen);
  return showsModal(view, `what redeploying ${nameOf({ at })} now would do`);
}

function reasonOf(submission: Submission): { readonly reason?: string } {
  const reason = submission.state.reason ?? oneLine(redact(valueOf(submission, REASON) ?? ''));
  return reason === '' ? {} : { reason };
}

interface Asking {
  readonly at: ServiceRef;
  readonly isNow: boolean;
  readonly reason?: string;
}

/** By then the request itself is stored, or nobody has asked. */
const HEAD_START = seconds(15);

/** The plan first: cut off in between, it finds nothing that it is for and ends, and nobody is told of a plan that never was. */
async function ask({ at, isNow, reason }: Asking, visit: Visit, deps: WorkerDeps): Promise<Result> {
  const { policy, deadline } = visit;
  const request = requestOf({ at, isNow, ...(reason && { reason }) }, visit);
  const plan = { ...newPlanRecord(request.fingerprint, visit.now), dueAt: visit.now + HEAD_START };
  await deps.plans.save(plan, visit.now);
  await settle(
    request.fingerprint,
    request,
    (known) => catchUp(known ?? request, { policy, deadline, now: deps.clock() }),
    { ...deps, policy, deadline },
  );
  await deps.plans.save({ ...plan, version: 1, dueAt: deps.clock() }, deps.clock());
  await deps.wake();
  const when = isNow ? 'at once' : 'in its windows';
  return done(`${plan.id}: ${nameOf({ at })} is to be redeployed ${when}. Its message says how it goes.`);
}

function requestOf({ at, isNow, reason }: Asking, { request, now }: Visit): Notice {
  const { partition, region, account } = at;
  const asked = { by: request.user.id, why: 'asked', services: [at], place: { partition, region, account } } as const;
  const deadline: Instant = now + (isNow ? TIME_NOW : TIME);
  return openRequest({ ...asked, deadline, isNow, ...(reason && { reason }) }, now);
}
