import { type Facts, type Gathered, known } from './facts.ts';
import type { Details } from './incident.ts';
import { quote } from './quote.ts';

const SHOWN_EVENTS = 3;

/** The part of a message that comes from what was read, and in sentences what could not be read. */
export function detailsOfFacts(facts: Facts): Details {
  const service = known(facts.service);
  const logs = known(facts.logs);
  return {
    missing: missingOf(facts),
    ...(service !== undefined && {
      desired: service.desired,
      running: service.running,
      serviceEvents: service.events.slice(0, SHOWN_EVENTS).map(({ message }) => quote(message)),
    }),
    ...(logs !== undefined && {
      log: { group: logs.group, stream: logs.stream, region: logs.region, lines: logs.lines },
    }),
  };
}

function missingOf({ taskDefinition, service, logs, stoppedTasks }: Facts): readonly string[] {
  const asked: readonly (Gathered<unknown> | undefined)[] = [taskDefinition, service, logs, stoppedTasks];
  return [...new Set(asked.flatMap((gathered) => (gathered?.status === 'missing' ? gathered.because : [])))];
}
