/** Jobs that go on by themselves until they are told to stop. */
export interface Work {
  /** A job that fails while nobody asked it to stop takes the program down: a sandbox that half runs teaches nothing. */
  readonly start: (job: (stopping: AbortSignal) => Promise<void>) => void;
  /** Aborts when the jobs are asked to stop. */
  readonly stopping: AbortSignal;
  readonly askToStop: () => void;
  /** Settles when no job is left. */
  readonly settled: () => Promise<void>;
}

export function createWork(): Work {
  const stopping = new AbortController();
  const jobs = new Set<Promise<void>>();
  return {
    start: (job) => {
      const running = job(stopping.signal)
        .catch((error: unknown) => {
          // A job whose function is killed under it may fail; that is what stopping means.
          if (!stopping.signal.aborted) throw error;
        })
        .finally(() => jobs.delete(running));
      jobs.add(running);
    },
    stopping: stopping.signal,
    askToStop: () => stopping.abort(),
    settled: async () => {
      await Promise.all(jobs);
    },
  };
}
