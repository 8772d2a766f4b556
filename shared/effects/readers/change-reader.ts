import type { ECSClient, ServiceDeployment, ServiceRevision, TaskDefinition } from '@aws-sdk/client-ecs';
import { type ChangeFacts, found, type Gathered, known } from '../../domain/facts.ts';
import { type FailedDeployment, revisionName } from '../../domain/failed-deployment.ts';
import { seconds } from '../../domain/instant.ts';
import { present } from '../../domain/present.ts';
import { type Revision, revisionDifferences } from '../../domain/revision-difference.ts';
import { type Budget, budgetOf } from '../budget.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { rememberFound } from '../remember-found.ts';
import { concealedChanges, type RawRevision } from './concealed-changes.ts';
import { findServiceDeployment } from './service-deployment.ts';
import { readServiceRevisions } from './service-revisions.ts';
import { readTaskDefinition } from './task-definition.ts';
import { type Redact, taskDefinitionFacts } from './task-definition-facts.ts';

/** What a failed deployment changed against the last revision that worked. Never throws. */
export type ChangeReader = (failed: FailedDeployment) => Promise<Gathered<ChangeFacts>>;

/** Four requests in a row at the most, of some tens of milliseconds each. */
const TIMEOUT = seconds(4);

type Definitions = (arn: string) => Promise<Gathered<TaskDefinition>>;

/** A revision before its task definition is read. */
interface Reference {
  readonly taskDefinitionArn: string;
  readonly service?: ServiceRevision;
}

/**
 * Service revisions know which image a tag meant. Where ECS has none, the task definitions of DescribeServices are
 * compared alone. `redact` sees health check commands; values of variables and commands never leave this reader.
 * `budget` is the time of one call, 4 seconds unless given.
 */
export function createChangeReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'ecs'>>;
  readonly redact: Redact;
  readonly budget?: Budget;
}): ChangeReader {
  const { clientsAt, redact, budget = budgetOf(TIMEOUT) } = deps;
  return async (wanted) => {
    const client = clientsAt(wanted.service).ecs;
    const signal = budget();
    // For one call only: a definition in full holds values that need not stay in memory.
    const definitions = rememberFound((arn: string) => readTaskDefinition(client, arn, signal), 4);
    const fallback = knownReferences(wanted);
    // Mostly the right ones: asked for while ECS is asked for the service deployment.
    for (const { taskDefinitionArn } of fallback ?? []) void definitions(taskDefinitionArn);
    const deployment = await findServiceDeployment(client, wanted, signal);
    const revisions = await readReferences(client, deployment, signal);
    const references = revisions.status === 'missing' && fallback ? found(fallback) : revisions;
    if (references.status === 'missing') return references;
    return compare(references.value, { definitions, redact, deployment: known(deployment) });
  };
}

type References = readonly [from: Reference, to: Reference];

function knownReferences({ failed, serving }: FailedDeployment): References | undefined {
  const [from, to] = [serving?.taskDefinitionArn, failed?.taskDefinitionArn];
  return from && to ? [{ taskDefinitionArn: from }, { taskDefinitionArn: to }] : undefined;
}

async function readReferences(
  client: ECSClient,
  deployment: Gathered<ServiceDeployment>,
  signal: AbortSignal,
): Promise<Gathered<References>> {
  if (deployment.status === 'missing') return deployment;
  const revisions = await readServiceRevisions(client, deployment.value, signal);
  if (revisions.status === 'missing') return revisions;
  return found([referenceOf(revisions.value.from), referenceOf(revisions.value.to)]);
}

const referenceOf = (service: ServiceRevision): Reference => ({
  taskDefinitionArn: service.taskDefinition ?? '',
  service,
});

async function compare(
  [before, after]: References,
  deps: {
    readonly definitions: Definitions;
    readonly redact: Redact;
    readonly deployment: ServiceDeployment | undefined;
  },
): Promise<Gathered<ChangeFacts>> {
  const [old, now] = await Promise.all([
    deps.definitions(before.taskDefinitionArn),
    deps.definitions(after.taskDefinitionArn),
  ]);
  if (old.status === 'missing') return old;
  if (now.status === 'missing') return now;
  const from: RawRevision = { definition: old.value, ...present({ service: before.service }) };
  const to: RawRevision = { definition: now.value, ...present({ service: after.service }) };
  return found({
    from: revisionName(before.taskDefinitionArn),
    to: revisionName(after.taskDefinitionArn),
    differences: revisionDifferences({
      from: revisionOf(from, deps.redact),
      to: revisionOf(to, deps.redact),
      concealed: concealedChanges(from, to),
    }),
    ...present({ circuitBreaker: circuitBreakerOf(deps.deployment) }),
  });
}

const revisionOf = ({ definition, service }: RawRevision, redact: Redact): Revision => ({
  definition: taskDefinitionFacts(definition, redact),
  digests: new Map(
    (service?.containerImages ?? []).flatMap(({ containerName, imageDigest }) =>
      containerName && imageDigest ? [[containerName, imageDigest] as const] : [],
    ),
  ),
  ...present({ platformVersion: service?.platformVersion }),
});

/** The threshold is configurable and bounded, so ECS's own number is told and never computed. */
function circuitBreakerOf(deployment: ServiceDeployment | undefined): ChangeFacts['circuitBreaker'] {
  const { status, failureCount, threshold } = deployment?.deploymentCircuitBreaker ?? {};
  if (status === 'DISABLED' || failureCount === undefined || threshold === undefined) return undefined;
  return { failures: failureCount, threshold };
}
