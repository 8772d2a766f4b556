import { isDeepStrictEqual } from 'node:util';
import { nextDue } from '../../shared/domain/announcement.ts';
import { contentOf } from '../../shared/domain/content.ts';
import { destinationKey } from '../../shared/domain/destination.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { describeSubject, subjectName } from '../../shared/domain/subject.ts';
import { lastSaid } from '../../shared/domain/timeline.ts';
import type { SlackMessage } from '../../shared/render/message.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** Everything that is not as promised, in sentences; nothing when all is well. */
export async function audit(world: World, truth: Truth): Promise<readonly string[]> {
  const records = await world.records();
  const incidents = records.filter((record) => record.kind === 'incident');
  const digests = records.filter((record) => record.kind === 'digest');
  return [
    world.deadLetters.map((body) => `a message was given up: ${body.slice(0, 300)}`),
    world.waiting() > 0 ? [`${world.waiting()} messages still wait`] : [],
    notUnique(records),
    incidents.flatMap(({ id, state }) => (state.status === 'open' ? `${id} is still open` : [])),
    incidents.flatMap((incident) => untrue(incident, world, digests)),
    digests.filter(({ state }) => state !== 'calm').flatMap((digest) => untrue(digest, world, digests)),
    miscounted(incidents, truth),
    aboutTheHealthy(world, incidents, truth),
    toldTwice(world),
  ].flat();
}

/**
 * Messages that are not as the record that says that everybody knows everything. True at any moment, also in the middle
 * of it all.
 */
export async function contradictions(world: World): Promise<readonly string[]> {
  const records = await world.records();
  return records
    .filter((record) => nextDue(record.announcements, contentOf(record)) === undefined)
    .flatMap((record) =>
      record.announcements.flatMap((announcement) =>
        announcement.status === 'told' && announcement.destination.kind === 'slack-channel'
          ? staleMessage(record, announcement.receipt?.ts, world)
          : [],
      ),
    );
}

/** A record lives in one place: what has two would be told from both. */
const notUnique = (records: readonly AnnouncedRecord[]): readonly string[] =>
  [...Map.groupBy(records, ({ id }) => id)].flatMap(([id, same]) =>
    same.length > 1
      ? `${id} is kept ${same.length} times: ${same.map(({ fingerprint }) => fingerprint).join(', ')}`
      : [],
  );

/** Whatever a destination was told of the record, or has not been told, that is not so. */
function untrue(record: AnnouncedRecord, world: World, digests: readonly Digest[]): readonly string[] {
  const name = `${record.id} (${record.fingerprint})`;
  if (record.announcements.length === 0) return [`nobody is to be told of ${name}`];
  return record.announcements.flatMap((announcement) => {
    const where = destinationKey(announcement.destination);
    switch (announcement.status) {
      case 'untold':
      case 'claimed':
      case 'abandoned':
        return `${name} is ${announcement.status} at ${where}`;
      case 'folded':
        // The cast is true: only incidents are folded.
        return unfollowed(
          record as Incident,
          digests.filter(({ destination }) => destinationKey(destination) === where),
          where,
        );
      case 'told':
        return [
          announcement.said === lastSaid(record.timeline) || announcement.destination.kind === 'sns-topic'
            ? []
            : `${name} was not all told at ${where}`,
          announcement.destination.kind === 'slack-channel'
            ? staleMessage(record, announcement.receipt?.ts, world)
            : [],
          announcement.destination.kind === 'sns-topic' ? staleTopic(record, world) : [],
        ].flat();
    }
  });
}

function staleMessage(record: AnnouncedRecord, ts: string | undefined, { slack }: World): readonly string[] {
  const kept = slack.messages.get(ts ?? '');
  if (kept === undefined) return [`${record.id} has no message at ${ts}`];
  const now = renderSlack(record);
  return isDeepStrictEqual(kept.message, now)
    ? []
    : [
        `the message ${ts} of ${record.id} (revision ${record.revision}) does not show it: ${difference(kept.message, now)}`,
      ];
}

/** The first blocks that differ. */
function difference(shown: SlackMessage, now: SlackMessage): string {
  const index = now.blocks.findIndex((block, place) => !isDeepStrictEqual(block, shown.blocks[place]));
  return `${JSON.stringify(shown.blocks[index] ?? shown.text)} instead of ${JSON.stringify(now.blocks[index] ?? now.text)}`;
}

/** A topic hears the end of what it heard the beginning of. */
function staleTopic(record: AnnouncedRecord, { topic }: World): readonly string[] {
  const heard = topic.heard.filter(({ message }) => message.includes(record.id));
  if (heard.length === 0) return [`the topic never heard of ${record.id}`];
  const isOver = record.kind === 'incident' && record.state.status === 'resolved';
  return isOver && heard.at(-1)?.attributes.change !== 'resolved'
    ? [`the topic never heard the end of ${record.id}`]
    : [];
}

/** The digest that an incident was folded into is what its readers have of it. */
function unfollowed(incident: Incident, digests: readonly Digest[], where: string): readonly string[] {
  const entries = digests.flatMap(({ entries: all }) => all.filter(({ id }) => id === incident.id));
  const name = `${incident.id} (${describeSubject(incident.subject)})`;
  if (entries.length === 0) return [`no digest at ${where} lists ${name}`];
  const isResolved = incident.state.status === 'resolved';
  return entries.some((entry) => entry.isResolved === isResolved && entry.occurrences === incident.occurrences)
    ? []
    : [
        `the digest at ${where} says of ${name} ${JSON.stringify(entries.map(({ isResolved: over, occurrences }) => ({ over, occurrences })))} and not ${JSON.stringify({ over: isResolved, occurrences: incident.occurrences })}`,
      ];
}

function miscounted(incidents: readonly Incident[], truth: Truth): readonly string[] {
  const counted = (name: string, count: (incident: Incident) => number): number =>
    incidents
      .filter(({ subject }) => subjectName(subject) === name)
      .reduce((sum, incident) => sum + count(incident), 0);
  return [
    [...truth.stops].map(([name, stops]) => [name, stops, counted(name, ({ tally }) => tally.stops)] as const),
    [...truth.placements].map(
      ([name, reports]) => [name, reports, counted(name, ({ tally }) => tally.reports)] as const,
    ),
  ]
    .flat()
    .flatMap(([name, really, found]) =>
      really === found ? [] : `${name} was seen ${really} times and counted ${found} times`,
    );
}

function aboutTheHealthy(world: World, incidents: readonly Incident[], { healthy }: Truth): readonly string[] {
  const said = JSON.stringify([...world.slack.messages.values(), ...world.topic.heard]);
  return healthy
    .flatMap((name) => [
      said.includes(name) ? [`somebody was told of ${name}, which is well`] : [],
      incidents.some(({ subject }) => subjectName(subject) === name) ? [`${name} is well and has an incident`] : [],
    ])
    .flat();
}

/** One message for each record, and one more for each that its poster could not record. */
const toldTwice = ({ posts }: World): readonly string[] =>
  [...Map.groupBy(posts, ({ about }) => about)].flatMap(([about, same]) => {
    const repeated = same.slice(0, -1).filter(({ excuse }) => excuse === undefined);
    return repeated.map(({ ts }) => `${about} was posted again although its message ${ts} was recorded`);
  });
