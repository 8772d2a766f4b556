import { hours, minutes } from '../../shared/domain/instant.ts';
import { WEEKDAYS, type Weekday } from '../../shared/domain/quiet-hours.ts';
import type { WindowSubject } from '../../shared/domain/windows/audience.ts';
import type { Imported, ImportedOpening } from '../../shared/domain/windows/imported.ts';
import {
  DEFAULT_BUDGET,
  type Freeze,
  type FreezePeriod,
  type LocalOpens,
  type MaintenanceWindow,
} from '../../shared/domain/windows/maintenance.ts';
import { parseCron } from '../../shared/parse/configuration-windows-cron.ts';

/** `22:00`, in milliseconds since midnight. */
export const time = (text: string): number => minutes(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** A local time, or an instant in UTC: `2026-11-21T22:00`. */
export const local = (text: string): number => Date.parse(`${text}Z`);

export const shown = (at: number): string => new Date(at).toISOString().slice(0, 16);

export const weekly = (start: string, on: readonly Weekday[] = WEEKDAYS): LocalOpens => ({
  kind: 'weekly',
  days: on,
  start: time(start),
});

export function cron(expression: string, offsetDays = 0): LocalOpens {
  const parsed = parseCron(expression);
  if (parsed.status === 'invalid') throw new Error(parsed.problems.join());
  return { kind: 'cron', cron: parsed.cron, offsetDays };
}

interface Given extends Partial<Omit<MaintenanceWindow, 'opens' | 'closes'>> {
  readonly opens?: LocalOpens;
  /** `06:00`. */
  readonly end?: string;
  /** Milliseconds, in the place of `end`. */
  readonly length?: number;
}

/** Every night from 22:00 to 06:00 UTC, for everything. */
export const aWindow = ({
  opens = weekly('22:00'),
  end = '06:00',
  length,
  ...terms
}: Given = {}): MaintenanceWindow => ({
  name: 'nights',
  zone: 'UTC',
  opens,
  closes: length === undefined ? { kind: 'end', at: time(end) } : { kind: 'duration', length },
  overrun: 'finish',
  select: {},
  mode: 'approve',
  budget: DEFAULT_BUDGET,
  blockers: [],
  ...terms,
});

export const SSM_WINDOW = 'mw-0123456789abcdef0';

/** A window of Systems Manager, which has told so much; `undefined`: it was not asked. */
export const anSsmWindow = (imported?: Imported, terms: Given = {}): MaintenanceWindow => ({
  ...aWindow({ name: 'remote', ...terms }),
  opens: { kind: 'ssm', id: SSM_WINDOW, ...(imported && { imported }) },
  closes: { kind: 'ssm' },
});

/** Four hours from each of these times on, the last of which begins nothing new. */
export const toldOpenings = (...starts: readonly string[]): readonly ImportedOpening[] =>
  starts.map((start) => ({ opens: local(start), closes: local(start) + hours(4), cutoff: hours(1) }));

/** Half-open, by the clock on the wall. */
export const between = (from: string, to: string): FreezePeriod => ({ kind: 'once', from: local(from), to: local(to) });

export const aFreeze = (freeze: Partial<Freeze> = {}): Freeze => ({
  name: 'peak',
  zone: 'UTC',
  period: between('2026-11-24T00:00', '2026-11-30T00:00'),
  select: {},
  reason: 'shops are full',
  ...freeze,
});

export const aSubject = (subject: Partial<WindowSubject> = {}): WindowSubject => ({
  account: '111122223333',
  region: 'eu-west-1',
  cluster: 'harbor-prod',
  service: 'checkout',
  tags: {},
  ...subject,
});
