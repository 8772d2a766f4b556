/** What one execution environment took. Times in milliseconds. */
export interface Measured {
  /** From the start of the process to its first question for an event. */
  readonly init: Spent;
  readonly first: Spent;
  /** Wall time of each further event. */
  readonly warm: readonly number[];
  /** Processor time of a further event, on average. */
  readonly warmCpu: number;
  /** MB, after the last event. */
  readonly resident: number;
  /** Of a further event, on average. */
  readonly logBytes: number;
}

export interface Spent {
  readonly wall: number;
  /** All threads, user and system. */
  readonly cpu: number;
}
