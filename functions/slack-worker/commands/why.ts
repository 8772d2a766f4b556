import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../../shared/domain/incident.ts';
import { nameFrom, type ServiceRef, type TaskRef } from '../../../shared/domain/place.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import { isOver } from '../../../shared/domain/worst-first.ts';
import { parseTaskArn } from '../../../shared/parse/arn.ts';
import { recordList } from '../../../shared/render/answer-incidents.ts';
import { answerMessage } from '../../../shared/render/answer-message.ts';
import type { SlackMessage } from '../../../shared/render/message.ts';
import { renderSlack } from '../../../shared/render/slack.ts';
import { type Asked, answered, type Command } from './command.ts';
import { freshDiagnosis } from './fresh-diagnosis.ts';
import { subjectOf } from './service-named.ts';
import { concerns, whyAbout } from './why-about.ts';

/** Further incidents of the service. */
const MOST_OTHERS = 8;

export const WHY: Command = {
  name: 'why',
  form: 'TASK|SERVICE',
  example: 'harbor-prod/checkout',
  does: 'why a task stopped or a service is in trouble, with the end of its log; of what is over too, for 30 days',
  run: async ([name, ...rest], asked) => {
    if (name === undefined || rest.length > 0) return { misuse: 'Ask about one task, service or incident.' };
    const { records } = await asked.deps.loadOpen();
    const about = whyAbout(name, asked.visit.home, records);
    if ('misuse' in about) return about;
    switch (about.kind) {
      case 'incident':
        return answered(recorded(about.incident, []));
      case 'task':
        return answered(await ofTask(about.ref, asked));
      case 'service':
        return answered(await ofService(about.ref, asked));
    }
  },
};

/** ECS says of which service the task was, and so where its incident is kept; ECS forgets a stopped task after an hour. */
async function ofTask(ref: TaskRef, { deps, now }: Asked): Promise<SlackMessage> {
  const detail = await deps.tasks.describeTask(ref);
  if (detail.status === 'missing')
    return answerMessage([`${detail.because}. `, 'What was recorded is found by the service of the task.']);
  const subject = subjectIn(detail.value.group ?? '', ref);
  const incidents = subject === undefined ? [] : await deps.store.loadAbout(subject);
  const known = incidents.find((incident) => concerns(incident, ref.taskId));
  if (known !== undefined) return recorded(known, []);
  const fresh = await freshDiagnosis(ref, detail.value, deps, now);
  return fresh.status === 'quiet' ? answerMessage([fresh.because]) : unrecorded(fresh.incident);
}

function subjectIn(group: string, { partition, region, account, cluster }: TaskRef): Subject | undefined {
  const [, kind, name] = /^(service|family):(.+)$/.exec(group) ?? [];
  const at = { partition, region, account, cluster };
  if (name === undefined) return undefined;
  return kind === 'family' ? { kind, at, family: name } : { kind: 'service', at, service: name };
}

/**
 * The newest that is open, else the newest of all; what ECS remembers, where nothing is recorded. The name may be that of
 * a task family whose tasks belong to no service.
 */
async function ofService(service: ServiceRef, asked: Asked): Promise<SlackMessage> {
  const { store } = asked.deps;
  const subject = subjectOf(service);
  const own = await store.loadAbout(subject);
  const family = { kind: 'family', at: subject.at, family: service.service } as const;
  const incidents = own.length > 0 ? own : await store.loadAbout(family);
  const newest = incidents.find((incident) => !isOver(incident)) ?? incidents[0];
  if (newest === undefined) return freshOfService(service, asked);
  return recorded(
    newest,
    incidents.filter((incident) => incident !== newest),
  );
}

/** The newest of its stopped tasks about which somebody has to do something. */
async function freshOfService(service: ServiceRef, { visit, deps, now }: Asked): Promise<SlackMessage> {
  const stopped = await deps.tasks.stoppedTasks(service);
  if (stopped.status === 'missing')
    return answerMessage([`Nothing is recorded, and ECS did not say: ${stopped.because}.`]);
  for (const detail of stopped.value) {
    const ref = parseTaskArn(detail.taskArn, service.cluster);
    const fresh = ref && (await freshDiagnosis(ref, detail, deps, now));
    if (fresh?.status === 'problem') return unrecorded(fresh.incident);
  }
  const stops = stopped.value.length === 0 ? 'no stop' : 'only stops that were expected';
  return answerMessage([
    'Nothing is recorded about ',
    { name: nameFrom(visit.home, service) },
    ` in 30 days, and ECS remembers ${stops} of the last hour.`,
  ]);
}

/** What its message says now. */
const recorded = (incident: Incident, others: readonly Incident[]): SlackMessage =>
  answerMessage([isOver(incident) ? 'Nothing like it is open. This was the last of it:' : 'This is open:'], {
    blocks: [
      ...renderSlack(incident).blocks,
      ...(others.length === 0 ? [] : [recordList('Others of the service', others, MOST_OTHERS)]),
    ],
  });

const unrecorded = (incident: Incident): SlackMessage =>
  answerMessage(['Nothing is recorded about this. By what ECS and the logs say now:'], {
    blocks: renderSlack(incident).blocks.flatMap(withoutButtons),
  });

/** They would be about an incident that is not kept; links stay. */
function withoutButtons(block: KnownBlock): readonly KnownBlock[] {
  if (block.type !== 'actions') return [block];
  const elements = block.elements.filter((element) => 'url' in element);
  return elements.length === 0 ? [] : [{ ...block, elements }];
}
