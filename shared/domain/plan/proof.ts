import { hours, type Instant } from '../instant.ts';
import { utcMinute } from '../utc.ts';
import { ended, type Look, type Move, stay, tell, to } from './look.ts';
import { digestsOf, isUnderWay } from './situation.ts';
import type { Flight, Proof } from './stage.ts';

/** What is seen now, against how it was before the attempt, if there was one. */
export function proofOf({ work, situation, now }: Look, flight?: Flight & { readonly deployment?: string }): Proof {
  const { running, desired } = situation;
  if (flight === undefined) return { old: work.old, running, desired, changes: [] };
  return {
    old: work.old,
    running,
    desired,
    ...(flight.deployment !== undefined && { deployment: flight.deployment }),
    took: now - flight.startedAt,
    changes: changesSince(flight, { revision: work.revision, digests: digestsOf(situation) }),
  };
}

function changesSince(
  before: Pick<Flight, 'revision' | 'digests'>,
  after: Pick<Flight, 'revision' | 'digests'>,
): readonly string[] {
  const revision =
    before.revision === after.revision
      ? []
      : [`The task definition is now ${after.revision}, it was ${before.revision}.`];
  const images = Object.entries(before.digests)
    .filter(([container, digest]) => after.digests[container] !== digest)
    .map(
      ([container, digest]) =>
        `The image of ${container} is now ${after.digests[container] ?? 'not known'}, it was ${digest}.`,
    );
  return [...revision, ...images];
}

/** The first thing that is not as it has to be, or nothing. Success is not proof: ECS may report it with old tasks left. */
export function whatIsWrong({ work, situation }: Look): string | undefined {
  const { running, desired, pending, targets, alarms, deployments } = situation;
  if (work.old > 0) return `${work.old} of ${work.of} tasks are still old`;
  if (running !== desired || pending > 0) return `${running} of ${desired} tasks run and ${pending} are pending`;
  if (deployments.some(isUnderWay)) return 'a deployment is under way';
  if (targets.status === 'missing') {
    if (targets.reason !== 'not-applicable') return `the targets are not known: ${targets.because}`;
  } else if (targets.value.healthy < targets.value.total)
    return `${targets.value.healthy} of ${targets.value.total} targets are healthy`;
  if (alarms.status === 'missing')
    return alarms.reason === 'not-applicable' ? undefined : `the alarms are not known: ${alarms.because}`;
  const [bad] = alarms.value.filter(({ state }) => state !== 'OK');
  return bad && `alarm ${bad.name} is ${bad.state}`;
}

/** AWS says that tasks are stopped on or after the deadline, typically within a day; after two nobody waits for it any more. */
export const AWS_TAKES = hours(48);

/** AWS replaces what is old, and nothing says so: the tasks themselves are looked at. */
export function watchAws(look: Look): Move {
  const { work, plan, situation, now } = look;
  if (work.old === 0 && situation.running === situation.desired && !situation.deployments.some(isUnderWay))
    return now < plan.deadline
      ? ended(look, { end: 'skipped', because: 'Everything was replaced before AWS began.', proof: proofOf(look) })
      : ended(look, {
          end: 'handed-over',
          because: `AWS has replaced its tasks; ${work.of} run, none is old.`,
          proof: proofOf(look),
        });
  if (now > plan.deadline + AWS_TAKES)
    return ended(look, { end: 'escalated', because: unreplaced(look, plan.deadline), proof: proofOf(look) });
  const isWanted = work.mode !== 'off' && work.mode !== 'notify';
  if (!isWanted || work.slot === undefined || work.old === 0) return stay(look);
  const text = `An opening was found after all: ${utcMinute(work.slot.opens)}.`;
  return to(look, { kind: 'waiting', aim: work.slot }, { news: [tell(look, 'taken-back', text)] });
}

const unreplaced = ({ work, situation }: Look, deadline: Instant): string =>
  `Two days after ${utcMinute(deadline)} ${work.old} of ${work.of} tasks are old and ${situation.running} of ${situation.desired} run.`;
