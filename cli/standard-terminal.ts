import { systemClock } from '../shared/runtime/clock.ts';
import type { Terminal } from './terminal.ts';

/** The terminal of this process. A reader that goes away is no error: the command ends quietly. */
export function standardTerminal(): Terminal {
  const gone = new AbortController();
  process.stdout.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    gone.abort();
  });
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    stdin: process.stdin,
    isScreen: process.stdout.isTTY,
    isErrScreen: process.stderr.isTTY,
    environment: process.env,
    clock: systemClock,
    gone: gone.signal,
  };
}
