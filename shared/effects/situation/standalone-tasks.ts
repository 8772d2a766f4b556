import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Task } from '@aws-sdk/client-ecs';
import { type ClusterRef, clusterArn, placeKey } from '../../domain/place.ts';
import { type AllowanceTerms, allowanceOf } from '../../domain/plan/allowance.ts';
import type { StandaloneTask } from '../../domain/plan/situation.ts';
import { RELAUNCH_TAG } from '../../domain/plan/tasks/standalone.ts';
import { present } from '../../domain/present.ts';
import type { Maintenance } from '../../domain/windows/maintenance.ts';
import type { At } from '../places/clients-at.ts';
import type { Answers } from './answers.ts';
import type { Reading } from './ask.ts';
import { interfaceOf, launchOf } from './launch.ts';
import { type LocatedTask, locateTasks, type NamedStandalone } from './located-tasks.ts';
import { describeInterfaces } from './network-interfaces.ts';
import { tagsOf } from './service-settings.ts';
import { type CopyToken, readCopies } from './task-copies.ts';
import { type Family, familyKey, readUsualRuns } from './usual-runs.ts';

interface Terms {
  readonly maintenance: Maintenance;
  readonly allowed: AllowanceTerms;
}

/** The tasks of no service as they are now, place by place and in their order there. */
export async function readStandaloneTasks(
  named: readonly NamedStandalone[],
  terms: Terms,
  readingAt: At<Reading>,
): Promise<readonly StandaloneTask[]> {
  const places = Map.groupBy(named, ({ cluster, place }) => placeKey(cluster ?? place));
  const groups = await Promise.all([...places.values()].map((group) => readPlace(group, terms, readingAt)));
  return groups.flat();
}

async function readPlace(
  named: readonly NamedStandalone[],
  terms: Terms,
  readingAt: At<Reading>,
): Promise<readonly StandaloneTask[]> {
  const [first] = named;
  if (first === undefined) return [];
  const reading = readingAt(first.cluster ?? first.place);
  const located = await locateTasks(named, reading);
  const running = located.flatMap(({ answer }) =>
    answer.status === 'found' && answer.value.lastStatus !== 'STOPPED' ? [answer.value] : [],
  );
  const [runs, interfaces, copies] = await Promise.all([
    readUsualRuns(
      running.flatMap((task) => familyOf(task) ?? []),
      reading,
    ),
    describeInterfaces(
      running.filter(isToBeRelaunched).flatMap((task) => interfaceOf(task) ?? []),
      reading,
    ),
    readCopies(
      located.flatMap((one) => tokenOf(one) ?? []),
      reading,
    ),
  ]);
  return located.map((one) => standaloneTask(one, { terms, runs, interfaces, copies }));
}

/** Its value is looked at by whoever decides; without the tag nothing is started in its place. */
const isToBeRelaunched = (task: Task): boolean => Object.hasOwn(tagsOf(task), RELAUNCH_TAG);

/** Of a task of a service its scheduler decides how long it runs. */
function familyOf({ clusterArn: cluster, taskDefinitionArn = '', group = '' }: Task): Family | undefined {
  const family = /:task-definition\/([^:]+):/.exec(taskDefinitionArn)?.[1];
  return cluster === undefined || family === undefined || group.startsWith('service:')
    ? undefined
    : { cluster, family };
}

/** A task that is stopping, or has stopped, has lost its tags: that of its copy is then the only trace. */
function tokenOf({ cluster, token, answer }: LocatedTask): CopyToken | undefined {
  const isLeftAlone =
    answer.status === 'found' && answer.value.lastStatus === 'RUNNING' && !isToBeRelaunched(answer.value);
  return cluster === undefined || token === undefined || isLeftAlone
    ? undefined
    : { cluster: clusterArn(cluster), token };
}

interface Reads {
  readonly terms: Terms;
  readonly runs: Answers<number>;
  readonly interfaces: Answers<NetworkInterface>;
  readonly copies: Answers<NonNullable<StandaloneTask['copy']>>;
}

function standaloneTask(located: LocatedTask, reads: Reads): StandaloneTask {
  const { taskId, cluster, answer } = located;
  const named = { taskId, ...present({ cluster }) };
  if (answer.status === 'missing' && answer.reason !== 'not-found') return { ...named, unread: `${answer.because}.` };
  const token = tokenOf(located)?.token;
  const copy = token === undefined ? undefined : reads.copies(token);
  // Whether the copy runs decides over the task, so not to know it is to know nothing.
  if (copy?.status === 'missing' && copy.reason !== 'not-applicable') return { ...named, unread: `${copy.because}.` };
  return {
    ...named,
    ...(answer.status === 'found' && cluster && { task: taskFacts(answer.value, cluster, reads) }),
    ...(copy?.status === 'found' && { copy: copy.value }),
  };
}

function taskFacts(
  task: Task,
  cluster: ClusterRef,
  { terms, runs, interfaces }: Reads,
): NonNullable<StandaloneTask['task']> {
  const tags = tagsOf(task);
  const family = familyOf(task);
  const usual = family === undefined ? undefined : runs(familyKey(family));
  return present({
    lastStatus: task.lastStatus ?? 'UNKNOWN',
    group: task.group ?? '',
    startedBy: task.startedBy,
    startedAt: task.startedAt?.getTime(),
    usualRun: usual?.status === 'found' ? usual.value : undefined,
    tags,
    allowance: allowanceOf(terms.maintenance, { ...cluster, tags }, terms.allowed),
    launch: task.lastStatus !== 'STOPPED' && isToBeRelaunched(task) ? launchOf(task, cluster, interfaces) : undefined,
  });
}
