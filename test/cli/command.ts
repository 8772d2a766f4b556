import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../../cli/index.ts';
import type { Terminal } from '../../cli/terminal.ts';

/** Tue 17 Nov 2026, 10:00 UTC: after the recorded events of that night. */
export const NOW = Date.UTC(2026, 10, 17, 10);

interface Given extends Partial<Pick<Terminal, 'isScreen' | 'isErrScreen' | 'environment' | 'clock' | 'gone'>> {
  readonly stdin?: string | Readable;
  /** Called with every line that is printed. */
  readonly onOut?: (text: string) => void;
}

/** Runs the command line in this process, and answers what it printed. */
export async function run(args: readonly string[], given: Given = {}) {
  const { stdin = '', onOut, ...terminal } = given;
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, {
    out: (text) => {
      out.push(text);
      onOut?.(text);
    },
    err: (text) => err.push(text),
    stdin: typeof stdin === 'string' ? Readable.from([stdin]) : stdin,
    isScreen: false,
    isErrScreen: given.isScreen ?? false,
    environment: {},
    clock: () => NOW,
    gone: new AbortController().signal,
    ...terminal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Of a file in `events/`. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../../events/${file}`, import.meta.url));

/** The JSON objects that were printed, one a line. */
export const objectsIn = (out: string): readonly Record<string, unknown>[] =>
  // True because every verb prints objects alone.
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
