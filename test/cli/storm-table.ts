import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { createHandler } from '../../functions/reconcile/handler.ts';
import type { Listening } from '../../sandbox/loopback.ts';
import type { Delivery } from '../../shared/domain/announcement.ts';
import { decideIncident } from '../../shared/domain/decide.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import { digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { createGate } from '../../shared/effects/gate.ts';
import { settle } from '../../shared/effects/settle.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import { type LocalDynamoDB, startDynamoDB } from '../support/dynamodb.ts';
import { anObservation, HARBOR, NOON, POLICY } from '../support/observations.ts';
import { aPipeline } from '../support/pipeline.ts';
import { run } from './command.ts';
import { environmentFor, type Intercept, startTableRelay } from './table-relay.ts';

/** More than two new problems within five minutes are a storm. */
const SMALL_STORM: Policy = { ...POLICY, storm: { incidents: 2, within: minutes(5) } };

const nothing = (): undefined => undefined;

const sighting = (service: string, at: Instant) =>
  anObservation({ subject: { kind: 'service', at: HARBOR, service }, key: `${service} ${at}`, at });

/** A table, who was told of what is in it, and the command line on it. */
type Scene = ReturnType<typeof sceneOn>;

/**
 * A table on loopback for the tests of one file, empty before each of them, at noon. Answers the scene of the test that
 * runs; `answer` is what the n-th attempt to tell meets.
 */
export function aStormTable(answer: (attempt: number) => Delivery | undefined = nothing) {
  let local: LocalDynamoDB;
  let relay: Listening;
  let scene: Scene;
  let intercept: Intercept = async () => undefined;
  beforeAll(async () => {
    local = await startDynamoDB();
    relay = await startTableRelay(local.endpoint, (operation) => intercept(operation));
  });
  beforeEach(async () => {
    intercept = async () => undefined;
    for (const [name, value] of Object.entries(environmentFor(relay.url))) vi.stubEnv(name, value);
    const before = (next: Intercept): void => {
      intercept = next;
    };
    scene = sceneOn({ client: local.client, tableName: await local.createTable(), before, answer });
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await relay[Symbol.asyncDispose]();
    local.close();
  });
  return () => scene;
}

interface Given {
  readonly client: LocalDynamoDB['client'];
  readonly tableName: string;
  readonly before: (intercept: Intercept) => void;
  readonly answer: (attempt: number) => Delivery | undefined;
}

function sceneOn({ client, tableName, before, answer }: Given) {
  const pipeline = aPipeline({ answer });
  const { clock, announce } = pipeline.deps;
  const store: RecordStore = createRecordStore({ client, tableName, clock });
  const deps = {
    ...pipeline.deps,
    store,
    gate: createGate({ store, clock, announce }),
    policy: async () => SMALL_STORM,
  };

  /** Sees a stop of each of these services now, one after the other: of new ones, the third begins a storm. */
  const see = async (...services: readonly string[]): Promise<void> => {
    const now = clock();
    const invocation = { policy: SMALL_STORM, deadline: now + seconds(30) };
    for (const service of services) {
      const observation = sighting(service, now);
      await settle(
        observation.fingerprint,
        await store.load(observation.fingerprint),
        (known) =>
          decideIncident([observation], known?.kind === 'incident' ? known : undefined, { ...invocation, now }),
        { ...deps, ...invocation },
      );
    }
  };

  /** A run of the reconciler at that time. */
  const reconcile = async (at: Instant): Promise<void> => {
    pipeline.at(at);
    const health = { badConfiguration: nothing, deliveryDelay: nothing, services: nothing };
    await createHandler({ ...deps, health, checkConfiguration: async () => [] })({}, pipeline.context);
  };

  return {
    store,
    tableName,
    before,
    see,
    reconcile,
    told: pipeline.told,
    at: pipeline.at,
    // True because only incidents and digests are saved under these fingerprints, and the tests save them first.
    incident: async (service: string) => (await store.load(sighting(service, NOON).fingerprint)) as Incident,
    digest: async () => (await store.load(digestFingerprint('slack-channel:C0OPS'))) as Digest,
    slackwater: (...args: readonly string[]) =>
      run([...args, '--table', tableName], { environment: process.env, clock }),
  };
}
