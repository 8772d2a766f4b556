import { scopeName } from '../shared/domain/chat/scope.ts';
import {
  type Lifted,
  liftFreezes,
  liftMutes,
  living,
  type Ordered,
  type StandingFreeze,
  type StandingMute,
  type StandingOrders,
  setFreeze,
  setMute,
} from '../shared/domain/chat/standing.ts';
import type { Instant } from '../shared/domain/instant.ts';
import { endText } from '../shared/domain/mute.ts';
import { utcMinute } from '../shared/domain/utc.ts';
import { oneLine } from '../shared/render/escape.ts';
import { writeDown } from './audited.ts';
import { type ListGiven, liftGiven, type SetGiven, setGiven } from './standing/arguments.ts';
import { onStanding, type StandingTable, saveOrders } from './standing/table.ts';
import type { Terminal } from './terminal.ts';

type Order = StandingMute | StandingFreeze;

/** One kind of order: what people call setting and ending it, and what it does. */
interface Kind {
  readonly verb: 'mute' | 'freeze';
  readonly end: 'unmute' | 'unfreeze';
  readonly arguments: Parameters<typeof setGiven>[1];
  readonly of: (orders: StandingOrders) => readonly Order[];
  readonly set: (orders: StandingOrders, given: SetGiven, now: Instant) => Ordered<Order>;
  readonly lift: (orders: StandingOrders, name: string, now: Instant) => Lifted<Order>;
  /** `nobody is told of harbor-prod/checkout`. */
  readonly effect: (scope: string) => string;
}

const MUTES: Kind = {
  verb: 'mute',
  end: 'unmute',
  arguments: { hasFrom: false, standard: 'set on the command line' },
  of: ({ mutes }) => mutes,
  set: setMute,
  lift: liftMutes,
  effect: (scope) => `nobody is told of ${scope}`,
};

const FREEZES: Kind = {
  verb: 'freeze',
  end: 'unfreeze',
  arguments: { hasFrom: true },
  of: ({ freezes }) => freezes,
  set: setFreeze,
  lift: liftFreezes,
  effect: (scope) => `nothing is replaced of ${scope}`,
};

/** `slackwater mute|freeze [SCOPE]`: sets an order, or lists them. Answers 0, or 1 when it was refused. */
const setting = (kind: Kind) => async (args: readonly string[], terminal: Terminal) => {
  const given = setGiven(args, kind.arguments, terminal);
  return onStanding(given, terminal, (table) =>
    'where' in given ? set(kind, given, table, terminal) : list(kind, given, table, terminal),
  );
};

/** `slackwater unmute|unfreeze SCOPE|ID`. Answers 0, or 1 when there was nothing of that name. */
const lifting = (kind: Kind) => async (args: readonly string[], terminal: Terminal) => {
  const { by, name, ...options } = liftGiven(args, terminal);
  return onStanding(options, terminal, (table) => lift(kind, { by, name }, table, terminal));
};

export const mute = setting(MUTES);
export const unmute = lifting(MUTES);
export const freeze = setting(FREEZES);
export const unfreeze = lifting(FREEZES);

async function set(kind: Kind, given: SetGiven, table: StandingTable, { out, err, clock }: Terminal): Promise<0 | 1> {
  const now = clock();
  const answer = await saveOrders((orders) => kind.set(orders, given, now), table);
  const target = scopeName(given.where);
  const { by } = given;
  if ('refused' in answer) {
    err(`slackwater ${kind.verb}: ${answer.refused}`);
    await writeDown({ by, action: kind.verb, target, verdict: 'refused', because: answer.refused }, table);
    return 1;
  }
  const line = lineOf(kind, answer.set);
  out(line);
  out(`It holds everywhere within a minute; "slackwater ${kind.end} ${target}" ends it.`);
  await writeDown({ by, action: kind.verb, target, verdict: 'done', because: line }, table);
  return 0;
}

async function lift(
  { verb, end, lift: lifted }: Kind,
  { by, name }: { readonly by: string; readonly name: string },
  table: StandingTable,
  { out, err, clock }: Terminal,
): Promise<0 | 1> {
  const now = clock();
  const answer = await saveOrders((orders) => {
    const without = lifted(orders, name, now);
    return without.lifted.length > 0 ? without : { refused: `no ${verb} that people set is called ${name}` };
  }, table);
  if ('refused' in answer) {
    err(`slackwater ${end}: ${answer.refused}; "slackwater ${verb}" lists them`);
    await writeDown({ by, action: end, target: name, verdict: 'refused', because: answer.refused }, table);
    return 1;
  }
  for (const order of answer.lifted) {
    const target = scopeName(selectOf(order));
    const because = `ended ${order.id} (${oneLine(order.reason)})`;
    out(`${target}: ${because}; that holds everywhere within a minute`);
    await writeDown({ by, action: end, target, verdict: 'done', because }, table);
  }
  return 0;
}

async function list(
  kind: Kind,
  { isJson }: ListGiven,
  { standing }: StandingTable,
  { out, clock }: Terminal,
): Promise<0> {
  const orders = kind.of(living(await standing.load(), clock()));
  if (orders.length === 0 && !isJson) out(`no ${kind.verb} is set; those of the configuration document are not listed`);
  for (const order of orders)
    out(isJson ? JSON.stringify(objectOf(order)) : `${lineOf(kind, order)}, set by ${oneLine(order.by)}`);
  return 0;
}

const selectOf = (order: Order) => ('when' in order ? order.when : order.select);

function lineOf({ effect }: Kind, order: Order): string {
  const { id, from, reason } = order;
  const begins = from === undefined || from === order.at ? '' : ` from ${utcMinute(from)}`;
  return `${id}: ${effect(scopeName(selectOf(order)))}${begins} until ${endText(order)} (${oneLine(reason)})`;
}

const iso = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

const objectOf = (order: Order) => ({
  id: order.id,
  scope: scopeName(selectOf(order)),
  from: iso(order.from),
  until: iso(order.until),
  untilDeployment: 'untilDeployment' in order ? order.untilDeployment : undefined,
  reason: order.reason,
  by: order.by,
  at: iso(order.at),
});
