import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { NoticeSpec } from '../../sandbox/ecs/retirement-notice.ts';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { decideOn, type PlanDecision } from '../../shared/domain/plan/people/decisions.ts';
import { openRequest } from '../../shared/domain/plan/people/request.ts';
import { newPlanRecord, type PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { pushConfiguration } from '../../shared/effects/stores/configuration-push.ts';
import { createConfigurationStore } from '../../shared/effects/stores/configuration-store.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import { createSdkTableClient } from '../../shared/effects/table/sdk-table-client.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Tue 17 Nov 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 17, 12);
/** A week later AWS begins. */
export const DEADLINE = NOON + 7 * DAY;
/** Windows of these scenarios open every night at ten, UTC, for five hours. */
export const TONIGHT = Date.UTC(2026, 10, 17, 22);

/** Every night for everything; what is given is as in a configuration document. */
export const nights = (terms: Readonly<Record<string, unknown>> = {}) => ({
  name: 'nights',
  zone: 'UTC',
  opens: { weekly: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], start: '22:00' } },
  duration: 'PT5H',
  ...terms,
});

/** The whole system with services in an ECS that behaves, and the hands of the people who run it. */
export interface Port extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Pushes a configuration document. */
  readonly configure: (document: object) => Promise<void>;
  /** AWS gives notice of a retirement of all that runs, and it is taken in and planned for. */
  readonly notice: (spec?: Partial<NoticeSpec>) => Promise<void>;
  /** Somebody asks for a redeployment, as the command line does. */
  readonly request: (services: readonly string[], isNow?: boolean) => Promise<void>;
  readonly plan: () => Promise<PlanRecord>;
  /** As the command line does it, with the hash that the plan has. */
  readonly decide: (decision: (hash: string) => PlanDecision) => Promise<void>;
  readonly approve: (by?: string) => Promise<void>;
  /** How far each service is, by its name. */
  readonly stages: () => Promise<Readonly<Record<string, string>>>;
  /** Services that ECS was asked to deploy, in order. */
  readonly deployed: () => readonly string[];
  readonly advanceTo: (instant: number) => Promise<void>;
  readonly leapTo: (instant: number) => Promise<void>;
  /** The text of the one message about the plan, and of the replies in its thread. */
  readonly told: () => { readonly message: string; readonly replies: readonly string[] };
}

export async function aPort(options: SandboxOptions = {}): Promise<Port> {
  const sandbox = await startSandbox({ startsAt: NOON, ...options });
  const endpoint = sandbox.places.find(({ name }) => name === 'DynamoDB')?.where ?? '';
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const { TableNames: [tableName = ''] = [] } = await client.send(new ListTablesCommand({}));
  const table = { client: createSdkTableClient(DynamoDBDocumentClient.from(client)), tableName };
  const plans = createPlanStore({ ...table, clock: sandbox.clock.now });

  async function plan(): Promise<PlanRecord> {
    const [record, ...others] = await plans.list();
    if (record === undefined || others.length > 0) throw new Error('expected one plan');
    return record;
  }

  async function decide(decision: (hash: string) => PlanDecision): Promise<void> {
    const record = await plan();
    const decided = decideOn(record, decision(record.plan?.hash ?? ''), sandbox.clock.now());
    if ('refused' in decided) throw new Error(decided.refused);
    if ((await plans.save(decided.record, sandbox.clock.now())) === 'conflict') throw new Error('the plan has changed');
  }

  return {
    sandbox,
    configure: async (document) => {
      const { current } = await createConfigurationStore(table).load({ consistent: true });
      const push = {
        document: { version: 1, ...document },
        version: current?.version ?? 0,
        at: sandbox.clock.now(),
        by: 'ada',
      };
      if ((await pushConfiguration(table, push)) === 'conflict') throw new Error('somebody else has pushed');
    },
    notice: async (spec = {}) => {
      const at = sandbox.clock.now();
      await sandbox.putEvents(sandbox.ecs.notices({ startsAt: DEADLINE, boundary: at, ...spec }));
      await sandbox.settled();
      await sandbox.clock.advance(2 * MINUTE);
    },
    request: async (names, isNow = false) => {
      const now = sandbox.clock.now();
      const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
      const services = names.map((name) => {
        const [cluster = '', service = ''] = name.split('/');
        return { ...place, cluster, service };
      });
      const asked = { by: 'ada', why: 'asked', services, deadline: now + 7 * DAY, place, isNow } as const;
      const notice = { ...openRequest(asked, now), wakeAt: now };
      await plans.save(newPlanRecord(notice.fingerprint, now), now);
      await createRecordStore({ ...table, clock: sandbox.clock.now }).save(notice, now);
      await sandbox.clock.advance(2 * MINUTE);
    },
    plan,
    decide,
    approve: (by = 'ada') => decide((hash) => ({ kind: 'approve', by, hash })),
    stages: async () => {
      const { plan: known } = await plan();
      return Object.fromEntries(
        (known?.services ?? []).map(({ at, run: { stage } }) => [
          at.service,
          stage.kind === 'ended' ? stage.end : stage.kind,
        ]),
      );
    },
    deployed: () =>
      sandbox.ecs
        .writes('ecs:UpdateService')
        .flatMap(({ input, refused }) => (refused === undefined ? String(input['service']).split('/').slice(-1) : [])),
    advanceTo: (instant) => sandbox.clock.advance(instant - sandbox.clock.now()),
    leapTo: (instant) => sandbox.clock.leap(instant - sandbox.clock.now()),
    told: () => {
      const messages = sandbox.messages();
      const { text, blocks } = messages.find(({ thread_ts }) => thread_ts === undefined) ?? {};
      return {
        message: JSON.stringify({ text, blocks }),
        replies: messages.filter(({ thread_ts }) => thread_ts !== undefined).map((reply) => JSON.stringify(reply)),
      };
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await sandbox[Symbol.asyncDispose]();
    },
  };
}
