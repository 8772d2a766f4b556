import type { Estate } from '../estate/estate.ts';
import { type RunningTask, runningTasks } from '../estate/running-tasks.ts';
import { SERVICES, type ServiceDescription } from '../estate/services.ts';
import { wordOf } from '../json-object.ts';
import { type Deployment, isUnderWay } from './deployment.ts';
import { countsOf } from './describe-service.ts';
import type { Harbour } from './harbour.ts';
import { revisionAt, type ServiceState } from './service-state.ts';
import { isPending, isProtected, isRunning, lastStatusOf, type Task } from './task.ts';
import { tasksOf } from './with-harbour.ts';

/** Everything that runs in the sandbox's ECS, for a watcher. Instants are milliseconds since 1970. */
export interface Survey {
  readonly services: readonly SurveyedService[];
  /** Tasks of no service that run or stopped a short while ago. */
  readonly standalone: readonly SurveyedTask[];
  /** Fargate On-Demand: vCPU that running and starting tasks take, of the account's quota. */
  readonly vcpu: { readonly used: number; readonly quota: number };
}

export interface SurveyedService {
  readonly cluster: string;
  readonly service: string;
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** `family:revision` that serves. */
  readonly taskDefinition: string;
  /** `FARGATE`, `FARGATE_SPOT` or `EC2`. */
  readonly capacity: string;
  /** How it is deployed: `ROLLING`, `CANARY`, or the controller that does it. */
  readonly strategy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** False for a still one: it shows in the APIs and never changes. */
  readonly behaves: boolean;
  readonly tasks: readonly SurveyedTask[];
  /** The newest first. */
  readonly deployments: readonly SurveyedDeployment[];
  /** What ECS says of it, the newest first. */
  readonly messages: readonly { readonly at: number; readonly text: string }[];
}

export interface SurveyedTask {
  readonly id: string;
  readonly cluster: string;
  readonly group: string;
  readonly status: string;
  readonly createdAt: number;
  /** `family:revision`. */
  readonly taskDefinition: string;
  readonly digest?: string;
  readonly protectedUntil?: number;
  readonly stoppedReason?: string;
}

export interface SurveyedDeployment {
  readonly name: string;
  readonly status: string;
  readonly isUnderWay: boolean;
  readonly taskDefinition: string;
  readonly createdAt: number;
  /** Where a deployment under way is: `SCALE_UP`. */
  readonly stage?: string;
  /** Tasks of it that run, of those that are wanted. */
  readonly running: number;
  readonly desired: number;
  readonly failures: number;
  readonly reason?: string;
}

/** The services that behave first, then the still ones; in each by cluster and name. */
export function surveyOf(estate: Pick<Estate, 'service'>, harbour: Harbour): Survey {
  const t = harbour.now();
  const states = harbour.services();
  const behaving = states.map((state) => ofState(state, t));
  const still = SERVICES.flatMap(({ clusterArn, serviceName }) => {
    const described = estate.service(lastOf(clusterArn), serviceName);
    return described === undefined ? [] : [ofDescription(described)];
  });
  const standing = tasksOf(harbour).filter((task) => (isRunning(task, t) || isPending(task, t)) && !task.isSpot);
  const used = standing.reduce((sum, { cpu }) => sum + cpu / 1_024, 0);
  return {
    services: [...behaving.toSorted(byPlace), ...still.toSorted(byPlace)],
    standalone: harbour.standaloneNow().map((task) => ofTask(task, t)),
    vcpu: { used, quota: harbour.account().vcpuQuota },
  };
}

const byPlace = (a: SurveyedService, b: SurveyedService): number =>
  a.cluster.localeCompare(b.cluster, 'en') || a.service.localeCompare(b.service, 'en');

function ofState(state: ServiceState, t: number): SurveyedService {
  const { settings, serving } = state;
  return {
    cluster: state.cluster,
    service: state.service,
    status: settings.status,
    desired: settings.status === 'INACTIVE' ? 0 : settings.desired,
    running: state.tasks.filter((task) => isRunning(task, t)).length,
    pending: state.tasks.filter((task) => isPending(task, t)).length,
    taskDefinition: revisionAt(state, serving.revision)?.taskDefinition ?? '',
    capacity: settings.isSpot ? 'FARGATE_SPOT' : 'FARGATE',
    strategy: settings.controller === 'ECS' ? settings.strategy : settings.controller,
    tags: settings.tags,
    behaves: true,
    tasks: state.tasks.map((task) => ofTask(task, t)),
    deployments: state.deployments.map((deployment) => ofDeployment(state, deployment, t)),
    messages: state.messages,
  };
}

const ofTask = (task: Task, t: number): SurveyedTask => ({
  id: task.id,
  cluster: task.cluster,
  group: task.group,
  status: lastStatusOf(task, t),
  createdAt: task.createdAt,
  taskDefinition: task.taskDefinition,
  ...(task.container.digest !== undefined && { digest: task.container.digest }),
  ...(isProtected(task, t) && task.protectedUntil !== undefined && { protectedUntil: task.protectedUntil }),
  ...(task.stop !== undefined && task.stop.from <= t && { stoppedReason: task.stop.reason }),
});

function ofDeployment(state: ServiceState, deployment: Deployment, t: number): SurveyedDeployment {
  const { runningTaskCount, requestedTaskCount } = countsOf(state, deployment.id, t);
  return {
    name: deployment.name,
    status: deployment.status,
    isUnderWay: isUnderWay(deployment),
    taskDefinition: revisionAt(state, deployment.revision)?.taskDefinition ?? '',
    createdAt: deployment.createdAt,
    ...(isUnderWay(deployment) && { stage: deployment.stage.name }),
    running: runningTaskCount,
    desired: requestedTaskCount,
    failures: deployment.failures,
    ...(deployment.reason !== undefined && { reason: deployment.reason }),
  };
}

function ofDescription(service: ServiceDescription): SurveyedService {
  const { clusterArn, serviceName } = service;
  const cluster = lastOf(clusterArn);
  return {
    cluster,
    service: serviceName,
    status: wordOf(service['status']),
    desired: Number(service['desiredCount']),
    running: Number(service['runningCount']),
    pending: Number(service['pendingCount']),
    taskDefinition: lastOf(wordOf(service['taskDefinition'])),
    capacity: wordOf(service['launchType']),
    strategy: 'ROLLING',
    tags: tagsOf(service['tags']),
    behaves: false,
    tasks: runningTasks(service).map((task) => ofRunningTask(task, cluster)),
    deployments: [],
    messages: [],
  };
}

const ofRunningTask = (task: RunningTask, cluster: string): SurveyedTask => ({
  id: wordOf(task['taskId']),
  cluster,
  group: wordOf(task['group']),
  status: wordOf(task['lastStatus']),
  createdAt: Number(task['createdAt']) * 1_000,
  taskDefinition: lastOf(wordOf(task['taskDefinitionArn'])),
});

function tagsOf(tags: unknown): Readonly<Record<string, string>> {
  // True for what the estate describes.
  const list = (tags ?? []) as readonly { readonly key: string; readonly value: string }[];
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

const lastOf = (arn: string): string => arn.split('/').at(-1) ?? '';
