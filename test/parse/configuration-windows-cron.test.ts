import { describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/instant.ts';
import { timeText } from '../../shared/domain/windows/calendar.ts';
import { isOn, timesOf } from '../../shared/domain/windows/cron.ts';
import { parseCron } from '../../shared/parse/configuration-windows-cron.ts';

function read(expression: string) {
  const parsed = parseCron(expression);
  if (parsed.status === 'invalid') throw new Error(parsed.problems.join());
  return parsed.cron;
}

/** Days of November 2026, of which the first is a Sunday. */
const november = (expression: string): readonly number[] =>
  Array.from({ length: 30 }, (_, index) => index + 1).filter((day) => isOn(Date.UTC(2026, 10, day), read(expression)));

describe('a cron expression', () => {
  it.each<[string, string, readonly number[]]>([
    ['every second Tuesday of a month', '0 2 * * tue#2', [10]],
    ['the last Friday', '0 2 * * 5L', [27]],
    ['the last Friday by its name', '0 2 * * FRIL', [27]],
    ['the last day', '0 2 L * *', [30]],
    ['some days', '0 2 1,15-17 * *', [1, 15, 16, 17]],
    ['each tenth day', '0 2 */10 * *', [1, 11, 21]],
    ['each tenth day from the fifth on', '0 2 5/10 * *', [5, 15, 25]],
    ['Sundays by 0', '0 2 * * 0', [1, 8, 15, 22, 29]],
    ['Sundays by 7', '0 2 * * 7', [1, 8, 15, 22, 29]],
    ['a weekend', '0 2 ? * sat-sun', [1, 7, 8, 14, 15, 21, 22, 28, 29]],
    ['from Friday to Sunday', '0 2 * 11 5-7', [1, 6, 7, 8, 13, 14, 15, 20, 21, 22, 27, 28, 29]],
    ['days of the month or of the week', '0 2 13 * mon', [2, 9, 13, 16, 23, 30]],
    ['days of both when one begins with a star', '0 2 */2 * mon', [9, 23]],
    ['another month', '0 2 * jan-mar,12 *', []],
    ['a fifth Monday', '0 2 * * mon#5', [30]],
    ['a fifth Friday, of which there is none', '0 2 * * fri#5', []],
  ])('may mean %s: %s', (_, expression, expected) => {
    expect(november(expression)).toEqual(expected);
  });

  it.each([
    ['30 1 * * *', ['01:30']],
    ['0,30 1-2 * * *', ['01:00', '01:30', '02:00', '02:30']],
    ['15 */6 * * *', ['00:15', '06:15', '12:15', '18:15']],
    ['0 20/2 * * *', ['20:00', '22:00']],
  ])('opens at its times: %s', (expression, expected) => {
    expect(timesOf(read(expression)).map(timeText)).toEqual(expected);
  });

  it.each([
    ['60 2 * * *', ['minute: 0 to 59']],
    ['0 2-1 * * *', ['hour: 0 to 23']],
    ['0 2 0 * *', ['day of the month: 1 to 31']],
    ['0 2 15W * *', ['day of the month: 1 to 31']],
    ['0 2 * juno *', ['month: 1 to 12 or jan to dec']],
    ['0 2 * * 8', ['day of the week: 0 to 7 or sun to sat']],
    ['0 2 * * tue#6', ['day of the week: 0 to 7 or sun to sat']],
    ['0 2 * * L', ['day of the week: 0 to 7 or sun to sat']],
    ['0 */0 * * *', ['hour: 0 to 23']],
    ['? 2 * * *', ['minute: 0 to 59']],
    ['1, 2 * * *', ['minute: 0 to 59']],
    ['x y * z *', ['minute: 0 to 59', 'hour: 0 to 23', 'month: 1 to 12 or jan to dec']],
    ['* * * * *', ['hour: at most 24 openings a day']],
    ['@daily', ['five fields: minute, hour, day of the month, month, day of the week']],
    ['0 0 2 * * *', ['five fields: minute, hour, day of the month, month, day of the week']],
  ])('is refused by the name of its field: %s', (expression, expected) => {
    const parsed = parseCron(expression);
    const problems = parsed.status === 'invalid' ? parsed.problems : [];
    expect(problems).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(problems[index]).toContain(words);
  });

  it('finds the 29th of February every four years', () => {
    const cron = read('0 2 29 feb *');
    const from = Date.UTC(2026, 0);
    const found = Array.from({ length: 3_000 }, (_, index) => from + days(index)).filter((date) => isOn(date, cron));
    expect(found).toEqual([Date.UTC(2028, 1, 29), Date.UTC(2032, 1, 29)]);
  });
});
