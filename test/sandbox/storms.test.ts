import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { armada, armadaService } from '../../sandbox/scenario/armada.ts';
import type { EcsEvent } from '../../sandbox/scenario/ecs-event.ts';
import { pour } from '../../sandbox/scenario/pour.ts';
import { capacityOutage, type Delivery, failingDeployment, storm } from '../../sandbox/scenario/storms.ts';
import type { PostedMessage } from '../../sandbox/slack/workspace.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';

/** Milliseconds; the longest of these stories takes a few seconds on an idle machine. */
const PATIENCE = 120_000;

const started: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox[Symbol.asyncDispose]();
});

async function start(options: Parameters<typeof startSandbox>[0] = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ startsAt: Date.UTC(2026, 10, 20, 12), visibilityTimeout: 2, ...options });
  started.push(sandbox);
  return sandbox;
}

const parents = (sandbox: Sandbox): readonly PostedMessage[] =>
  sandbox.messages().filter(({ thread_ts }) => thread_ts === undefined);

async function recorded(sandbox: Sandbox): Promise<readonly AnnouncedRecord[]> {
  // The cast is true: items with a record hold what the functions saved.
  const items = (await sandbox.records()) as readonly { readonly record?: AnnouncedRecord }[];
  return items.flatMap(({ record }) => record ?? []);
}

const incidentsIn = async (sandbox: Sandbox): Promise<readonly Incident[]> =>
  (await recorded(sandbox)).filter((record) => record.kind === 'incident');

/** How many tasks of each service stopped, by what was sent. */
function truth(deliveries: readonly Delivery[]): Readonly<Record<string, number>> {
  const tasks = Map.groupBy(deliveries, ({ event }) => String(event.detail['group']).replace('service:', ''));
  const taskOf = (event: EcsEvent): string => String(event.detail['taskArn']);
  return Object.fromEntries([...tasks].map(([name, of]) => [name, new Set(of.map(({ event }) => taskOf(event))).size]));
}

function counted(incidents: readonly Incident[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { subject, occurrences } of incidents) {
    const name = subject.kind === 'service' ? subject.service : subject.kind;
    counts[name] = (counts[name] ?? 0) + occurrences;
  }
  return counts;
}

describe('a storm', { timeout: PATIENCE }, () => {
  it('of 200 stops of one service is one message with the right count', async () => {
    const sandbox = await start();
    const stops = storm({ services: 1, stops: 200, seed: 3, at: sandbox.clock.now(), span: minutes(4) });
    await pour(sandbox, stops);
    await sandbox.clock.advance(minutes(2));
    await sandbox.settled();
    expect(parents(sandbox)).toHaveLength(1);
    expect(JSON.stringify(parents(sandbox)[0]?.blocks)).toContain('200 tasks stopped');
    expect(JSON.stringify(parents(sandbox)[0]?.blocks)).toMatch(/Looping: 20 stops in \d+ s/);
    expect(counted(await incidentsIn(sandbox))).toEqual(truth(stops));
  });

  // `npm run bench:storm` counts the same of ten thousand.
  it('of 2,500 stops, a tenth twice and a tenth late, is twenty messages at most, and each count is exact', async () => {
    const sandbox = await start({ concurrency: 2 });
    const stops = storm({ services: 20, stops: 2_500, seed: 4, at: sandbox.clock.now(), span: minutes(1) });
    await pour(sandbox, stops);
    await sandbox.clock.advance(minutes(3));
    await sandbox.settled();
    expect(counted(await incidentsIn(sandbox))).toEqual(truth(stops));
    expect(parents(sandbox).length).toBeLessThanOrEqual(20);
    const told = JSON.stringify(parents(sandbox));
    for (const { name } of armada(20)) expect(told).toContain(name);
    expect(await sandbox.deadLetters()).toBe(0);
  });

  it('of forty services at once is one digest that is kept current until all are well', async () => {
    const sandbox = await start();
    const stops = storm({ services: 40, stops: 200, seed: 5, at: sandbox.clock.now(), span: seconds(10), disorder: 0 });
    await pour(sandbox, stops);
    await sandbox.clock.advance(minutes(2));
    const digest = (await recorded(sandbox)).find(
      (record): record is Digest => record.kind === 'digest' && record.destination.kind === 'slack-channel',
    );
    expect(digest).toMatchObject({ state: 'storm' });
    expect(digest?.entries).toHaveLength(40);
    const own = digest?.entries.filter(({ hasOwnMessage }) => hasOwnMessage).length ?? 0;
    expect(own).toBeLessThanOrEqual(10);
    expect(parents(sandbox)).toHaveLength(own + 1);
    await sandbox.putEvents(armada(40).map((service) => steadyState(service, sandbox.clock.now())));
    await sandbox.settled();
    await sandbox.clock.advance(minutes(15));
    const over = (await recorded(sandbox)).find(({ id }) => id === digest?.id);
    expect(over).toMatchObject({ state: 'over' });
    expect(parents(sandbox).at(-1)?.text).toMatch(/40/);
  });
});

it('a deployment that fails and rolls back is one message through its whole life', { timeout: PATIENCE }, async () => {
  const sandbox = await start();
  await pour(sandbox, failingDeployment({ service: armadaService(1), at: sandbox.clock.now() }));
  await sandbox.clock.advance(minutes(10));
  await sandbox.settled();
  const [message, ...others] = parents(sandbox);
  expect(others).toEqual([]);
  expect(message?.text).toMatch(/^✅ Resolved · .*rolled back to barge-001:7/);
  expect(message?.text).not.toMatch(/deployed|completed/i);
  const incidents = await incidentsIn(sandbox);
  expect(incidents).toMatchObject([{ occurrences: 3, state: { status: 'resolved', how: 'recovered' } }]);
  const thread = sandbox.messages().filter(({ thread_ts }) => thread_ts !== undefined);
  expect(JSON.stringify(thread)).toContain('failed, rolled back to barge-001:7');
});

it('a capacity outage over 120 services is one message that counts them', { timeout: PATIENCE }, async () => {
  const sandbox = await start();
  await pour(sandbox, capacityOutage({ services: 120, at: sandbox.clock.now() }));
  await sandbox.clock.advance(minutes(2));
  await sandbox.settled();
  expect(parents(sandbox)).toHaveLength(1);
  expect(parents(sandbox)[0]?.text).toContain('FARGATE');
  expect(JSON.stringify(parents(sandbox)[0]?.blocks)).toContain('120 services');
  expect(await incidentsIn(sandbox)).toMatchObject([{ subject: { kind: 'capacity', provider: 'FARGATE' } }]);
});

/** ECS says so when a service has as many running tasks as it wants. */
function steadyState({ cluster, name }: ReturnType<typeof armadaService>, at: number): object {
  const account = '111122223333';
  const arn = `arn:aws:ecs:eu-west-1:${account}:`;
  return {
    version: '0',
    id: `steady-${name}`,
    'detail-type': 'ECS Service Action',
    source: 'aws.ecs',
    account,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region: 'eu-west-1',
    resources: [`${arn}service/${cluster}/${name}`],
    detail: {
      eventType: 'INFO',
      eventName: 'SERVICE_STEADY_STATE',
      clusterArn: `${arn}cluster/${cluster}`,
      createdAt: new Date(at).toISOString(),
    },
  };
}
