import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { UsageError } from '../terminal.ts';

/** Where lines go, one after the other. */
export interface Sink {
  readonly write: (line: string) => Promise<void>;
  /** All lines were written. Without it nothing takes the file's name. */
  readonly finish: () => Promise<void>;
}

/**
 * Answers what `work` does with a file that only its owner may read. It is called PATH.part until it is whole: whatever
 * ends this in between leaves that behind, and never half a file under the name of a whole one. Throws a UsageError for
 * a path that is taken or cannot be written.
 */
export async function toFile<Value>(path: string, work: (sink: Sink) => Promise<Value>): Promise<Value> {
  if (existsSync(path)) throw new UsageError(`${path} is there already: give another name, or move it away`);
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`cannot write ${part} (${code})`, { cause: error });
  });
  try {
    return await work({
      write: async (line) => {
        await file.appendFile(`${line}\n`);
      },
      finish: async () => {
        await file.sync();
        await rename(part, path);
      },
    });
  } finally {
    await file.close();
  }
}
