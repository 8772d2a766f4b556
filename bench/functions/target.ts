/** A bundle with the events that it is measured with. */
export interface Target {
  /** `ecs-events, a new problem`. */
  readonly name: string;
  /** Holds `index.mjs`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The next event, each a new one. */
  readonly event: () => unknown;
  /** Its first events open the problem that it is about; they come before anything is measured. */
  readonly isPrimed?: true;
  /** Whether it did what it is measured at, by its answer and all that it has logged. */
  readonly wants: (payload: unknown, log: string) => boolean;
}
