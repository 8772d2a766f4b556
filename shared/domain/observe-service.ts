import { diagnose } from './diagnosis/diagnose.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import { diagnoseHook } from './diagnosis/hook.ts';
import { sharpen } from './diagnosis/sharpen.ts';
import {
  type DeploymentFacts,
  type Facts,
  known,
  type ServiceFacts,
  type StoppedTaskFacts,
  type TaskDefinitionFacts,
} from './facts.ts';
import { failedDeploymentOf, returnsToEarlier, revisionName } from './failed-deployment.ts';
import { incidentFingerprint } from './fingerprint.ts';
import type { Details, Hook } from './incident.ts';
import { minutes } from './instant.ts';
import type { Observation } from './observation.ts';
import { detailsOfFacts } from './observed-details.ts';
import type { ClusterRef, ServiceRef } from './place.ts';
import { present } from './present.ts';
import { quote, quoteDiagnosis } from './quote.ts';
import { sharedSubject } from './shared-subject.ts';
import type { DeploymentChanged, HookChanged, ServiceActed } from './signal.ts';
import { describeSubject, isShared, type Subject } from './subject.ts';

/** Service events this much older than the signal tell of something else. */
const RELATED = minutes(15);

/** A service action with the cause that its own reason, or else the service's last events, give. */
export function observeServiceAction(signal: ServiceActed, facts: Facts): Observation {
  const diagnosis = diagnoseServiceAction(signal, known(facts.service));
  const own = { kind: 'service' as const, at: clusterOf(signal.service), service: signal.service.service };
  const placement = present({ capacityProvider: providerOf(signal) });
  const subject = sharedSubject(own.at, diagnosis.cause, placement) ?? own;
  const seen = { key: signal.envelope.eventId, at: signal.envelope.at };
  const observed = observation(subject, diagnosis, facts, seen);
  return isShared(subject) ? { ...observed, service: describeSubject(own) } : observed;
}

/** One step of a failing deployment: its failure, or the rollback. */
export function observeDeployment(signal: DeploymentChanged, facts: Facts): Observation {
  const { failed, serving } = failedDeploymentOf(signal, known(facts.service));
  const deploymentId = returnsToEarlier(signal) ? failed?.id : (signal.deploymentId ?? failed?.id);
  const extra: Partial<Details> = {
    ...present({
      deploymentId,
      taskDefinition: failedRevision(failed, known(facts.taskDefinition)),
      servingTaskDefinition: serving?.taskDefinitionArn && revisionName(serving.taskDefinitionArn),
    }),
    ...(signal.isRollback && { rollback: present({ deploymentId: signal.deploymentId }) }),
    ...(signal.phase === 'failed' && { deploymentFailed: true as const }),
    deploymentReason: quote(signal.reason),
  };
  const diagnosis = diagnose({
    kind: 'deployment',
    phase: signal.phase,
    reason: signal.reason,
    isRollback: returnsToEarlier(signal),
    tasks: diagnoseStoppedTasks(known(facts.stoppedTasks), known(facts.taskDefinition)),
  });
  const key = `${signal.deploymentId ?? 'deployment'}#${signal.phase}${signal.isRollback ? '#rollback' : ''}`;
  return observation(deploymentOf(signal.service), diagnosis, facts, { key, at: signal.updatedAt }, extra);
}

/** A pause hook that waits for somebody, failed or ran out. */
export function observeHook(signal: HookChanged, facts: Facts): Observation {
  const { hookId, eventName, serviceDeploymentArn, expiresAt, envelope } = signal;
  const hook: Hook = {
    id: hookId,
    deployment: serviceDeploymentArn,
    ...present({ expiresAt }),
    status: eventName === 'HOOK_AWAITING_ACTION' ? 'waiting' : 'ended',
  };
  const seen = { key: `${hookId}#${eventName}`, at: envelope.at };
  return observation(deploymentOf(signal.service), diagnoseHook(signal), facts, seen, { hook });
}

/** The stopped tasks know it also when the service has forgotten the deployment. */
const failedRevision = (failed: DeploymentFacts | undefined, definition: TaskDefinitionFacts | undefined) =>
  failed?.taskDefinitionArn === undefined
    ? definition && `${definition.family}:${definition.revision}`
    : revisionName(failed.taskDefinitionArn);

export const deploymentOf = (at: ServiceRef): Subject => ({
  kind: 'deployment',
  at: clusterOf(at),
  service: at.service,
});

const clusterOf = ({ partition, region, account, cluster }: ServiceRef): ClusterRef => ({
  partition,
  region,
  account,
  cluster,
});

/** By name or ARN; the last part names it. */
const providerOf = ({ capacityProviders }: ServiceActed): string | undefined =>
  capacityProviders[0]?.split(/[/]/).at(-1);

function diagnoseServiceAction(signal: ServiceActed, service: ServiceFacts | undefined): Diagnosis {
  const own = diagnose({
    kind: 'service',
    eventName: signal.eventName,
    ...present({ message: signal.reason }),
  });
  if (signal.reason !== undefined || own.benign) return own;
  const related = service?.events.filter(({ at }) => Math.abs(at - signal.envelope.at) <= RELATED) ?? [];
  const told = related.map(({ message }) => diagnose({ kind: 'service', message })).filter(({ benign }) => !benign);
  return told.find(({ cause }) => !cause.startsWith('deployment/')) ?? own;
}

/** `definition` is that of the deployment; tasks of another revision do not get it. */
function diagnoseStoppedTasks(
  tasks: readonly StoppedTaskFacts[] | undefined,
  definition: TaskDefinitionFacts | undefined,
): readonly Diagnosis[] {
  return (tasks ?? []).map(({ containers, stopCode, stoppedReason, taskDefinitionArn }) => {
    const taskDefinition = isRevision(taskDefinitionArn, definition) ? definition : undefined;
    const isEssential = (name: string) =>
      taskDefinition?.containers.find((container) => container.name === name)?.isEssential;
    return diagnose({
      kind: 'task',
      belongsToService: true,
      ...present({ stopCode, stoppedReason, taskDefinition }),
      containers: containers.map((container) => ({
        ...container,
        ...present({ isEssential: isEssential(container.name) }),
      })),
    });
  });
}

const isRevision = (arn: string | undefined, definition: TaskDefinitionFacts | undefined): boolean =>
  definition !== undefined && arn !== undefined && revisionName(arn) === `${definition.family}:${definition.revision}`;

function observation(
  subject: Subject,
  diagnosis: Diagnosis,
  facts: Facts,
  seen: Pick<Observation, 'key' | 'at'>,
  extra: Partial<Details> = {},
): Observation {
  return {
    ...seen,
    subject,
    fingerprint: incidentFingerprint(subject, diagnosis.cause),
    diagnosis: quoteDiagnosis(sharpen(diagnosis, facts)),
    details: { ...detailsOfFacts(facts), ...extra },
    tags: known(facts.service)?.tags ?? {},
  };
}
