/** Longer values, such as a health check's script, are cut. */
const LONGEST_VALUE = 120;
/** More names are counted. */
const MOST_NAMES = 6;

type Value = string | number | undefined;

/** `task memory 1024 -> 512 MiB` as a list of one, or nothing when both are the same. */
export function changed(what: string, before: Value, after: Value, unit = ''): readonly string[] {
  if (before === after) return [];
  return [`${what} ${shown(before)} -> ${shown(after)}${after === undefined ? '' : unit}`];
}

/** `FEATURE_X added, DB_HOST changed`; names beyond the sixth are counted. */
export const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;

/** `label: FEATURE_X added, DB_HOST changed` as a list of one, or nothing for no names. */
export const listed = (label: string, changes: readonly string[]): readonly string[] =>
  changes.length === 0 ? [] : [`${label}: ${named(changes)}`];

function shown(value: Value): string {
  if (value === undefined || value === '') return 'not set';
  const characters = Array.from(String(value));
  return characters.length <= LONGEST_VALUE ? characters.join('') : `${characters.slice(0, LONGEST_VALUE).join('')}…`;
}
