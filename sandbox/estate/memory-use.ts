/** Percent of the task's memory, minute by minute up to the stop, by service. */
const USE: Readonly<Record<string, readonly number[]>> = {
  // Loads a report whole, as its log says.
  'report-worker': [38.2, 41.7, 63.4, 82.9, 97.3],
};
const ORDINARY = [41.2, 40.8, 42.5, 41.9, 41.4];

/** What `AWS/ECS` shows of a service. */
export const memoryUseOf = (service: string): readonly number[] => USE[service] ?? ORDINARY;
