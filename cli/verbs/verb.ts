import type { Terminal } from '../terminal.ts';

/** Answers the exit code; throws a UsageError or an AccountError for what is the caller's to mend. */
type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** What `--help` says of a command, and how it is run. */
export interface Verb {
  readonly usage: string;
  readonly does: string;
  readonly options: Readonly<Record<string, string>>;
  readonly exits: Readonly<Record<number, string>>;
  /** A verb is loaded when it is asked for: only `explain` needs the AWS SDK. */
  readonly load: () => Promise<Run>;
}

export type Verbs = Readonly<Record<string, Verb>>;

export const WRONG_USAGE = 'wrong usage, or a file that cannot be read';

export const TABLE = {
  '--table NAME': "Slackwater's table, the stack's output TableName",
  '--region REGION': 'where the table is; otherwise AWS_REGION says',
} as const;

export const WHEN = {
  '--for 4h': 'how long, at most 7 days',
  '--until T': 'or an instant such as 2026-11-25T18:00:00Z at which it ends',
} as const;
