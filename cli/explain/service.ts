import type { CauseId } from '../../shared/domain/diagnosis/causes.ts';
import type { DeploymentFacts, ServiceFacts } from '../../shared/domain/facts.ts';
import { revisionName } from '../../shared/domain/failed-deployment.ts';
import { hours, type Instant } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import { taskEvent } from '../../shared/effects/readers/task-event.ts';
import { parseTaskArn } from '../../shared/parse/arn.ts';
import { type Account, required } from '../account.ts';
import { AccountError } from '../terminal.ts';
import { createExplainer, type Problem } from './explainer.ts';
import type { Explanation, Remark } from './explanation.ts';
import { complaintEvents, deploymentEvents } from './present-event.ts';

/** What is wrong with a service: its failed deployments, the causes of its stopped tasks, what its scheduler says. */
export async function explainService(ref: ServiceRef, account: Account, now: Instant): Promise<Explanation> {
  const [service, stopped] = await Promise.all([
    account.readers.ecs.describeService(ref).then(required),
    account.tasks.stoppedTasks(ref).then(required),
  ]);
  const explain = createExplainer(account.readers);
  const tasks = stopped.flatMap((detail) => {
    const task = parseTaskArn(detail.taskArn, ref.cluster);
    return task === undefined ? [] : [taskEvent(task, detail, now)];
  });
  const first = await explain([...deploymentEvents(ref, service, now), ...tasks]);
  const named = new Set(first.problems.flatMap(causesOf));
  // What the tasks have told is not told again by the scheduler.
  const { problems } = await explain(complaintEvents(ref, service, named));
  return {
    problems: problems.toSorted((a, b) => weight(b) - weight(a)),
    remarks: problems.length > 0 ? [] : [stateOf(ref, service, { stops: stopped.length, now })],
  };
}

/** The service's incidents in Slackwater's table. Throws an AccountError when it cannot be read. */
export async function recordedIn(
  table: string,
  service: ServiceRef,
  account: Account,
): Promise<NonNullable<Explanation['recorded']>> {
  try {
    const records = await account.table(table).loadAbout({ kind: 'service', at: service, service: service.service });
    return { table, records };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    throw new AccountError(`table ${table} could not be read: ${error.message}`, { cause: error });
  }
}

/** By the text, and by what further reads made of it. */
const causesOf = ({ outcome, record }: Problem): readonly CauseId[] => [
  ...(outcome.cause === undefined ? [] : [outcome.cause]),
  ...(record.kind === 'incident' ? [record.diagnosis.cause] : []),
];

/** A deployment that failed comes first, then what happens most often. */
const weight = ({ record }: Problem): number => {
  if (record.kind !== 'incident') return 0;
  return record.subject.kind === 'deployment' ? Number.MAX_SAFE_INTEGER : record.occurrences;
};

/** A service without a problem that has a name; being short of tasks without one is a problem too. */
function stateOf(
  { cluster, service: name }: ServiceRef,
  service: ServiceFacts,
  { stops, now }: { readonly stops: number; readonly now: Instant },
): Remark {
  const { status, running, desired, pending, taskDefinitionArn } = service;
  const moving = service.deployments.filter(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  const stuck = moving.filter((deployment) => isStuck(deployment, now));
  const isShort = moving.length === 0 && running + pending < desired;
  const parts = [
    `${status}, ${running} of ${desired} tasks running${pending > 0 ? `, ${pending} pending` : ''}`,
    ...(taskDefinitionArn === undefined ? [] : [revisionName(taskDefinitionArn)]),
    ...moving.map(({ id, failedTasks }) => `deployment ${id} is in progress, ${failedTasks} of its tasks failed`),
    ...(isShort ? ['nothing that ECS remembers says why tasks are missing'] : []),
    ...(stuck.length > 0 ? ['it does not get on'] : []),
    ...(isShort || moving.length > 0 ? [] : ['its deployments and its scheduler report no trouble']),
    ...(stops > 0 ? ['every stop that ECS remembers was expected'] : []),
  ];
  return {
    kind: 'service',
    subject: `${cluster}/${name}`,
    decision: 'quiet',
    reason: 'progress',
    because: parts.join('; '),
    isProblem: isShort || stuck.length > 0,
  };
}

/** Longer than a deployment of ordinary size takes to bring up its tasks. */
const STUCK_AFTER = hours(1);

const isStuck = ({ failedTasks, running, desired, createdAt }: DeploymentFacts, now: Instant): boolean =>
  failedTasks > 0 || (running < desired && createdAt !== undefined && now - createdAt > STUCK_AFTER);
