import { EVERYTHING, scopeIn, scopeName, subjectOfScope } from '../../../shared/domain/chat/scope.ts';
import {
  liftFreezes,
  type StandingFreeze,
  type StandingOrders,
  setFreeze,
} from '../../../shared/domain/chat/standing.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import { utcMinute } from '../../../shared/domain/utc.ts';
import type { PlaceSelector } from '../../../shared/domain/windows/maintenance.ts';
import { saveOrders } from '../../../shared/effects/stores/save-orders.ts';
import { done, refused } from '../perform.ts';
import { BUSY } from './busy.ts';
import { change } from './change.ts';
import type { Command, Misuse } from './command.ts';
import { momentIn, type Now, TIME_FORMS } from './moment.ts';
import { inScope, zoneNote } from './scope-words.ts';

export const FREEZE: Command = {
  name: 'freeze',
  form: '[SCOPE] FROM TO REASON',
  example: '2026-12-20 2026-12-27 "end of the year"',
  does: 'nothing is replaced from then to then, whatever windows say; the last day is part of it. SCOPE is a cluster or CLUSTER/SERVICE',
  run: async (words, asked) => {
    const { deps, now, visit } = asked;
    const read = freezeIn(words, asked);
    if ('misuse' in read) return read;
    const { where, from, until } = read;
    const act = async () => {
      const saved = await saveOrders((orders) => setFreeze(orders, { ...read, by: visit.request.user.id }, now), deps);
      if (saved === undefined) return BUSY;
      if ('refused' in saved) return refused(saved.refused);
      return done(
        `Freeze ${saved.set.id} is set: of ${inScope(where)} nothing is replaced from ${utcMinute(from)} to ${utcMinute(until)}.`,
      );
    };
    const deed = {
      action: 'freeze',
      rights: ['freeze'],
      target: scopeName(where),
      subjects: [subjectOfScope(where)],
      act,
    } as const;
    return change(deed, asked, [
      zoneNote(until, asked),
      'It holds everywhere within a minute; "unfreeze" with its id ends it.',
    ]);
  },
};

interface FreezeRead {
  readonly where: PlaceSelector;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
}

/** A first word that is no time says what is meant. */
function freezeIn(words: readonly string[], at: Now): FreezeRead | Misuse {
  const isEverything = momentIn(words[0] ?? '', 'begins', at) !== undefined;
  const [scope = '', begins = '', ends = '', ...reason] = isEverything ? [EVERYTHING, ...words] : words;
  const where = scopeIn(scope);
  if (where === undefined) return { misuse: `“${scope}” is neither a time, nor CLUSTER/SERVICE, nor a cluster.` };
  const from = momentIn(begins, 'begins', at);
  const until = momentIn(ends, 'ends', at);
  if (from === undefined || until === undefined)
    return { misuse: `“${from === undefined ? begins : ends}” is no time: give it as ${TIME_FORMS}.` };
  if (reason.length === 0) return { misuse: 'A freeze needs a reason, for those who find it.' };
  return { where, from, until, reason: reason.join(' ') };
}

export const UNFREEZE: Command = {
  name: 'unfreeze',
  form: 'NAME',
  example: 'frz-4f0c2a9d1e',
  does: 'ends a freeze that people set, by its id or by what it is for; "windows" lists them',
  run: async ([name, ...rest], asked) => {
    const { deps, now, visit } = asked;
    if (name === undefined || rest.length > 0) return { misuse: 'Give the id of one freeze.' };
    const known = liftFreezes(await deps.standing.load(), name, now).lifted;
    const subjects = known.map(({ select }) => subjectOfScope(select));
    const [target = name] = known.map(({ select }) => scopeName(select));
    const act = async () => {
      if (known.length === 0) return refused(notFound(name, visit.policy.maintenance.freezes));
      const saved = await saveOrders((orders) => withoutAll(orders, known, now), deps);
      return saved === undefined ? BUSY : done(`Freeze ${known.map(({ id }) => id).join(', ')} is over.`);
    };
    return change({ action: 'unfreeze', rights: ['freeze'], target, subjects, act }, asked);
  },
};

/** By their ids: somebody may have set another freeze of that name meanwhile, for which nobody has asked. */
const withoutAll = (orders: StandingOrders, freezes: readonly StandingFreeze[], now: Instant) => ({
  orders: freezes.reduce((left, { id }) => liftFreezes(left, id, now).orders, orders),
});

const notFound = (name: string, configured: readonly { readonly name: string }[]): string =>
  configured.some((freeze) => freeze.name === name)
    ? `Freeze ${name} is of the configuration document, which alone can end it.`
    : `Nothing that people set is called ${name}.`;
