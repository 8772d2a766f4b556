/** What a sandbox can be told; everything has a default. */
export interface SandboxOptions {
  /** Folder with `template.yaml` and `dist/`. */
  readonly root?: string;
  /** Parameters of the template besides the Slack channel. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Seconds until a message that was not dealt with comes again; the template's own time is minutes. */
  readonly visibilityTimeout?: number;
  /** Seconds until a function is killed, instead of the template's. */
  readonly functionTimeout?: number;
  /** Milliseconds between two runs of the scheduled functions. */
  readonly scheduleInterval?: number;
  /** Milliseconds before the first retry of an asynchronous invocation. */
  readonly retryPause?: number;
}

/** The channel that exists in the sandbox's workspace, and the token that its API takes. Neither is of any use outside. */
export const CHANNEL = 'C0SANDBOX';
export const TOKEN = 'xoxb-sandbox-not-a-secret';
