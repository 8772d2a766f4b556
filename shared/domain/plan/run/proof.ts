import { isUnderWay } from '../deployments.ts';
import { digestsOf } from '../situation.ts';
import type { Flight, Proof } from '../stage.ts';
import type { Look } from './look.ts';

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
  const { running, desired, pending, targets, alarms, deployments, images } = situation;
  if (work.old > 0) return `${work.old} of ${work.of} tasks are still old`;
  const listed = situation.tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
  if (listed < running) return `ECS lists ${listed} of ${running} running tasks`;
  if (running !== desired || pending > 0) return `${running} of ${desired} tasks run and ${pending} are pending`;
  if (deployments.some(isUnderWay)) return 'a deployment is under way';
  if (images.status === 'missing') return `the images are not known: ${images.because}`;
  if (targets.status === 'missing') {
    if (targets.reason !== 'not-applicable') return `the targets are not known: ${targets.because}`;
  } else if (targets.value.healthy < targets.value.total)
    return `${targets.value.healthy} of ${targets.value.total} targets are healthy`;
  if (alarms.status === 'missing')
    return alarms.reason === 'not-applicable' ? undefined : `the alarms are not known: ${alarms.because}`;
  const [bad] = alarms.value.filter(({ state }) => state !== 'OK');
  return bad && `alarm ${bad.name} is ${bad.state}`;
}
