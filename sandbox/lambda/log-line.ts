import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isObject, readObject } from '../json-object.ts';

/** One line that a function wrote; `fields` when it is JSON. */
export interface LogLine {
  readonly text: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export function readLines(stream: Readable, onLine: (line: LogLine) => void): void {
  createInterface({ input: stream }).on('line', (text) => onLine(parseLine(text)));
}

/** With Lambda's JSON log format the runtime wraps what `console.info(object)` got in `message`: it is unwrapped. */
function parseLine(text: string): LogLine {
  if (!text.startsWith('{')) return { text };
  const fields = readObject(text);
  return { text, fields: isObject(fields['message']) ? { ...fields, ...fields['message'] } : fields };
}
