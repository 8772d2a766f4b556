import type { Task } from '@aws-sdk/client-ecs';
import { found, missing } from '../../domain/facts.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';
import { describedOf, describeTasks, listTasks } from './running-tasks.ts';

/** Tasks of one family in one cluster, which is an ARN. */
export interface Family {
  readonly cluster: string;
  readonly family: string;
}

export const familyKey = ({ cluster, family }: Family): string => `${cluster} ${family}`;

/**
 * Milliseconds that tasks of a family usually run, of those that ended by themselves and that ECS still remembers, which
 * is about an hour. `not-applicable` where it remembers none.
 */
export const readUsualRuns = (families: readonly Family[], reading: Reading): Promise<Answers<number>> =>
  askForEach(families, familyKey, async ({ cluster, family }) => {
    const listed = await listTasks({ cluster, family, desiredStatus: 'STOPPED' }, reading);
    if (listed.status === 'missing') return listed;
    const named = listed.value.map((task) => ({ cluster, task }));
    const tasks = describedOf(named, await describeTasks(named, reading));
    if (tasks.status === 'missing') return tasks;
    const usual = median(tasks.value.flatMap(runOf));
    return usual === undefined
      ? missing('not-applicable', 'ECS remembers no task of its family that ended')
      : found(usual);
  });

/** One that somebody stopped does not tell how long it would have run. */
const runOf = ({ stopCode, startedAt, stoppedAt }: Task): readonly number[] =>
  stopCode !== 'EssentialContainerExited' || startedAt === undefined || stoppedAt === undefined
    ? []
    : [stoppedAt.getTime() - startedAt.getTime()];

/** Of an even number the longer of the two in the middle. */
const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
