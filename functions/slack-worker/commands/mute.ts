import { EVERYTHING, scopeIn, scopeName, subjectOfScope } from '../../../shared/domain/chat/scope.ts';
import { liftMutes, type StandingMute, type StandingOrders, setMute } from '../../../shared/domain/chat/standing.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import { endText, type MuteEnd, withNextDeployment } from '../../../shared/domain/mute.ts';
import { saveOrders } from '../../../shared/effects/stores/save-orders.ts';
import { done, refused } from '../perform.ts';
import { BUSY } from './busy.ts';
import { change } from './change.ts';
import type { Asked, Command } from './command.ts';
import { momentIn, TIME_FORMS } from './moment.ts';
import { inScope, zoneNote } from './scope-words.ts';

export const MUTE: Command = {
  name: 'mute',
  form: 'SERVICE TIME [REASON]',
  example: 'harbor-prod/checkout 2h "load test"',
  does: 'nobody is told of the service, or of all of a cluster, until then; "deployment" is its next deployment',
  run: async ([name = '', time = '', ...reason], asked) => {
    const { deps, now, visit } = asked;
    const where = scopeIn(name);
    if (where === undefined || name === EVERYTHING)
      return { misuse: `“${name}” is neither CLUSTER/SERVICE nor the name of a cluster.` };
    const end = endIn(time, asked);
    if (end === undefined)
      return { misuse: `“${time}” is no time: say how long or until when, ${TIME_FORMS}, or “${DEPLOYMENT}”.` };
    const by = visit.request.user.id;
    const wanted = { by, where, ...end, reason: reason.join(' ') || 'asked for in Slack' };
    const act = async () => {
      const saved = await saveOrders((orders) => setMute(orders, wanted, now), deps);
      if (saved === undefined) return BUSY;
      if ('refused' in saved) return refused(saved.refused);
      return done(`Nobody is told of ${inScope(where)} until ${endText(end)}.`);
    };
    const deed = {
      action: 'mute',
      rights: ['mute'],
      target: scopeName(where),
      subjects: [subjectOfScope(where)],
      act,
    } as const;
    return change(deed, asked, [
      zoneNote(end.until, asked),
      `It holds everywhere within a minute; "unmute ${scopeName(where)}" ends it.`,
    ]);
  },
};

/** How people say that a mute ends when the service is deployed next. */
const DEPLOYMENT = 'deployment';

function endIn(time: string, asked: Asked): MuteEnd | undefined {
  if (time === DEPLOYMENT) return withNextDeployment(asked.now);
  const until = momentIn(time, 'ends', asked);
  return until === undefined ? undefined : { until };
}

export const UNMUTE: Command = {
  name: 'unmute',
  form: 'SERVICE',
  example: 'harbor-prod/checkout',
  does: 'ends a mute, by what it is for or by its id; not one of the configuration document',
  run: async ([name, ...rest], asked) => {
    const { deps, now } = asked;
    if (name === undefined || rest.length > 0) return { misuse: 'Say what is muted, or the id of the mute.' };
    const known = liftMutes(await deps.standing.load(), name, now).lifted;
    const scopes = known.length === 0 ? [scopeIn(name) ?? {}] : known.map(({ when }) => when);
    const [target = name] = known.map(({ when }) => scopeName(when));
    const act = async () => {
      if (known.length === 0) return refused(`Nothing that people set mutes ${name}.`);
      const saved = await saveOrders((orders) => withoutAll(orders, known, now), deps);
      return saved === undefined ? BUSY : done(`${target} is not muted any more.`);
    };
    return change({ action: 'unmute', rights: ['mute'], target, subjects: scopes.map(subjectOfScope), act }, asked);
  },
};

/** By their ids: somebody may have set another mute of that name meanwhile, for which nobody has asked. */
const withoutAll = (orders: StandingOrders, mutes: readonly StandingMute[], now: Instant) => ({
  orders: mutes.reduce((left, { id }) => liftMutes(left, id, now).orders, orders),
});
