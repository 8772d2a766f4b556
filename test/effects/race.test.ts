import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../sandbox/random.ts';
import { type ArmadaService, armada } from '../../sandbox/scenario/armada.ts';
import { ecsArn } from '../../sandbox/scenario/ecs-event.ts';
import { STOP_CAUSES, taskStop } from '../../sandbox/scenario/task-stop.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import { digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';
import { ContendedRecordError } from '../../shared/effects/settle.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { NOON, POLICY } from '../support/observations.ts';
import { type Message, startFleet } from './race-fleet.ts';

const FUNCTIONS = 8;
const CHANNEL = 'slack-channel:C0OPS';

let dynamodb: LocalDynamoDB;
beforeAll(async () => {
  dynamodb = await startDynamoDB();
});
afterAll(() => dynamodb.close());

const aStop = (service: ArmadaService, random: Random): string => {
  const at = NOON + random.below(minutes(10));
  return JSON.stringify(taskStop(service, { cause: STOP_CAUSES.exit, at, lifetime: seconds(20), random }));
};

const shuffled = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  values
    .map((value) => ({ value, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);

const inBatches = (messages: readonly Message[], size: number): readonly (readonly Message[])[] =>
  Array.from({ length: Math.ceil(messages.length / size) }, (_, index) =>
    messages.slice(index * size, (index + 1) * size),
  );

const subjectOf = ({ cluster, name }: ArmadaService) => {
  const [, partition = '', , region = '', account = ''] = ecsArn('').split(':');
  return { kind: 'service', at: { partition, region, account, cluster }, service: name } as const;
};

const postsOf = (posts: readonly AnnouncedRecord[], { id }: AnnouncedRecord): number =>
  posts.filter((record) => record.id === id).length;

/** 400 stops of three services; every function has its share and a fifth of everything besides, in an order of its own. */
async function aLoopingFleet(seed: number) {
  const random = createRandom(seed);
  const services = armada(3);
  const bodies = Array.from({ length: 400 }, (_, index) => aStop(services[index % 3] ?? random.pick(services), random));
  const queues = Array.from({ length: FUNCTIONS }, (_, own) => {
    const mine = bodies.filter((_body, index) => index % FUNCTIONS === own || random.happens(0.2));
    const messages = mine.map((body, index) => ({ messageId: `m${index}`, body }));
    return inBatches(shuffled(messages, random), 10);
  });
  const fleet = await startFleet(dynamodb, random);
  await fleet.workOff(queues);
  const known = (await Promise.all(services.map((one) => fleet.store.loadAbout(subjectOf(one))))).flat();
  return { ...fleet, known };
}

/** 96 new problems at once, each met by two functions; a minute later what is owed is told. */
async function aStormyFleet(seed: number) {
  const random = createRandom(seed);
  const services = armada(96);
  const stops = services.map((service) => aStop(service, random));
  const queues = Array.from({ length: FUNCTIONS }, (_, own) => {
    const mine = stops.filter((_stop, index) => index % FUNCTIONS === own || (index + 1) % FUNCTIONS === own);
    const messages = mine.map((body, index) => ({ messageId: `m${index}`, body }));
    return inBatches(shuffled(messages, random), 3);
  });
  const fleet = await startFleet(dynamodb, random);
  await fleet.workOff(queues);
  await fleet.reconcile();
  const known = (await Promise.all(services.map((one) => fleet.store.loadAbout(subjectOf(one))))).flat();
  // The cast is true: only the digest of the channel is kept there.
  const digest = (await fleet.store.load(digestFingerprint(CHANNEL))) as Digest;
  return { ...fleet, known, digest };
}

describe('eight functions that meet the same three loops', () => {
  let fleet: Awaited<ReturnType<typeof aLoopingFleet>>;
  beforeAll(async () => {
    fleet = await aLoopingFleet(1);
  });

  it('count every stop once', () => {
    expect(fleet.known.map(({ occurrences }) => occurrences).sort(byNumber)).toEqual([133, 133, 134]);
  });

  it('lose no version: each was saved once and none is missing', () => {
    const { known, saves } = fleet;
    expect(new Set(saves).size).toBe(saves.length);
    expect(known.map(({ fingerprint, version }) => savesOf(saves, fingerprint) - version)).toEqual([0, 0, 0]);
  });

  it('need no more than the bounded attempts', () => {
    expect(contended(fleet.failures)).toBe(0);
  });

  it('tell of each loop once, and record that they did', () => {
    const { known, posts } = fleet;
    expect(known.map((incident) => postsOf(posts, incident))).toEqual([1, 1, 1]);
    expect(known.map(({ announcements }) => announcements[0]?.status)).toEqual(['told', 'told', 'told']);
  });
});

describe('eight functions that meet the same storm', () => {
  let fleet: Awaited<ReturnType<typeof aStormyFleet>>;
  beforeAll(async () => {
    fleet = await aStormyFleet(1);
  });

  it('give each problem a message of its own or a line in the digest, and few of them a message', () => {
    const { known, posts } = fleet;
    const told = withStatus(known, 'told');
    const folded = withStatus(known, 'folded');
    expect([known.length, told.length + folded.length]).toEqual([96, 96]);
    expect(told.length).toBeLessThanOrEqual(POLICY.storm.incidents);
    expect(told.filter((incident) => postsOf(posts, incident) !== 1)).toEqual([]);
    expect(folded.filter((incident) => postsOf(posts, incident) !== 0)).toEqual([]);
  });

  it('list all of them in one digest, which is posted once', () => {
    const { known, digest, posts } = fleet;
    expect(listed(digest, false)).toEqual(namesOf(withStatus(known, 'folded')));
    expect(listed(digest, true)).toEqual(namesOf(withStatus(known, 'told')));
    expect(postsOf(posts, digest)).toBe(1);
  });

  it('need no more than the bounded attempts', () => {
    expect(contended(fleet.failures)).toBe(0);
  });
});

const byNumber = (a: number, b: number): number => a - b;

const contended = (failures: readonly unknown[]): number =>
  new Set(failures.filter((error) => error instanceof ContendedRecordError)).size;

const savesOf = (saves: readonly string[], fingerprint: string): number =>
  saves.filter((save) => save.startsWith(`${fingerprint}@`)).length;

const withStatus = (incidents: readonly Incident[], status: 'told' | 'folded'): readonly Incident[] =>
  incidents.filter(({ announcements }) => announcements[0]?.status === status);

const listed = ({ entries }: Digest, isOwn: boolean): readonly string[] =>
  namesOf(entries.filter(({ hasOwnMessage }) => hasOwnMessage === isOwn));

const namesOf = (named: readonly { readonly id: string }[]): readonly string[] => named.map(({ id }) => id).toSorted();
