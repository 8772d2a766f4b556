import { type Facts, type Gathered, known } from './facts.ts';
import type { Details } from './incident.ts';
import { quote } from './quote.ts';

const SHOWN_EVENTS = 3;
const SHOWN_DIFFERENCES = 12;
/** Characters of log kept in the record, so that it stays a few kilobytes whatever the container wrote. */
const KEPT_LOG = 2_500;

/** As many of the last lines as there is room for. */
function newest(lines: readonly string[]): readonly string[] {
  let room = KEPT_LOG;
  const kept = lines.toReversed().filter((line) => (room -= line.length + 1) >= 0);
  return kept.toReversed();
}

/** The part of a message that comes from what was read, and in sentences what could not be read. */
export function detailsOfFacts(facts: Facts): Details {
  const service = known(facts.service);
  const logs = known(facts.logs);
  const change = known(facts.change);
  const actor = known(facts.actor);
  return {
    missing: missingOf(facts),
    ...(service !== undefined && {
      desired: service.desired,
      running: service.running,
      serviceEvents: service.events.slice(0, SHOWN_EVENTS).map(({ message }) => quote(message)),
    }),
    ...(change !== undefined && {
      change: {
        from: change.from,
        to: change.to,
        differences: change.differences.slice(0, SHOWN_DIFFERENCES).map((difference) => quote(difference)),
      },
    }),
    ...(change?.circuitBreaker !== undefined && { circuitBreaker: change.circuitBreaker }),
    ...(actor !== undefined && { actor: quote(`${actor.who}, by ${actor.did}`) }),
    ...(logs !== undefined && {
      log: { group: logs.group, stream: logs.stream, region: logs.region, lines: newest(logs.lines) },
    }),
  };
}

function missingOf(facts: Facts): readonly string[] {
  const asked: readonly Gathered<unknown>[] = Object.values(facts);
  return [...new Set(asked.flatMap((gathered) => (gathered.status === 'missing' ? gathered.because : [])))];
}
