import type { Account, AlarmState } from './account.ts';
import type { Harbour, Write } from './harbour.ts';
import { type NoticeSpec, retirementNotices } from './retirement-notice.ts';
import type { ServiceSpec, Settings } from './service-spec.ts';
import { currentOf, deploymentArn, revisionAt, type ServiceState } from './service-state.ts';
import { deployed } from './service-writes.ts';
import { type StandaloneSpec, standaloneTask } from './standalone-task.ts';
import { isLive, isRunning, lastStatusOf, type Task } from './task.ts';
import { taskArn } from './task-fields.ts';

/**
 * The ECS that behaves: services that a test adds, which obey UpdateService and the like, and tell of themselves on the bus.
 *
 *     sandbox.ecs.add({ cluster: 'harbour-north', service: 'pier-001', desired: 4 });
 *     sandbox.ecs.retire({ boundary, deadline });
 *     await sandbox.putEvents(sandbox.ecs.notices({ startsAt: deadline }));
 *     await sandbox.clock.leap(3 * 86_400_000);      // days pass without a run of the schedules
 *     await sandbox.clock.advance(60 * 60_000);      // an hour with all of them
 *     expect(sandbox.ecs.writes('ecs:UpdateService')).toHaveLength(1);
 *     expect(sandbox.ecs.service('harbour-north', 'pier-001').older(boundary)).toBe(0);
 *
 * All instants and spans are milliseconds on the sandbox's clock. Time passes for services whenever somebody asks; their
 * events are put on the bus, with their own times, when the clock is advanced or leaps, before the next schedule runs.
 */
export interface SandboxEcs {
  /** Its tasks run since long ago, and its last deployment succeeded. */
  readonly add: (spec: ServiceSpec) => void;
  /** ECS does not know it any more; `change` to `INACTIVE` deletes it as ECS does. */
  readonly remove: (cluster: string, service: string) => void;
  /** Other settings from now on. A changed `desired` is what an autoscaler does. */
  readonly change: (cluster: string, service: string, settings: Partial<Settings>) => void;
  /** A task of no service, running by default since now. Answers its ARN. */
  readonly addTask: (spec?: StandaloneSpec) => string;
  /** Somebody's own deployment, a release where `revision` is given. Answers its ARN. */
  readonly deployByPerson: (cluster: string, service: string, revision?: number) => string;
  /** Another image is pushed under the service's tag. Answers its digest. */
  readonly moveTag: (cluster: string, service: string) => string;
  /** The image that the service runs is deleted from the registry. */
  readonly forgetImage: (cluster: string, service: string) => void;
  /** Protects running tasks until then, the first `count` or all. */
  readonly protect: (cluster: string, service: string, until: number, count?: number) => void;
  readonly alarm: (name: string, state: AlarmState) => void;
  readonly stack: (name: string, status: string) => void;
  readonly account: (change: Partial<Account>) => void;
  /** AWS begins `after` the deadline (two hours by default) to replace tasks that are older than the boundary. */
  readonly retire: (retirement: {
    readonly boundary: number;
    readonly deadline: number;
    readonly after?: number;
  }) => void;
  /** AWS Health's notice of it for the bus: about all services and tasks that have old ones, unless it is said of which. */
  readonly notices: (spec: Partial<NoticeSpec> & Pick<NoticeSpec, 'startsAt'>) => readonly object[];
  /** Reads show what was so many milliseconds ago. */
  readonly lag: (milliseconds: number) => void;
  /** Every call that changes something or was refused, in order; of one action, as in IAM, or all. */
  readonly writes: (action?: string) => readonly Write[];
  /** What is so now, whatever reads show. @throws for a service that was not added. */
  readonly service: (cluster: string, service: string) => ServiceView;
  readonly services: () => readonly ServiceView[];
  /** Tasks of no service that run or have not been stopped for an hour yet. */
  readonly tasks: () => readonly TaskView[];
}

export interface ServiceView {
  readonly cluster: string;
  readonly service: string;
  readonly desired: number;
  /** Those that have not stopped. */
  readonly tasks: readonly TaskView[];
  readonly running: number;
  /** How many of its running tasks were created before an instant. */
  readonly older: (boundary: number) => number;
  /** The newest first. */
  readonly deployments: readonly {
    readonly arn: string;
    readonly status: string;
    readonly createdAt: number;
    readonly taskDefinition: string;
  }[];
  /** Digests that its running tasks have, each once. */
  readonly digests: readonly string[];
}

export interface TaskView {
  readonly arn: string;
  readonly createdAt: number;
  readonly lastStatus: string;
  readonly digest: string | undefined;
  /** When the task stops or has stopped, why. */
  readonly stoppedReason: string | undefined;
}

const HOUR = 3_600_000;
/** AWS waits for replacements for a while, and then stops what is left. */
const PATIENCE = 6 * HOUR;

export function createSandboxEcs(harbour: Harbour): SandboxEcs {
  const found = (cluster: string, service: string): ServiceState => {
    const state = harbour.serviceNow(cluster, service);
    if (state === undefined) throw new Error(`the sandbox has no service ${cluster}/${service}`);
    return state;
  };
  const current = (): readonly ServiceState[] =>
    harbour.services().map(({ cluster, service }) => found(cluster, service));
  const configure = (cluster: string, service: string, settings: Partial<Settings>): ServiceState =>
    harbour.change(cluster, service, (state) => ({ ...state, settings: { ...state.settings, ...settings } }));
  return {
    add: harbour.add,
    remove: harbour.remove,
    change: (cluster, service, settings) => void configure(cluster, service, settings),
    addTask: (spec = {}) => {
      harbour.changeStandalone((tasks, context) => [...tasks, standaloneTask({ startTime: 0, ...spec }, context)]);
      // True: it has just been added at the end.
      return taskArn(harbour.standaloneNow().at(-1) as Task);
    },
    deployByPerson: (cluster, service, revision) => {
      if (revision !== undefined) configure(cluster, service, { revision });
      const state = harbour.change(cluster, service, deployed);
      const deployment = currentOf(state);
      if (deployment === undefined) throw new Error(`no deployment of ${cluster}/${service} began`);
      return deploymentArn(state, deployment);
    },
    moveTag: (cluster, service) => {
      const { settings } = found(cluster, service);
      return harbour.registry.push(service, settings.tag, harbour.now());
    },
    forgetImage: (cluster, service) => {
      const state = found(cluster, service);
      const { digest = '' } = revisionAt(state, state.serving.revision) ?? {};
      harbour.registry.forget(service, digest);
    },
    protect: (cluster, service, until, count = Number.POSITIVE_INFINITY) =>
      void harbour.change(cluster, service, (state, { t }) => {
        const chosen = state.tasks.filter((task) => isLive(task, t)).slice(0, count);
        const tasks = state.tasks.map((task) => (chosen.includes(task) ? { ...task, protectedUntil: until } : task));
        return { ...state, tasks };
      }),
    alarm: (name, state) => harbour.changeAccount({ alarms: { ...harbour.account().alarms, [name]: state } }),
    stack: (name, status) => harbour.changeAccount({ stacks: { ...harbour.account().stacks, [name]: status } }),
    account: harbour.changeAccount,
    retire: ({ boundary, deadline, after = 2 * HOUR }) =>
      harbour.retire({ boundary, from: deadline + after, forcedAt: deadline + after + PATIENCE }),
    notices: (spec) => {
      const at = spec.at ?? harbour.now();
      const before = spec.boundary ?? at;
      const isOld = (task: Task): boolean => isLive(task, at) && task.createdAt < before;
      const services = current().filter(({ tasks }) => tasks.some(isOld));
      const tasks = harbour.standaloneNow().filter(isOld);
      const everything =
        spec.services === undefined && spec.tasks === undefined
          ? { services: services.map((it) => `${it.cluster}|${it.service}`), tasks: tasks.map(taskArn) }
          : {};
      return retirementNotices({ ...everything, ...spec, at }, harbour.random);
    },
    lag: harbour.setLag,
    writes: (action) => harbour.writes().filter((write) => action === undefined || write.action === action),
    service: (cluster, service) => viewOf(found(cluster, service), harbour.now()),
    services: () => current().map((state) => viewOf(state, harbour.now())),
    tasks: () => harbour.standaloneNow().map((task) => taskView(task, harbour.now())),
  };
}

function viewOf(state: ServiceState, t: number): ServiceView {
  const running = state.tasks.filter((task) => isRunning(task, t));
  return {
    cluster: state.cluster,
    service: state.service,
    desired: state.settings.desired,
    tasks: state.tasks.map((task) => taskView(task, t)).filter(({ lastStatus }) => lastStatus !== 'STOPPED'),
    running: running.length,
    older: (boundary) => running.filter(({ createdAt }) => createdAt < boundary).length,
    deployments: state.deployments.map((deployment) => ({
      arn: deploymentArn(state, deployment),
      status: deployment.status,
      createdAt: deployment.createdAt,
      taskDefinition: revisionAt(state, deployment.revision)?.taskDefinition ?? '',
    })),
    digests: [...new Set(running.flatMap(({ container }) => container.digest ?? []))],
  };
}

const taskView = (task: Task, t: number): TaskView => ({
  arn: taskArn(task),
  createdAt: task.createdAt,
  lastStatus: lastStatusOf(task, t),
  digest: task.container.digest,
  stoppedReason: isLive(task, t) ? undefined : task.stop?.reason,
});
