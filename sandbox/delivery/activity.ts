/** What is being worked on right now. */
export interface Activity {
  /** Counts `work` as under way until it settles; answers it. */
  readonly during: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly isIdle: () => boolean;
  /** Settles when nothing is under way. */
  readonly idle: () => Promise<void>;
}

export function createActivity(): Activity {
  const underWay = new Set<Promise<unknown>>();
  return {
    during: (work) => {
      // Whoever asked for the work sees its failure; this only waits for the end.
      const ended: Promise<unknown> = work
        .catch(() => undefined)
        .finally(() => {
          underWay.delete(ended);
        });
      underWay.add(ended);
      return work;
    },
    isIdle: () => underWay.size === 0,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
