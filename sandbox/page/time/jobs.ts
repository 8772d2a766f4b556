/** Something of the page that takes a while. */
export interface Job {
  readonly title: string;
  /** How much is done, 0 to 1; absent where nobody knows. */
  readonly done?: number;
  readonly isStopping: boolean;
}

/** Told how much is done, 0 to 1; a job looks at the signal between its steps. */
export type Work = (report: (done: number) => void, stopping: AbortSignal) => Promise<void>;

/** One job at a time, so that a watcher knows what they see. */
export interface Jobs {
  readonly current: () => Job | undefined;
  /** @throws PageError while another one is under way */
  readonly start: (title: string, work: Work) => void;
  readonly stop: () => void;
  /** Why the last job failed, until the next one starts. */
  readonly failure: () => string | undefined;
  /** Settles when none is under way. */
  readonly idle: () => Promise<void>;
}

/** Something that a person can put right; its text is shown on the page. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** `onChange` is called when a job begins, ends or gets on. */
export function createJobs(onChange: () => void): Jobs {
  let job: Job | undefined;
  let failure: string | undefined;
  let ended: Promise<void> = Promise.resolve();
  let stopping = new AbortController();
  const change = (next: Job | undefined): void => {
    job = next;
    onChange();
  };
  const run = async (title: string, work: Work): Promise<void> => {
    try {
      await work((done) => change({ title, done, isStopping: stopping.signal.aborted }), stopping.signal);
    } catch (error) {
      failure = `${title}: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      change(undefined);
    }
  };
  return {
    current: () => job,
    start: (title, work) => {
      if (job !== undefined) throw new PageError(`“${job.title}” is under way; stop it first`);
      failure = undefined;
      stopping = new AbortController();
      change({ title, isStopping: false });
      ended = run(title, work);
    },
    stop: () => {
      stopping.abort();
      if (job !== undefined) change({ ...job, isStopping: true });
    },
    failure: () => failure,
    idle: () => ended,
  };
}
