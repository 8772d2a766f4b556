import type { Task } from '@aws-sdk/client-ecs';
import { type Gathered, missing } from '../../domain/facts.ts';
import { type ClusterRef, clusterArn, type Place } from '../../domain/place.ts';
import type { Reading } from './ask.ts';
import { clusterRefOf } from './cluster-ref.ts';
import { listClusters } from './clusters.ts';
import { describeTasks, type NamedTask, taskKey } from './running-tasks.ts';

/** A task of no service, as a notice names it. */
export interface NamedStandalone {
  readonly taskId: string;
  /** The account and Region that it is said to be in. */
  readonly place: Place;
  /** Absent where the notice has only the id; then all clusters there are looked through. */
  readonly cluster?: ClusterRef;
  /** What a copy of it would be started by. */
  readonly token?: string;
}

/** What ECS says of it, and where it is as far as that is known. */
export interface LocatedTask extends NamedStandalone {
  readonly answer: Gathered<Task>;
}

/** In the order given, all of one place. */
export async function locateTasks(
  named: readonly NamedStandalone[],
  reading: Reading,
): Promise<readonly LocatedTask[]> {
  const clusters = named.some(({ cluster }) => cluster === undefined) ? await listClusters(reading) : undefined;
  const everywhere = clusters?.status === 'found' ? clusters.value : [];
  const placesOf = (one: NamedStandalone): readonly NamedTask[] =>
    (one.cluster === undefined ? everywhere : [clusterArn(one.cluster)]).map((cluster) => ({
      cluster,
      task: one.taskId,
    }));
  const tasks = await describeTasks(named.flatMap(placesOf), reading);
  return named.map((one): LocatedTask => {
    if (one.cluster === undefined && clusters?.status === 'missing') return { ...one, answer: clusters };
    return located(
      one,
      placesOf(one).map((place) => tasks(taskKey(place))),
    );
  });
}

/** It is nowhere only if no cluster left the question open. */
function located(named: NamedStandalone, answers: readonly Gathered<Task>[]): LocatedTask {
  const there = answers.find((answer) => answer.status === 'found');
  if (there?.status === 'found') {
    const { clusterArn: arn } = there.value;
    return { ...(arn !== undefined && { cluster: clusterRefOf(arn) }), ...named, answer: there };
  }
  const open = answers.find((answer) => answer.status === 'missing' && answer.reason !== 'not-found');
  return { ...named, answer: open ?? missing('not-found', 'ECS does not know the task any more') };
}
