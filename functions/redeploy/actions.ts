import { decideAction, outcomeText } from '../../shared/domain/chat/action-news.ts';
import {
  type ActionRequest,
  type ActionStore,
  claimed,
  type Ended,
  told,
  type Wanted,
} from '../../shared/domain/chat/action-request.ts';
import { afterAttempt, nextOfAction } from '../../shared/domain/chat/action-step.ts';
import { type AuditStore, auditEntry } from '../../shared/domain/chat/audit.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import type { DeploymentLook } from '../../shared/effects/actions/deployment-look.ts';
import type { TakeAction } from '../../shared/effects/actions/take-action.ts';
import { describeDelivery, type Invocation, settle } from '../../shared/effects/settle.ts';
import type { TellDeps } from './tell.ts';

export interface ActionDeps extends TellDeps {
  readonly actions: ActionStore;
  readonly look: DeploymentLook;
  /** The only way in which anything in ECS is changed for a person. */
  readonly act: TakeAction;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: () => Instant;
}

/**
 * Takes one request as far as it goes now: claims it, looks at the deployment, asks ECS unless that shows it done, saves
 * what came of it, and says so. Cut off anywhere, the next run goes on: until the claim has run out nobody else begins it,
 * and after that ECS is looked at first. What somebody else saved meanwhile is left to the next run.
 */
export async function carryOut(due: ActionRequest, invocation: Invocation, deps: ActionDeps): Promise<void> {
  const ended = due.status === 'wanted' ? await attempted(due, invocation, deps) : due;
  if (ended?.status !== 'done' && ended?.status !== 'refused') return;
  await tell(ended, invocation, deps);
  await deps.audit.append(entryOf(ended));
  await deps.actions.save(told(ended));
}

/** `undefined` when somebody else is at it. */
async function attempted(due: Wanted, { deadline }: Invocation, deps: ActionDeps): Promise<Wanted | Ended | undefined> {
  const { clock, look, act } = deps;
  const request = await save(claimed(due, deadline), deps);
  if (request === undefined) return undefined;
  const step = nextOfAction(request, await look(request.deployment), clock());
  const next = step.kind === 'take' ? afterAttempt(request, await act(request), clock()) : step.request;
  return save(next, deps);
}

/** The request under the version that it was saved as. */
async function save<Request extends ActionRequest>(
  request: Request,
  { actions }: ActionDeps,
): Promise<Request | undefined> {
  const answer = await actions.save(request);
  return answer === 'conflict' ? undefined : { ...request, version: request.version + 1 };
}

/** Puts what came of it onto its incident. One that is not kept any more has nobody to tell. */
async function tell(request: Ended, invocation: Invocation, deps: ActionDeps): Promise<void> {
  const known = await deps.store.load(request.about);
  if (known?.kind !== 'incident') return;
  const { decision, deliveries } = await settle(
    request.about,
    known,
    // The cast is true: only incidents are saved under the fingerprints of incidents, and none is ever taken away.
    (current) => decideAction(current as Incident, request, { ...invocation, now: deps.clock() }),
    { ...deps, ...invocation },
  );
  const [verdict] = decision.verdicts;
  if (verdict === undefined) return;
  deps.report({
    kind: 'action',
    subject: nameOf({ at: request.service }),
    decision: verdict.outcome,
    reason: verdict.reason,
    because: outcomeText(request),
    incident: known.id,
    severity: known.severity,
    effects: deliveries.map(describeDelivery),
  });
}

/** The same for every run that comes to write it, so it stands in the trail once. */
const entryOf = (request: Ended) =>
  auditEntry({
    at: request.dueAt ?? request.at,
    by: request.by,
    via: 'slackwater',
    // As the right is called that it takes.
    action: request.kind === 'continue-hook' ? 'continue-hook' : 'roll-back',
    target: nameOf({ at: request.service }),
    verdict: request.status === 'done' ? 'done' : 'failed',
    because: outcomeText(request),
  });
