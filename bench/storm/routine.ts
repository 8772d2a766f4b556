import { createRandom } from '../../sandbox/random.ts';
import { armada } from '../../sandbox/scenario/armada.ts';
import type { Delivery } from '../../sandbox/scenario/storms.ts';
import { type StopCause, taskStop } from '../../sandbox/scenario/task-stop.ts';

/** What deployments and scaling do all day: the rules of the template drop it. */
const SCALE_IN: StopCause = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: () => 'Scaling activity initiated by (deployment ecs-svc/7000000000000000001)',
  exitCode: 0,
};

/** Stops of tasks that nobody needs any more, evenly over `span` milliseconds from `at` on. */
export function routineStops(of: {
  readonly services: number;
  readonly stops: number;
  readonly seed: number;
  readonly at: number;
  readonly span: number;
}): readonly Delivery[] {
  const random = createRandom(of.seed);
  const services = armada(of.services);
  return Array.from({ length: of.stops }, (_, index) => {
    const at = of.at + (index * of.span) / of.stops;
    return {
      arrives: at,
      event: taskStop(random.pick(services), { cause: SCALE_IN, at, lifetime: 3_600_000, random }),
    };
  });
}
