import { parseArgs } from 'node:util';
import { scopeIn } from '../../shared/domain/chat/scope.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { withNextDeployment } from '../../shared/domain/mute.ts';
import type { PlaceSelector } from '../../shared/domain/windows/maintenance.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { TABLE_OPTIONS, type TableGiven } from '../incidents/table.ts';
import { PERSON_OPTIONS, personIn } from '../person.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { durationIn, instantIn } from '../windows/given.ts';

/** What somebody wants muted or frozen. */
export interface SetGiven extends TableGiven {
  readonly by: string;
  readonly where: PlaceSelector;
  readonly from?: Instant;
  readonly until: Instant;
  readonly untilDeployment?: true;
  readonly reason: string;
}

/** To list what there is, in lines for people or for programs. */
export interface ListGiven extends TableGiven {
  readonly isJson: boolean;
}

const SET_OPTIONS = {
  ...TABLE_OPTIONS,
  ...PERSON_OPTIONS,
  for: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** What `--until` takes beside times, for mutes. */
const NEXT_DEPLOYMENT = 'next-deployment';

/** Characters; a longer text is cut. */
const REASON_LIMIT = 200;

/** Throws a UsageError that names the argument at fault. `standard` is the reason where none has to be given. */
export function setGiven(
  args: readonly string[],
  { hasFrom, standard }: { readonly hasFrom: boolean; readonly standard?: string },
  terminal: Terminal,
): SetGiven | ListGiven {
  const { values, positionals } = understood(() =>
    parseArgs({ args: [...args], options: SET_OPTIONS, allowPositionals: true }),
  );
  const { for: length, from: begins, until: ends, reason: words, by, json: isJson, ...table } = values;
  const [scope, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('that is one argument too many; quote the text of --reason');
  if (scope === undefined) {
    if ((length ?? begins ?? ends ?? words) !== undefined) throw new UsageError(`say of what: ${SCOPES}`);
    return { ...table, isJson };
  }
  if (begins !== undefined && !hasFrom) throw new UsageError('--from goes with freeze');
  const from = begins === undefined ? undefined : instantIn(begins, '--from');
  const reason = shorten(oneLine(words ?? standard ?? ''), REASON_LIMIT);
  if (reason === '') throw new UsageError('say why with --reason, for those who find it');
  return {
    ...table,
    by: personIn(by, terminal, 'who sets it'),
    where: scopeGiven(scope),
    ...(from !== undefined && { from }),
    ...(ends === NEXT_DEPLOYMENT && length === undefined && !hasFrom
      ? withNextDeployment(terminal.clock())
      : { until: untilIn(length, ends, from ?? terminal.clock()) }),
    reason,
  };
}

export interface LiftGiven extends TableGiven {
  readonly by: string;
  /** A scope, or the id of an order. */
  readonly name: string;
}

/** Throws a UsageError that names the argument at fault. */
export function liftGiven(args: readonly string[], terminal: Terminal): LiftGiven {
  const options = { ...TABLE_OPTIONS, ...PERSON_OPTIONS } as const;
  const { values, positionals } = understood(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [name = '', ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('give one at a time');
  if (!/^(mut|frz)-[0-9a-f]{10}$/.test(name)) scopeGiven(name);
  return { ...values, name, by: personIn(values.by, terminal, 'who ends it') };
}

const SCOPES = 'CLUSTER/SERVICE, CLUSTER for all of it, or the word everything';

function scopeGiven(text: string): PlaceSelector {
  const where = scopeIn(text);
  if (where === undefined) throw new UsageError(`"${shorten(oneLine(text), 100)}" is no place; expected ${SCOPES}`);
  return where;
}

function untilIn(length: string | undefined, ends: string | undefined, from: Instant): Instant {
  if ((length === undefined) === (ends === undefined)) throw new UsageError('give one of --for and --until');
  return length === undefined ? instantIn(ends ?? '', '--until') : from + durationIn(length, '--for');
}
