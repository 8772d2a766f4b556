import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../json-object.ts';

/** A recorded event of the project's `events/` folder. */
export interface Recorded {
  /** Below `events/`, without the ending: `ecs/task-stopped-out-of-memory`. */
  readonly path: string;
  /** The folder: `ecs`. */
  readonly group: string;
  /** The file's name in words: "Task stopped out of memory". */
  readonly title: string;
  readonly event: unknown;
}

/** Every file below `folder` that is an event a bus can carry; batches of a queue are not. */
export function readLibrary(folder: string): readonly Recorded[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => readRecorded(folder, file.replaceAll('\\', '/')))
    .filter(({ event }) => isObject(event) && typeof event['detail-type'] === 'string')
    .sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

function readRecorded(folder: string, file: string): Recorded {
  const path = file.replace(/\.json$/, '');
  const words = (path.split('/').at(-1) ?? path).replaceAll('-', ' ');
  return {
    path,
    group: path.split('/')[0] ?? '',
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    event: JSON.parse(readFileSync(join(folder, file), 'utf8')),
  };
}
