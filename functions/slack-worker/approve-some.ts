import type { Button } from '../../shared/domain/chat/button.ts';
import { approveSomeModal, SERVICES } from '../../shared/render/modal-approve-some.ts';
import { servicesOfValues } from '../../shared/render/modal-services.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { callbackOf, metadataOf } from './modal-state.ts';
import { perform } from './perform.ts';
import { permittedAmong } from './permitted.ts';
import { openServices, planAbout } from './plan-about.ts';
import { arnsOf, deedOf, ownApproval } from './plan-decision.ts';
import { onceFor, type Submission, valuesOf } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** Shows what an approval of each service agrees to, as the plan is now. */
export async function openApproveSome(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { plan } = about;
  const services = await permittedAmong('approve', { plan, services: openServices(plan) }, visit, deps);
  if ('because' in services) return says(services.decision, services.because);
  const metadata = metadataOf({ button, hash: plan.hash, ...(visit.channel && { channel: visit.channel }) });
  const view = approveSomeModal({ callbackId: callbackOf('approve-some'), metadata }, plan, services);
  return showsModal(view, `the terms of ${plan.id}`);
}

/** The approval binds to the hash that was shown. */
export async function submitApproveSome(
  button: Button,
  submission: Submission,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const services = servicesOfValues(openServices(about.plan), valuesOf(submission, SERVICES));
  if (services.length === 0) return says('refused', 'No service was chosen that is left: nothing was changed.');
  const { hash = '' } = submission.state;
  const decision = { kind: 'approve', by: visit.request.user.id, hash, services: arnsOf(services) } as const;
  const obstacle = ownApproval(visit.request.user.id, about.plan, visit.policy);
  const deed = { ...deedOf(decision, about, services, deps), obstacle, once: onceFor(submission, visit) };
  const result = await perform(deed, visit, deps);
  return says(result.decision, result.because);
}
