import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Instant } from '../shared/domain/instant.ts';

/** Where a command reads and writes; tests hand in their own. */
export interface Terminal {
  readonly out: (text: string) => unknown;
  readonly err: (text: string) => unknown;
  readonly stdin: NodeJS.ReadableStream;
  /** Whether a person reads `out` on a screen, rather than a file or another program. */
  readonly isScreen: boolean;
  /** The same of `err`, where progress is told. */
  readonly isErrScreen: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Instant;
  /** Aborted once nobody reads `out` any more, as when a pipe into `head` has had enough. */
  readonly gone: AbortSignal;
}

/** The command line was not understood; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The AWS account could not be read; the message says what is missing, in words for the caller. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

export interface InputFile {
  readonly name: string;
  readonly text: string;
}

/** Reads a file, or standard input for `-`. Throws a UsageError that names what cannot be read. */
export async function readInput(name: string, stdin: NodeJS.ReadableStream): Promise<InputFile> {
  if (name === '-') return { name: 'standard input', text: await text(stdin) };
  try {
    return { name, text: await readFile(name, 'utf8') };
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** Why a file cannot be read, by the code that the system gives: `ENOENT`. */
export function unreadable(name: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new UsageError(`cannot read ${name} (${code})`, { cause: error });
}

/** What `parse` answers; what it throws about the arguments becomes a UsageError in its words. */
export function understood<Arguments>(parse: () => Arguments): Arguments {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the arguments were not understood', {
      cause: error,
    });
  }
}
