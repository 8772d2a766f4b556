import { days, hours, minutes, seconds } from '../instant.ts';
import type { LocalTime } from '../zone.ts';
import { dateOf, dateText, timeText, twoDigits } from './calendar.ts';
import type { Freeze, MaintenanceWindow, MonthDay } from './maintenance.ts';

/** `fri 22:00 to 06:00, America/New_York`. */
export function ruleText(window: MaintenanceWindow): string {
  if (window.opens.kind === 'ssm') {
    const { id, imported } = window.opens;
    return [`maintenance window ${id} of AWS Systems Manager`, imported?.problem].filter(Boolean).join('; ');
  }
  const until =
    window.closes.kind === 'end' ? `to ${timeText(window.closes.at)}` : `for ${lengthText(lengthOf(window))}`;
  return `${opensText(window)} ${until}, ${window.zone}`;
}

const lengthOf = ({ closes }: MaintenanceWindow): number => (closes.kind === 'duration' ? closes.length : 0);

function opensText({ opens }: MaintenanceWindow): string {
  switch (opens.kind) {
    case 'weekly':
      return `${opens.days.length === 7 ? 'daily' : opens.days.join(', ')} ${timeText(opens.start)}`;
    case 'cron':
      return `cron ${opens.cron.expression}${opens.offsetDays === 0 ? '' : ` and ${opens.offsetDays} d later`}`;
    case 'once':
      return `once ${localMinute(opens.at)}`;
    case 'ssm':
      return opens.id;
  }
}

/** `2026-11-24 00:00 to 2026-11-30 00:00, America/New_York: Black Friday`. */
export function freezeText({ period, zone, reason }: Freeze): string {
  const when =
    period.kind === 'once'
      ? `${localMinute(period.from)} to ${localMinute(period.to)}`
      : `every year ${monthDayText(period.from)} to ${monthDayText(period.to)}`;
  return `${when}, ${zone}: ${reason}`;
}

/** `2026-11-24 22:00`. */
const localMinute = (local: LocalTime): string => `${dateText(local)} ${timeText(local - dateOf(local))}`;

const monthDayText = ({ month, day }: MonthDay): string => `${twoDigits(month)}-${twoDigits(day)}`;

/** `4 h 30 min`; exact, unlike a length that is told to people in a hurry. */
export function lengthText(milliseconds: number): string {
  const parts = [
    [Math.floor(milliseconds / days(1)), 'd'],
    [Math.floor((milliseconds % days(1)) / hours(1)), 'h'],
    [Math.floor((milliseconds % hours(1)) / minutes(1)), 'min'],
    [Math.floor((milliseconds % minutes(1)) / seconds(1)), 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.join(' ') || '0 s';
}
