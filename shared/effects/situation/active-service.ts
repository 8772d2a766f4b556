import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { revisionName } from '../../domain/failed-deployment.ts';
import { serviceArn } from '../../domain/place.ts';
import type { Allowance } from '../../domain/plan/allowance.ts';
import type { ActiveService, ServiceSituation } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import { alarmBake, deploymentAlarms } from './alarms.ts';
import { blockingOf } from './blockers.ts';
import { type History, historyOf } from './deployment-history.ts';
import { headroomOf } from './headroom.ts';
import { digestsInUse, type Registry, readImages } from './images.ts';
import { longestProtection } from './protection.ts';
import { describedOf, serviceTask } from './running-tasks.ts';
import { type DescribedService, listedTasks, type ServiceReads } from './service-reads.ts';
import {
  controllerOf,
  deploymentAlarmsOf,
  revisionInUse,
  settingsOf,
  settledDurations,
  stackOf,
  targetGroupsOf,
  taskDefinitionOf,
} from './service-settings.ts';
import { longestDelay, targetsOf } from './targets.ts';
import { stopTimeoutOf } from './task-definitions.ts';

interface Circumstances {
  readonly allowance: Allowance;
  readonly registry: Registry;
  readonly freeVcpu: () => Promise<Gathered<number>>;
}

/**
 * Puts together what was read. Without its tasks or its deployments a service counts as not read at all: nothing would
 * look old, and what is under way would be started again. ECS's answers are eventually consistent, so a list may lack what
 * the service counts.
 */
export async function activeService(
  described: DescribedService,
  reads: ServiceReads,
  circumstances: Circumstances,
): Promise<ServiceSituation> {
  const { at, service } = described;
  const listed = reads.listed(serviceArn(at));
  const tasks = listed.status === 'missing' ? listed : describedOf(listedTasks(at, reads.listed), reads.tasks);
  if (tasks.status === 'missing') return { status: 'unread', at, because: `${tasks.because}.` };
  const { runningCount = 0 } = service;
  if (runningCount > 0 && !tasks.value.some(({ lastStatus }) => lastStatus === 'RUNNING'))
    return { status: 'unread', at, because: `ECS lists none of the ${runningCount} tasks that it counts as running.` };
  const history = deployedOf(described, reads);
  if (history.status === 'missing') return { status: 'unread', at, because: `${history.because}.` };
  const arn = taskDefinitionOf(service);
  const definition: Gathered<TaskDefinition> =
    arn === undefined ? missing('not-found', 'ECS does not tell its task definition') : reads.definitions(arn);
  const [images, headroom] = await Promise.all([
    imagesOf(described, { definition, tasks: tasks.value }, reads, circumstances.registry),
    headroomOf(service, definition, { addresses: reads.addresses, vcpu: circumstances.freeVcpu }),
  ]);
  return {
    status: 'active',
    at,
    allowance: circumstances.allowance,
    ...settingsOf(service),
    revision: revisionName(arn ?? ''),
    revisionStatus: definition.status === 'missing' ? definition : found(definition.value.status ?? 'UNKNOWN'),
    tasks: tasks.value.map(serviceTask),
    deployments: history.value.deployments,
    codeDeploy: history.value.codeDeploy,
    durations: durationsOf(described, history.value, definition, reads),
    images,
    headroom,
    ...healthOf(described, history.value, reads),
  };
}

const NOT_CODE_DEPLOY = missing('not-applicable', 'CodeDeploy does not deploy it');
/** Whoever deploys it has its history. */
const NO_HISTORY: History = { deployments: [], past: [], codeDeploy: NOT_CODE_DEPLOY };

function deployedOf({ at, service }: DescribedService, reads: ServiceReads): Gathered<History> {
  switch (controllerOf(service)) {
    case 'ECS': {
      const deployments = reads.deployments(serviceArn(at));
      if (deployments.status === 'missing') return deployments;
      return historyOf(deployments.value, reads.revisions, NOT_CODE_DEPLOY);
    }
    case 'CODE_DEPLOY':
      return reads.codeDeploy(serviceArn(at));
    default:
      return found(NO_HISTORY);
  }
}

async function imagesOf(
  { service }: DescribedService,
  { definition, tasks }: { readonly definition: Gathered<TaskDefinition>; readonly tasks: readonly Task[] },
  { revisions }: ServiceReads,
  registry: Registry,
): Promise<ActiveService['images']> {
  if (definition.status === 'missing') return definition;
  const arn = revisionInUse(service);
  const revision = arn === undefined ? undefined : revisions(arn);
  if (revision?.status === 'missing' && revision.reason !== 'not-found') return revision;
  const digests = digestsInUse(revision?.status === 'found' ? revision.value : undefined, tasks);
  return found(await readImages(definition.value, digests, registry));
}

function durationsOf(
  { service }: DescribedService,
  { past, bake }: History,
  definition: Gathered<TaskDefinition>,
  { alarms, delays }: ServiceReads,
): ActiveService['durations'] {
  return {
    past,
    ...settledDurations(service),
    ...present({
      deregistrationDelay: longestDelay(targetGroupsOf(service), delays),
      stopTimeout: definition.status === 'found' ? stopTimeoutOf(definition.value) : undefined,
      alarmBake: alarmBake(deploymentAlarmsOf(service), alarms),
      bake,
    }),
  };
}

type Health = Pick<ActiveService, 'targets' | 'alarms' | 'blockers' | 'stack' | 'protectedUntil'>;

function healthOf({ at, service, blockers }: DescribedService, { deployments }: History, reads: ServiceReads): Health {
  const owner = stackOf(service);
  const stack =
    owner === undefined ? missing('not-applicable', 'no CloudFormation stack made it') : reads.stacks(owner);
  return {
    targets: targetsOf(targetGroupsOf(service), reads.targets),
    alarms: deploymentAlarms(deploymentAlarmsOf(service), reads.alarms),
    blockers: blockingOf(blockers, { ...reads, deployments, stack }),
    stack,
    protectedUntil: longestProtection(listedTasks(at, reads.listed), reads.protection),
  };
}
