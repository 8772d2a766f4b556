import { type ActorFacts, found, type Gathered, missing } from '../../domain/facts.ts';
import { type Instant, minutes, seconds } from '../../domain/instant.ts';
import type { TaskRef } from '../../domain/place.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { readStopCall } from './cloudtrail-event.ts';
import { lookUpEvents } from './trail-lookup.ts';

/** Who called StopTask for a task. Never throws. */
export type StopActorReader = (task: TaskRef, stoppedAt: Instant) => Promise<Gathered<ActorFacts>>;

const TIMEOUT = seconds(2);
/** The longest stop timeout is two minutes, and leaving a load balancer may take a few more. */
const LONGEST_STOP = minutes(15);

/**
 * Asks CloudTrail's event history, which needs no trail, with one request. Its events come some minutes late, so nothing
 * found is an ordinary answer. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createStopActorReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'cloudTrail'>>;
  readonly budget?: Budget;
}): StopActorReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  const notFound = 'CloudTrail knows no StopTask of the task yet; its events come some minutes late';
  const question: Question = { action: 'cloudtrail:LookupEvents', notFound };
  return (task, stoppedAt) =>
    gathered(question, budget(), async (abortSignal) => {
      const span = [stoppedAt - LONGEST_STOP, stoppedAt] as const;
      const events = await lookUpEvents(await clientsAt(task).cloudTrail(), 'StopTask', span, abortSignal);
      const [stop] = events.flatMap(({ text, at }) => {
        const call = readStopCall(text);
        return call?.taskId === task.taskId ? { who: call.who, at } : [];
      });
      return stop === undefined ? missing('not-found', notFound) : found({ ...stop, did: 'StopTask' });
    });
}
