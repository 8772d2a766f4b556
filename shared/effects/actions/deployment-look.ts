import { DescribeServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import type { DeploymentSeen } from '../../domain/chat/action-step.ts';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import { placeOfArn } from '../../domain/place.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';

/** How a service deployment stands now, by its ARN. Never throws: what could not be read is missing, with its reason. */
export type DeploymentLook = (deployment: string) => Promise<Gathered<DeploymentSeen>>;

const TIMEOUT = seconds(5);

const QUESTION: Question = {
  action: 'ecs:DescribeServiceDeployments',
  notFound: 'ECS has no such deployment any more',
};

/** `budget` is the time of one call. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
export const createDeploymentLook =
  ({
    clientsAt,
    budget = budgetOf(TIMEOUT),
  }: {
    readonly clientsAt: At<Pick<ReadClients, 'ecs'>>;
    readonly budget?: Budget;
  }): DeploymentLook =>
  (deployment) =>
    gathered(QUESTION, budget(), async (abortSignal) => {
      const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [deployment] });
      const [seen] =
        (await clientsAt(placeOfArn(deployment)).ecs.send(command, { abortSignal })).serviceDeployments ?? [];
      if (seen === undefined) return missing('not-found', QUESTION.notFound);
      const { status = 'unknown', lifecycleHookDetails = [] } = seen;
      const hooks = lifecycleHookDetails.map(({ hookId = '', status: of = 'unknown' }) => ({ id: hookId, status: of }));
      return found({ status, hooks });
    });
