import type { Incident } from './incident.ts';
import { type Instant, minutes } from './instant.ts';

/** Tasks that start and die again and again. ECS sends no signal for it: only the stops tell. */
export interface CrashLoop {
  readonly stops: number;
  /** Milliseconds between the first and the last of these stops. */
  readonly within: number;
  /** The usual time that a task ran, in seconds; absent when most never reached RUNNING. */
  readonly ran?: number;
}

const WINDOW = minutes(10);
const FEWEST = 3;

/**
 * The loop that the newest stops of an incident show: at least three within ten minutes of the last one. The record
 * keeps the newest stops only, so a fast loop is told by fewer minutes, not by more stops.
 */
export function crashLoop({ stops }: Pick<Incident, 'stops'>): CrashLoop | undefined {
  const [newest] = stops;
  if (newest === undefined) return undefined;
  const close = stops.filter(({ at }) => newest.at - at <= WINDOW);
  if (close.length < FEWEST) return undefined;
  const ran = close.flatMap((stop) => (stop.ran < 0 ? [] : stop.ran)).sort((a, b) => a - b);
  const median = ran[Math.floor(ran.length / 2)];
  return {
    stops: close.length,
    within: newest.at - earliest(close),
    ...(median !== undefined && ran.length * 2 > close.length && { ran: median }),
  };
}

const earliest = (stops: readonly { readonly at: Instant }[]): Instant => Math.min(...stops.map(({ at }) => at));
