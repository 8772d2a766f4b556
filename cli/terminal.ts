import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

/** Where a command reads and writes; tests hand in their own. */
export interface Terminal {
  readonly out: (text: string) => unknown;
  readonly err: (text: string) => unknown;
  readonly stdin: NodeJS.ReadableStream;
}

/** The command line was not understood; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`cannot read ${name} (${code})`, { cause: error });
  }
}
