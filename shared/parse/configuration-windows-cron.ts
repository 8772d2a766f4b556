import type { Cron, MonthDayRule, WeekdayRule } from '../domain/windows/cron.ts';
import { MOST_A_DAY } from '../domain/windows/maintenance.ts';

/** One field of an expression: what it may hold, and how to say so. */
interface Field {
  readonly words: string;
  readonly least: number;
  readonly most: number;
  /** In the order of their numbers, the first for `least`. */
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FORMS = 'as *, 5, 1-5, */15 or a list of these';
const MINUTE = { words: `minute: 0 to 59, ${FORMS}`, least: 0, most: 59, names: [] };
const HOUR = { words: `hour: 0 to 23, ${FORMS}`, least: 0, most: 23, names: [] };
const DAY = { words: `day of the month: 1 to 31, ${FORMS}; L is the last`, least: 1, most: 31, names: [] };
const MONTH = { words: `month: 1 to 12 or jan to dec, ${FORMS}`, least: 1, most: 12, names: MONTHS };
const WEEKDAY = {
  words: `day of the week: 0 to 7 or sun to sat, ${FORMS}; 5L is the last Friday, 2#2 the second Tuesday`,
  least: 0,
  most: 7,
  names: WEEKDAY_NAMES,
};

export type ParsedCron =
  | { readonly status: 'valid'; readonly cron: Cron }
  /** Each begins with the name of the field at fault. */
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

/**
 * Reads the five fields of cron: minute, hour, day of the month, month, day of the week, Sunday being 0 and 7. `?` is `*`
 * in both of the day's fields. Names are of three letters, upper or lower case.
 */
export function parseCron(expression: string): ParsedCron {
  const fields = expression.trim().toLowerCase().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = fields;
  if (weekday === '' || rest.length > 0) {
    return invalid(['five fields: minute, hour, day of the month, month, day of the week']);
  }
  const minutes = numbersIn(minute, MINUTE);
  const hours = numbersIn(hour, HOUR);
  const monthDays = partsIn(day, monthDayRules);
  const months = numbersIn(month, MONTH);
  const weekdays = partsIn(weekday, weekdayRules);
  if (!minutes || !hours || !monthDays || !months || !weekdays) {
    const found = [minutes, hours, monthDays, months, weekdays];
    return invalid([MINUTE, HOUR, DAY, MONTH, WEEKDAY].filter((_, index) => !found[index]).map(({ words }) => words));
  }
  if (minutes.length * hours.length > MOST_A_DAY) return invalid([`hour: at most ${MOST_A_DAY} openings a day`]);
  const days = /^[*?]/.test(day) || /^[*?]/.test(weekday) ? 'both' : 'either';
  return { status: 'valid', cron: { expression: fields.join(' '), minutes, hours, monthDays, months, weekdays, days } };
}

const invalid = (problems: readonly string[]): ParsedCron => ({ status: 'invalid', problems });

const monthDayRules = (part: string): readonly MonthDayRule[] | undefined =>
  part === 'l' ? ['last'] : rangeIn(part === '?' ? '*' : part, DAY);

function weekdayRules(part: string): readonly WeekdayRule[] | undefined {
  const [, base = '', suffix = ''] = /^([a-z]{3}|\d)(l|#[1-5])$/.exec(part) ?? [];
  if (suffix !== '') {
    const weekday = numberIn(base, WEEKDAY);
    if (weekday === undefined) return undefined;
    return [{ weekday: weekday % 7, which: suffix === 'l' ? 'last' : { nth: Number(suffix.slice(1)) } }];
  }
  return rangeIn(part === '?' ? '*' : part, WEEKDAY)?.map((weekday) => ({ weekday: weekday % 7, which: 'every' }));
}

/** In order, each once. */
function numbersIn(text: string, field: Field): readonly number[] | undefined {
  const numbers = partsIn(text, (part) => rangeIn(part, field));
  return numbers && [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** Of a list with commas; `undefined` when one of its parts is not understood. */
function partsIn<Rule>(
  text: string,
  parse: (part: string) => readonly Rule[] | undefined,
): readonly Rule[] | undefined {
  const parts = text.split(',').map(parse);
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** `*`, `5`, `1-5`, and each of these with a step: `1-5/2`. */
function rangeIn(part: string, field: Field): readonly number[] | undefined {
  const [, range = '', , step] = /^(\*|[a-z\d]+(-[a-z\d]+)?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  const [first, last] = endsOf(range, { field, isOpen: step !== undefined });
  const by = Number(step ?? 1);
  if (first === undefined || last === undefined || last < first || by < 1) return undefined;
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

/** A single number with a step goes on to the end: `5/15` is `5-59/15`. */
function endsOf(range: string, { field, isOpen }: { readonly field: Field; readonly isOpen: boolean }) {
  const isWeekday = field === WEEKDAY;
  const end = isWeekday ? 6 : field.most;
  if (range === '*') return [field.least, end];
  const [from = '', to] = range.split('-');
  const first = numberIn(from, field);
  const last = to === undefined ? (isOpen ? end : first) : numberIn(to, field);
  // Sunday ends a week as well as it begins one: fri-sun.
  return isWeekday && to !== undefined && last === 0 && first !== 0 ? [first, 7] : [first, last];
}

function numberIn(text: string, { least, most, names }: Field): number | undefined {
  const named = names.indexOf(text);
  const number = named >= 0 ? least + named : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return least <= number && number <= most ? number : undefined;
}
