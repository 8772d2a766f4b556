import type { Button } from '../../shared/domain/chat/button.ts';
import { hours, type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { type Decided, decidable } from '../../shared/domain/plan/people/decisions.ts';
import { type RunNow, runNow } from '../../shared/domain/plan/people/orders.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import { logged, type PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { listing } from '../../shared/render/listing.ts';
import { changeWindowModal, FROM, HOURS, SERVICES } from '../../shared/render/modal-change-window.ts';
import { servicesOfValues } from '../../shared/render/modal-services.ts';
import { type ChatAnswer, says, showsModal } from './answer.ts';
import { callbackOf, metadataOf } from './modal-state.ts';
import { perform } from './perform.ts';
import { permittedAmong } from './permitted.ts';
import { openServices, planAbout } from './plan-about.ts';
import { arnsOf, decide, wantedOf } from './plan-decision.ts';
import { onceFor, type Submission, valueOf, valuesOf } from './submission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** Asks for an opening of its own for services of a plan. */
export async function openChangeWindow(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { plan } = about;
  const services = await permittedAmong('run-now', { plan, services: openServices(plan) }, visit, deps);
  if ('because' in services) return says(services.decision, services.because);
  const metadata = metadataOf({ button, hash: plan.hash, ...(visit.channel && { channel: visit.channel }) });
  const of = { callbackId: callbackOf('change-window'), metadata };
  const view = changeWindowModal(of, plan, { services, from: nextHour(visit.now) });
  return showsModal(view, `another opening for ${plan.id}`);
}

const nextHour = (now: Instant): Instant => Math.ceil(now / hours(1)) * hours(1);

/** Whoever fills in a modal takes some minutes. */
const LATE = minutes(15);

/**
 * An order to run services at a chosen time is what comes of it: the windows of the configuration, which is reviewed, stay
 * as they are.
 */
export async function submitChangeWindow(
  button: Button,
  submission: Submission,
  visit: Visit,
  deps: WorkerDeps,
): Promise<ChatAnswer> {
  const about = await planAbout(button, deps);
  if (about.status === 'none') return says('refused', about.because);
  const { record, plan } = about;
  const services = servicesOfValues(openServices(plan), valuesOf(submission, SERVICES));
  const time = timeIn(submission);
  if (services.length === 0 || time === undefined)
    return says('refused', 'Nothing was chosen that is left: nothing was changed.');
  if (time.from < visit.now - LATE) return says('refused', 'That time is over: nothing was changed.');
  if (time.from >= plan.deadline)
    return says(
      'refused',
      `That is later than ${utcMinute(plan.deadline)}, by when it has to be over: nothing was changed.`,
    );
  const { hash = '' } = submission.state;
  const wanted = { by: visit.request.user.id, hash, services: arnsOf(services), until: time.until };
  const text = `gave ${listing(services.map(nameOf))} an opening from ${utcMinute(time.from)} until ${utcMinute(time.until)}, as of hash ${hash}`;
  const deed = {
    ...wantedOf('run-now', plan, services),
    hash,
    once: onceFor(submission, visit),
    act: () =>
      decide(record, (current, now) => appoint(current, { ...wanted, from: time.from, text }, now), text, deps),
  };
  const result = await perform(deed, visit, deps);
  return says(result.decision, result.because);
}

interface Time {
  readonly from: Instant;
  readonly until: Instant;
}

function timeIn(submission: Submission): Time | undefined {
  const [start, length] = [valueOf(submission, FROM), valueOf(submission, HOURS)];
  if (start === undefined || !/^\d{10}$/.test(start)) return undefined;
  if (length === undefined || !/^\d{1,2}$/.test(length)) return undefined;
  const from = seconds(Number(start));
  return { from, until: from + hours(Number(length)) };
}

interface Appointment extends RunNow {
  readonly from: Instant;
  readonly text: string;
}

/** An order of a time to come holds from then on; the plan is looked at every minute until it does. */
function appoint(record: PlanRecord, { from, text, ...wanted }: Appointment, now: Instant): Decided {
  const plan = decidable(record);
  if ('refused' in plan) return plan;
  const next = runNow(plan, wanted, Math.max(from, now));
  if (next === 'changed')
    return {
      refused: `${plan.id} has changed since this was opened: its hash is ${plan.hash} now. Nothing was changed.`,
    };
  if ('refused' in next) return next;
  return { record: { ...logged({ ...record, plan: next }, [{ at: now, by: wanted.by, text }]), dueAt: now } };
}
