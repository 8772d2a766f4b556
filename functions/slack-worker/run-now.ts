import type { Button } from '../../shared/domain/chat/button.ts';
import { hours, type Instant } from '../../shared/domain/instant.ts';
import { HOURS, runNowModal, runNowSureModal, SERVICES } from '../../shared/render/modal-run-now.ts';
import { servicesOfValues, serviceValue } from '../../shared/render/modal-services.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { callbackOf, metadataOf } from './modal-state.ts';
import { perform } from './perform.ts';
import { permittedAmong } from './permitted.ts';
import { openServices, type PlanAbout, planAbout } from './plan-about.ts';
import { arnsOf, deedOf } from './plan-decision.ts';
import { onceFor, type Submission, valueOf, valuesOf } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

type Found = Extract<PlanAbout, { readonly status: 'found' }>;

const CALLBACK = callbackOf('run-now');

/** Asks which services, and for how long they may begin. */
export async function openRunNow(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { plan } = about;
  const services = await permittedAmong('run-now', { plan, services: openServices(plan) }, visit, deps);
  if ('because' in services) return says(services.decision, services.because);
  const metadata = metadataOf({ button, hash: plan.hash, ...(visit.channel && { channel: visit.channel }) });
  return showsModal(runNowModal({ callbackId: CALLBACK, metadata }, plan, services), `what of ${plan.id} to run now`);
}

/** The first submission is answered by what would happen; the second, of that answer, orders it. */
export async function submitRunNow(
  button: Button,
  submission: Submission,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { chosen, length } = submission.state;
  return chosen === undefined || length === undefined
    ? confirm(about, submission, visit)
    : order(about, { submission, chosen, until: deps.clock() + length }, visit, deps);
}

/** As the plan is now: what it was when the services were chosen does not matter any more. */
function confirm({ plan }: Found, submission: Submission, { now }: Visit): ChatAnswer {
  const services = servicesOfValues(openServices(plan), valuesOf(submission, SERVICES));
  const given = valueOf(submission, HOURS);
  if (services.length === 0 || given === undefined || !/^\d{1,2}$/.test(given))
    return says('refused', 'Nothing was chosen that is left: nothing was changed.');
  const length = hours(Number(given));
  const chosen = services.map(serviceValue);
  const metadata = metadataOf({ ...submission.state, hash: plan.hash, chosen, length });
  const view = runNowSureModal({ callbackId: CALLBACK, metadata }, plan, { services, until: now + length });
  return showsModal(view, `what running ${plan.id} now would do`);
}

interface Sure {
  readonly submission: Submission;
  readonly chosen: readonly string[];
  readonly until: Instant;
}

async function order(
  about: Found,
  { submission, chosen, until }: Sure,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const services = servicesOfValues(openServices(about.plan), chosen);
  if (services.length < chosen.length)
    return says('refused', 'Some of these services are over meanwhile: nothing was changed.');
  const { hash = '' } = submission.state;
  const decision = { kind: 'run-now', by: visit.request.user.id, hash, services: arnsOf(services), until } as const;
  const deed = { ...deedOf(decision, about, services, deps), once: onceFor(submission, visit) };
  const result = await perform(deed, visit, deps);
  return says(result.decision, result.because);
}
