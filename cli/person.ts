import { oneLine, shorten } from '../shared/render/escape.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Of every verb in which somebody decides something. */
export const PERSON_OPTIONS = { by: { type: 'string' } } as const;

/** A line in a message, not a paragraph. */
const NAME_LIMIT = 80;

/**
 * Who does it, by `--by` or else by the variable USER; nothing proves it. Throws a UsageError that ends as `missing` says
 * where neither does: `who has taken it`.
 */
export function personIn(by: string | undefined, { environment }: Pick<Terminal, 'environment'>, missing: string) {
  const name = shorten(oneLine(by ?? environment['USER'] ?? environment['USERNAME'] ?? ''), NAME_LIMIT);
  if (name === '') throw new UsageError(`say ${missing} with --by`);
  return name;
}
