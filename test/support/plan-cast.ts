import type { PlayedService } from '../../cli/plan/ecs.ts';
import { found, missing } from '../../shared/domain/facts.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { StandaloneTask } from '../../shared/domain/plan/situation.ts';
import { RELAUNCH_TAG } from '../../shared/domain/plan/tasks/standalone.ts';
import type { World } from './plan-worlds.ts';
import { aLaunch, anAllowance, aService, tasks as someTasks } from './plans.ts';
import { aPlayedService } from './play.ts';

/** The services of a world as ECS plays them. */
export function playedOf(one: World['services'][number], index: number, { openings, budget }: World): PlayedService {
  const count = one.old + one.fresh;
  const allowance = anAllowance({ openings, mode: one.mode, budget, overrun: one.overrun });
  return aPlayedService(
    {
      at: aService(`s${index}`, one.cluster),
      allowance,
      controller: one.controller,
      ...(one.controller === 'CODE_DEPLOY' && {
        codeDeploy: found({ application: 'harbor', group: `s${index}`, appSpec: '{}' }),
      }),
      desired: count,
      running: count,
      durations: { past: [1, 1, 1].map(() => minutes(one.takes)) },
    },
    {
      tasks: someTasks(one.old, one.fresh).map(({ createdAt }) => createdAt ?? 0),
      takes: minutes(one.takes),
      ends: one.ends,
    },
  );
}

/** A task of no service that its tag may ask to be started again. */
export function taskOf(
  { order, mode, canBeCopied }: World['tasks'][number],
  index: number,
  { openings }: World,
): StandaloneTask {
  const launch = aLaunch({ taskId: `alone-${index}` });
  return {
    taskId: launch.taskId,
    cluster: launch.cluster,
    task: {
      lastStatus: 'RUNNING',
      group: 'family:report',
      tags: { [RELAUNCH_TAG]: order },
      allowance: anAllowance({ openings, mode }),
      launch: canBeCopied ? found(launch) : missing('denied', 'the call is not allowed'),
    },
  };
}
