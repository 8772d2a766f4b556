import { parseArgs } from 'node:util';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { TABLE_OPTIONS, type TableGiven } from '../incidents/table.ts';
import { PERSON_OPTIONS, personIn } from '../person.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { durationIn } from '../windows/given.ts';
import { planIdIn } from './named.ts';

/** What a person wants to decide, as far as the command line says it. */
export interface DecisionGiven extends TableGiven {
  /** The plan's id, or how it begins. */
  readonly plan: string;
  readonly by: string;
  /** Of the plan that they were shown. */
  readonly hash?: string;
  /** Services, or the one freeze. */
  readonly names: readonly string[];
  /** Milliseconds for which something may be begun. */
  readonly length: number;
}

/** What a verb takes after the plan, and which of the options. */
export interface DecisionForm {
  readonly names: 'none' | 'services' | 'all or some services' | 'one freeze';
  /** It binds to what was shown, so it takes --hash. */
  readonly isShown: boolean;
  readonly hasLength: boolean;
}

const OPTIONS = { ...TABLE_OPTIONS, ...PERSON_OPTIONS, hash: { type: 'string' }, for: { type: 'string' } } as const;

const DEFAULT_LENGTH = hours(4);
const LONGEST = hours(24);
const SHORTEST = minutes(15);

/** Throws a UsageError that names the argument at fault. */
export function decisionIn(args: readonly string[], form: DecisionForm, terminal: Terminal): DecisionGiven {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  );
  const [plan, ...names] = positionals;
  const { hash, for: length, by: _, ...table } = values;
  if (hash !== undefined && !form.isShown) throw new UsageError('--hash goes with approve and run-now');
  if (length !== undefined && !form.hasLength) throw new UsageError('--for goes with run-now');
  return {
    ...table,
    plan: planIdIn(plan),
    by: personIn(values.by, terminal, 'who decides it'),
    names: namesIn(names, form),
    length: length === undefined ? DEFAULT_LENGTH : lengthIn(length),
    ...(hash !== undefined && { hash: hashIn(hash) }),
  };
}

function namesIn(names: readonly string[], { names: expected }: DecisionForm): readonly string[] {
  if (expected === 'none' && names.length > 0) throw new UsageError('that is one argument too many');
  if (expected === 'services' && names.length === 0)
    throw new UsageError('the services are missing; expected CLUSTER/SERVICE, once or more');
  if (expected === 'one freeze' && names.length !== 1)
    throw new UsageError('expected the name of one freeze after the plan');
  return names;
}

/** Ten hexadecimal digits, of which a plan's hash consists. */
function hashIn(text: string): string {
  if (/^[0-9a-f]{10}$/.test(text)) return text;
  throw new UsageError(
    `--hash takes ten digits such as 8e2b71c0aa, as "slackwater plan show" prints them, not "${shorten(oneLine(text), 40)}"`,
  );
}

function lengthIn(text: string): number {
  const length = durationIn(text, '--for');
  if (length < SHORTEST || length > LONGEST) throw new UsageError('--for takes a duration from 15m to 24h');
  return length;
}
