import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import {
  found,
  type Gathered,
  missing,
  type ServiceFacts,
  type StoppedTaskFacts,
  type TaskDefinitionFacts,
} from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import { clusterArn, placeOfArn, type ServiceRef, type TaskDefinitionArn } from '../../domain/place.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { rememberFound } from '../remember-found.ts';
import { serviceFacts } from './service-facts.ts';
import { readStoppedTasks } from './stopped-tasks.ts';
import { readTaskDefinition } from './task-definition.ts';
import { type Redact, taskDefinitionFacts } from './task-definition-facts.ts';

/** Reads of ECS, wherever it is, that add to an event what it lacks. None throws: what could not be read is missing, with its reason. */
export interface EcsReader {
  /** Remembered, because a revision never changes. */
  readonly describeTaskDefinition: (arn: TaskDefinitionArn) => Promise<Gathered<TaskDefinitionFacts>>;
  readonly describeService: (ref: ServiceRef) => Promise<Gathered<ServiceFacts>>;
  /** Newest first, at most 20. With an id (`ecs-svc/…`), only those that this deployment started. */
  readonly stoppedTasks: (ref: ServiceRef, deploymentId?: string) => Promise<Gathered<readonly StoppedTaskFacts[]>>;
}

const TIMEOUT = seconds(3);
const TASK_DEFINITIONS_KEPT = 200;

/** `budget` is the time of one call of the reader, however many requests it makes; 3 seconds unless given. */
export function createEcsReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'ecs'>>;
  readonly redact: Redact;
  readonly budget?: Budget;
}): EcsReader {
  const { clientsAt, redact, budget = budgetOf(TIMEOUT) } = deps;
  const describeTaskDefinition = async (arn: TaskDefinitionArn) => {
    const answer = await readTaskDefinition(clientsAt(placeOfArn(arn)).ecs, arn, budget());
    return answer.status === 'found' ? found(taskDefinitionFacts(answer.value, redact)) : answer;
  };
  return {
    describeTaskDefinition: rememberFound(describeTaskDefinition, TASK_DEFINITIONS_KEPT),
    describeService: (ref) => readService(clientsAt(ref).ecs, ref, budget()),
    stoppedTasks: (service, deploymentId) =>
      readStoppedTasks(clientsAt(service).ecs, { service, deploymentId }, budget()),
  };
}

function readService(client: ECSClient, ref: ServiceRef, signal: AbortSignal): Promise<Gathered<ServiceFacts>> {
  const question: Question = {
    action: 'ecs:DescribeServices',
    notFound: `ECS does not know the service ${ref.service} any more`,
  };
  return gathered(question, signal, async (abortSignal) => {
    const command = new DescribeServicesCommand({
      cluster: clusterArn(ref),
      services: [ref.service],
      include: ['TAGS'],
    });
    const { services, failures } = await client.send(command, { abortSignal });
    const [service] = services ?? [];
    if (service !== undefined) return found(serviceFacts(service));
    // What does not exist is no exception here: the answer is a 200 with this reason.
    const reason = failures?.[0]?.reason ?? 'MISSING';
    return reason === 'MISSING'
      ? missing('not-found', question.notFound)
      : missing('failed', `${question.action} failed (${reason})`);
  });
}
