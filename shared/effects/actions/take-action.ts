import { ContinueServiceDeploymentCommand } from '@aws-sdk/client-ecs';
import type { ActionRequest } from '../../domain/chat/action-request.ts';
import { nameOf } from '../../domain/plan/plan.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { budgetOf } from '../budget.ts';
import { ANSWER } from '../plan-steps/action-clients.ts';
import { attempt, DONE } from '../plan-steps/attempt.ts';
import { stopDeployment } from '../plan-steps/roll-back.ts';
import type { StepDeps } from '../plan-steps/step-deps.ts';

/** Asks ECS once for what a person wants. Never throws: what AWS answers, or does not answer, is the outcome. */
export type TakeAction = (request: ActionRequest) => Promise<StepOutcome>;

type Deps = Pick<StepDeps, 'clientsAt' | 'budget'>;

/**
 * Under no lock: each call names one deployment for good, so that one which somebody starts meanwhile is never meant, and
 * a person who stops what goes wrong does not wait for a plan. `budget` is the time of one call, 6 seconds unless given.
 */
export const createActionTaker =
  ({ clientsAt, budget = budgetOf(ANSWER) }: Pick<Deps, 'clientsAt'> & Partial<Deps>): TakeAction =>
  async (request) =>
    request.kind === 'roll-back'
      ? stopDeployment({ at: request.service, deployment: request.deployment }, { clientsAt, budget })
      : answerHook(request, { clientsAt, budget });

type HookAnswer = Extract<ActionRequest, { readonly hookId: string }>;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html */
function answerHook(
  { kind, service, deployment, hookId }: HookAnswer,
  { clientsAt, budget }: Deps,
): Promise<StepOutcome> {
  const command = new ContinueServiceDeploymentCommand({
    serviceDeploymentArn: deployment,
    hookId,
    action: kind === 'continue-hook' ? 'CONTINUE' : 'ROLLBACK',
  });
  const deed = { action: 'ecs:ContinueServiceDeployment', on: nameOf({ at: service }), shownBy: 'the deployments' };
  return attempt(deed, budget, async (abortSignal) => {
    await clientsAt(service).ecs.send(command, { abortSignal });
    return DONE;
  });
}
