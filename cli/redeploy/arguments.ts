import { parseArgs } from 'node:util';
import type { Request } from '../../shared/domain/incident.ts';
import { days, hours, type Instant } from '../../shared/domain/instant.ts';
import { redact } from '../../shared/domain/redact.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { TABLE_OPTIONS, type TableGiven } from '../incidents/table.ts';
import { PERSON_OPTIONS, personIn } from '../person.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { instantIn } from '../windows/given.ts';
import { type ServiceName, serviceNameIn } from './services.ts';

export interface RedeployGiven extends TableGiven {
  readonly names: readonly ServiceName[];
  readonly by: string;
  readonly why: Request['why'];
  readonly reason?: string;
  readonly deadline: Instant;
  /** Windows and freezes are not waited for. */
  readonly isNow: boolean;
  readonly isSure: boolean;
}

const REASONS: readonly Request['why'][] = ['asked', 'secret-rotation', 'platform-version'];
const OPTIONS = {
  ...TABLE_OPTIONS,
  ...PERSON_OPTIONS,
  now: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'by-date': { type: 'string' },
  reason: { type: 'string' },
  why: { type: 'string' },
} as const;

/** As long as AWS waits by default before it retires; what is not to wait is not to be forgotten either. */
const DEFAULT_TIME = days(7);
const DEFAULT_TIME_NOW = hours(24);
const LONGEST = days(90);
const SHORTEST = hours(1);
/** A sentence in a message, not a page. */
const REASON_LIMIT = 300;

/** Throws a UsageError that names the argument at fault. */
export function redeployGiven(args: readonly string[], terminal: Terminal): RedeployGiven {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  if (positionals.length === 0)
    throw new UsageError('the services are missing; expected CLUSTER/SERVICE, once or more');
  const { now: isNow, yes: isSure, reason: words, ...rest } = values;
  if (isSure && !isNow) throw new UsageError('--yes goes with --now');
  const reason = words && shorten(oneLine(redact(words)), REASON_LIMIT);
  return {
    ...rest,
    names: positionals.map(serviceNameIn),
    by: personIn(values.by, terminal, 'who asks for it'),
    why: whyIn(values.why),
    deadline: deadlineIn(values['by-date'], isNow ? DEFAULT_TIME_NOW : DEFAULT_TIME, terminal.clock()),
    isNow,
    isSure,
    ...(reason && { reason }),
  };
}

function whyIn(text = 'asked'): Request['why'] {
  const why = REASONS.find((one) => one === text);
  if (why === undefined)
    throw new UsageError(`--why takes one of ${REASONS.join(', ')}, not "${shorten(oneLine(text), 40)}"`);
  return why;
}

function deadlineIn(text: string | undefined, standard: number, now: Instant): Instant {
  if (text === undefined) return now + standard;
  const deadline = instantIn(text, '--by-date');
  if (deadline < now + SHORTEST || deadline > now + LONGEST)
    throw new UsageError('--by-date takes an instant from an hour to 90 days from now');
  return deadline;
}
