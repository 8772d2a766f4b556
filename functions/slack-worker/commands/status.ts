import { type Gathered, known, type ServiceFacts } from '../../../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../../../shared/domain/incident.ts';
import { endText, isMuted } from '../../../shared/domain/mute.ts';
import { nameFrom, type ServiceRef } from '../../../shared/domain/place.ts';
import type { RouteQuestion } from '../../../shared/domain/selector.ts';
import { isOver, worstFirst } from '../../../shared/domain/worst-first.ts';
import { recordList } from '../../../shared/render/answer-incidents.ts';
import { answerMessage } from '../../../shared/render/answer-message.ts';
import type { Phrase } from '../../../shared/render/card.ts';
import { plural } from '../../../shared/render/listing.ts';
import type { Visit } from '../visit.ts';
import { answered, type Command, type CommandDeps } from './command.ts';
import { serviceNamed, subjectOf } from './service-named.ts';

/** More are not read on a telephone; the rest is counted. */
const MOST = 15;
const MOST_OVER = 5;

export const STATUS: Command = {
  name: 'status',
  form: '[SERVICE]',
  example: 'harbor-prod/checkout',
  does: 'what is open now, the worst first; of a service also how ECS sees it, and what was over lately',
  run: async ([name, ...rest], { visit, deps }) => {
    if (rest.length > 0) return { misuse: 'One service at a time.' };
    const { records, isCut } = await deps.loadOpen();
    if (name === undefined) return answered(statusOfAll(records, isCut));
    const service = serviceNamed(name, visit.home, records);
    return 'misuse' in service ? service : answered(await statusOf(service, visit, deps));
  },
};

function statusOfAll(records: readonly AnnouncedRecord[], isCut: boolean) {
  const open = records.filter((record) => record.kind === 'incident' && !isOver(record)).toSorted(worstFirst);
  const notes = isCut ? ['There are more problems than were read: "slackwater incidents" lists them all.'] : [];
  if (open.length === 0)
    return answerMessage([isCut ? 'Nothing of what was read is open.' : 'Nothing is open.'], { notes });
  const lead = `${plural(open.length, 'problem')} ${open.length === 1 ? 'is' : 'are'} open, the worst first.`;
  return answerMessage([lead], { blocks: [recordList('Open', open, MOST)], notes });
}

async function statusOf(service: ServiceRef, visit: Visit, { store, ecs }: CommandDeps) {
  const [incidents, seen] = await Promise.all([store.loadAbout(subjectOf(service)), ecs.describeService(service)]);
  const [over, open] = [incidents.filter(isOver), incidents.filter((one) => !isOver(one)).toSorted(worstFirst)];
  const lead: Phrase = [
    { name: nameFrom(visit.home, service) },
    open.length === 0 ? ' has no open problem. ' : ` has ${plural(open.length, 'open problem')}. `,
    ecsText(seen),
  ];
  return answerMessage(lead, {
    blocks: [
      ...(open.length === 0 ? [] : [recordList('Open', open, MOST)]),
      ...(over.length === 0 ? [] : [recordList('Over', over, MOST_OVER)]),
    ],
    notes: [
      ...mutesOf(service, known(seen)?.tags ?? {}, visit),
      '"why" with the same name tells what is known of the newest.',
    ],
  });
}

/** Whoever looks for an alert that did not come finds the reason. A mute of one cause alone is not told here. */
function mutesOf(
  { service, ...at }: ServiceRef,
  tags: ServiceFacts['tags'],
  { policy, now }: Visit,
): readonly string[] {
  const { account, region, cluster } = at;
  const about = { account, region, clusters: [cluster], services: [service], tags };
  const question: RouteQuestion = { ...about, kind: 'incident', severity: 'high' };
  return policy.routing.mutes
    .filter((mute) => isMuted(question, [mute], now))
    .map((mute) => `Nobody is told until ${endText(mute)}: ${mute.reason}`);
}

function ecsText(seen: Gathered<ServiceFacts>): string {
  if (seen.status === 'missing') return `ECS was asked and did not say: ${seen.because}.`;
  const { running, desired, pending, deployments } = seen.value;
  const waiting = pending === 0 ? '' : `, ${pending} pending`;
  const moving = deployments.filter(({ rolloutState }) => rolloutState === 'IN_PROGRESS').length;
  return `ECS runs ${running} of ${plural(desired, 'task')}${waiting}${moving === 0 ? '' : ', and a deployment is in progress'}.`;
}
