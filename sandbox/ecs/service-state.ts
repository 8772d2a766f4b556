import type { Random } from '../random.ts';
import { type Deployment, instantsOf as deploymentInstants, isUnderWay, type Serving } from './deployment.ts';
import type { HarbourEvent } from './events.ts';
import type { ImageRegistry } from './image-registry.ts';
import { ecsArn, imageOf } from './names.ts';
import { DAY, type ServiceSpec, type Settings, settingsOf, USUAL_PAST } from './service-spec.ts';
import { networkIn, type Task, instantsOf as taskInstants } from './task.ts';

/** A service as it is at one instant. */
export interface ServiceState {
  readonly cluster: string;
  readonly service: string;
  readonly createdAt: number;
  readonly settings: Settings;
  readonly revisions: readonly ServiceRevision[];
  /** The newest first. */
  readonly deployments: readonly Deployment[];
  /** What the last successful deployment brought. */
  readonly serving: Serving;
  /** Running ones, and those that stopped within the last hour or so. */
  readonly tasks: readonly Task[];
  /** A deployment failed and does not return: ECS starts nothing more until there is another one. */
  readonly isStalled: boolean;
  readonly isSteady: boolean;
  /** What DescribeServices shows as events, the newest first. */
  readonly messages: readonly { readonly at: number; readonly text: string }[];
}

/** What a deployment resolved: the definition, and the digest that the tag stood for. */
export interface ServiceRevision {
  readonly arn: string;
  /** `family:revision`. */
  readonly taskDefinition: string;
  readonly image: string;
  readonly digest: string | undefined;
  readonly createdAt: number;
}

/** AWS replaces the tasks that were created before `boundary`, from `from` on; what is left at `forcedAt` is just stopped. */
export interface Retirement {
  readonly boundary: number;
  readonly from: number;
  readonly forcedAt: number;
}

/** Everything that a change of a service may look at or leave behind. */
export interface Context {
  readonly t: number;
  readonly random: Random;
  readonly registry: ImageRegistry;
  readonly retirements: readonly Retirement[];
  readonly isInAlarm: (alarm: string) => boolean;
  readonly tell: (event: HarbourEvent) => void;
}

export const serviceArn = ({ cluster, service }: Pick<ServiceState, 'cluster' | 'service'>): string =>
  ecsArn(`service/${cluster}/${service}`);

export const deploymentArn = (state: ServiceState, { name }: Deployment): string =>
  ecsArn(`service-deployment/${state.cluster}/${state.service}/${name}`);

export const taskDefinitionOf = ({ service, settings }: ServiceState): string => `${service}:${settings.revision}`;

/** The deployment that ECS works on, if any; one that only has to stop is none. */
export const currentOf = ({ deployments }: ServiceState): Deployment | undefined =>
  deployments.find((it) => isUnderWay(it) && it.status !== 'STOP_REQUESTED');

export const withDeployment = (state: ServiceState, name: string, change: Partial<Deployment>): ServiceState => ({
  ...state,
  deployments: state.deployments.map((it) => (it.name === name ? { ...it, ...change } : it)),
});

export const revisionAt = ({ revisions }: ServiceState, arn: string): ServiceRevision | undefined =>
  revisions.find((it) => it.arn === arn);

/** ECS keeps one message of a text at a time and a hundred in all; ten tell enough. */
export const withMessage = (state: ServiceState, at: number, text: string): ServiceState => ({
  ...state,
  messages: [{ at, text: `(service ${state.service}) ${text}` }, ...state.messages].slice(0, 10),
});

/** Ids of deployments may hold both signs. */
export const deploymentName = (controller: Settings['controller'], random: Random): string =>
  controller === 'CODE_DEPLOY'
    ? `d-${random.hex(9).toUpperCase()}`
    : `${random.hex(10)}_${random.hex(10)}-${random.hex(1)}`;

export const deploymentId = (random: Random): string =>
  `ecs-svc/${Array.from({ length: 19 }, (_, index) => (index === 0 ? 1 + random.below(9) : random.below(10))).join('')}`;

/** Resolves the tag anew, as every deployment does. */
export function resolveRevision(state: ServiceState, { t, random, registry }: Context): ServiceRevision {
  const { service, settings } = state;
  return {
    arn: ecsArn(`service-revision/${state.cluster}/${service}/${random.hex(19)}`),
    taskDefinition: taskDefinitionOf(state),
    image: imageOf(service, settings.tag),
    digest: registry.digestOf(service, settings.tag),
    createdAt: t,
  };
}

/** The service that a test describes, with all its tasks running since it was deployed last. */
export function firstState(spec: ServiceSpec, context: Context): ServiceState {
  const { t, random, registry } = context;
  const { cluster, service, createdAt = t - 30 * DAY, past = USUAL_PAST } = spec;
  const settings = settingsOf(spec);
  if (registry.digestOf(service, settings.tag) === undefined) registry.push(service, settings.tag, createdAt - DAY);
  const id = deploymentId(random);
  const bare: ServiceState = {
    cluster,
    service,
    createdAt: createdAt - past.length * DAY,
    settings,
    revisions: [],
    deployments: [],
    serving: { id, revision: '' },
    tasks: [],
    isStalled: false,
    isSteady: true,
    messages: [],
  };
  const revision = { ...resolveRevision(bare, context), createdAt };
  const serving = { id, revision: revision.arn };
  const state = { ...bare, serving, revisions: [revision] };
  const deployments = past.map((length, index) => pastDeployment(state, context, { length, index, createdAt }));
  const count = settings.status === 'ACTIVE' ? settings.desired : 0;
  const tasks = Array.from({ length: count }, () => startedTask(state, { ...context, t: createdAt }, serving));
  return withMessage({ ...state, deployments, tasks }, createdAt + settings.startTime, 'has reached a steady state.');
}

function pastDeployment(
  { settings, serving }: ServiceState,
  { random }: Context,
  of: { readonly length: number; readonly index: number; readonly createdAt: number },
): Deployment {
  const createdAt = of.createdAt - of.index * DAY;
  return {
    name: deploymentName(settings.controller, random),
    id: of.index === 0 ? serving.id : deploymentId(random),
    revision: serving.revision,
    source: serving,
    status: 'SUCCESSFUL',
    createdAt,
    startsAt: createdAt,
    startedAt: createdAt,
    finishedAt: createdAt + of.length,
    stage: { name: 'BAKE_TIME', since: createdAt },
    watchesAlarms: true,
    triggeredAlarms: [],
    failures: 0,
  };
}

/** A task of a service that will be running after the service's start time. */
export function startedTask(state: ServiceState, { t, random }: Context, { id, revision }: Serving): Task {
  const { settings, service, cluster } = state;
  const { taskDefinition, image, digest } = revisionAt(state, revision) ?? {
    taskDefinition: taskDefinitionOf(state),
    image: imageOf(service, settings.tag),
    digest: undefined,
  };
  return {
    id: random.hex(32),
    cluster,
    group: `service:${service}`,
    startedBy: id,
    taskDefinition,
    container: { name: service, image, digest },
    cpu: settings.cpu,
    health: settings.health,
    createdAt: t,
    runningAt: t + settings.startTime,
    isTold: false,
    network: networkIn(random.pick(settings.subnets), settings.securityGroups, random),
    isSpot: settings.isSpot,
    tags: {},
    enableExecuteCommand: false,
  };
}

/** The next instant after `t` at which something changes by itself. */
export function nextInstant(state: ServiceState, t: number, retirements: readonly Retirement[]): number {
  const instants = [
    ...state.tasks.flatMap((task) => [...taskInstants(task), ...pausesAfter(task)]),
    ...state.deployments
      .filter((it, index) => index === 0 || isUnderWay(it))
      .flatMap((deployment) => deploymentInstants(deployment, state.settings)),
    ...retirements.flatMap(({ from, forcedAt }) => [from, forcedAt]),
  ];
  return instants.reduce((next, it) => (it > t && it < next ? it : next), Number.POSITIVE_INFINITY);
}

/** ECS pauses between starts of tasks that keep failing, up to so long. */
export const LONGEST_PAUSE = 15 * 60_000;

const pausesAfter = ({ stop }: Task): readonly number[] => (stop?.isFailure ? [stop.from + LONGEST_PAUSE] : []);
