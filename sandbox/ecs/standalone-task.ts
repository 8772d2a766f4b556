import { taskStopped } from './events.ts';
import { imageOf } from './names.ts';
import { REMEMBERED } from './passage.ts';
import { isRetired } from './schedule-tasks.ts';
import type { Context, Retirement } from './service-state.ts';
import { type Health, hasStopped, instantsOf, networkIn, stopped, type Task } from './task.ts';

/** A task of no service as a test describes it; everything has a default. Instants and spans in milliseconds. */
export interface StandaloneSpec {
  readonly cluster?: string;
  readonly family?: string;
  readonly revision?: number;
  readonly group?: string;
  readonly startedBy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly createdAt?: number;
  readonly startTime?: number;
  readonly isSpot?: boolean;
  readonly health?: Health;
  readonly subnet?: string;
  readonly securityGroups?: readonly string[];
  readonly hasPublicAddress?: boolean;
  readonly enableExecuteCommand?: boolean;
}

const STARTS_IN = 60_000;
const STOPS_IN = 30_000;

export function standaloneTask(spec: StandaloneSpec, { t, random, registry }: Context): Task {
  const { cluster = 'harbour-south', family = 'tender', revision = 1, createdAt = t } = spec;
  const image = imageOf(family, 'stable');
  return {
    id: random.hex(32),
    cluster,
    group: spec.group ?? `family:${family}`,
    ...(spec.startedBy !== undefined && { startedBy: spec.startedBy }),
    taskDefinition: `${family}:${revision}`,
    container: {
      name: family,
      image,
      digest: registry.digestOf(family, 'stable') ?? registry.push(family, 'stable', createdAt),
    },
    cpu: 512,
    health: spec.health ?? 'UNKNOWN',
    createdAt,
    runningAt: createdAt + (spec.startTime ?? STARTS_IN),
    isTold: false,
    network: networkIn(
      spec.subnet ?? 'subnet-01c68a665fda93755',
      spec.securityGroups ?? ['sg-0a1b2c3d4e5f60718'],
      random,
      spec.hasPublicAddress,
    ),
    isSpot: spec.isSpot ?? false,
    tags: spec.tags ?? {},
    ...(spec.overrides !== undefined && { overrides: spec.overrides }),
    enableExecuteCommand: spec.enableExecuteCommand ?? false,
  };
}

/** `family:revision` or an ARN of it; the family has to be one word of ECS. */
export const familyIn = (taskDefinition: string): readonly [family: string, revision: number] | undefined => {
  const [, family = '', revision = ''] = /(?:^|task-definition\/)([\w-]+):(\d+)$/.exec(taskDefinition) ?? [];
  return family === '' ? undefined : [family, Number(revision)];
};

/** StopTask, or AWS's retirement, which nobody makes up for. */
export const standaloneStopped = (
  task: Task,
  t: number,
  by: { readonly code?: string; readonly reason: string },
): Task => stopped(task, { from: t, at: t + STOPS_IN, ...by, exitCode: 143, isFailure: false });

/** What becomes of all of them at one instant. */
export function standaloneStep(tasks: readonly Task[], context: Context): readonly Task[] {
  const { t, tell } = context;
  const retired = tasks.map((task) =>
    isRetired(task, context)
      ? standaloneStopped(task, t, {
          reason: 'ECS is performing maintenance on the underlying infrastructure hosting the task',
        })
      : task,
  );
  const news = retired.filter((task) => !task.isTold && hasStopped(task, t));
  for (const task of news) tell(taskStopped(task, context));
  return retired
    .filter(({ stop }) => stop === undefined || t <= stop.at + REMEMBERED)
    .map((task) => (news.includes(task) ? { ...task, isTold: true } : task));
}

export function nextStandaloneInstant(tasks: readonly Task[], t: number, retirements: readonly Retirement[]): number {
  const instants = [...tasks.flatMap(instantsOf), ...retirements.map(({ from }) => from)];
  return instants.reduce((next, it) => (it > t && it < next ? it : next), Number.POSITIVE_INFINITY);
}
