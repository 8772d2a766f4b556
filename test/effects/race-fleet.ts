import { createHandler, type QueueBatch } from '../../functions/ecs-events/handler.ts';
import { settleDue } from '../../functions/reconcile/due.ts';
import type { Random } from '../../sandbox/random.ts';
import type { Delivery, Step } from '../../shared/domain/announcement.ts';
import type { Destination } from '../../shared/domain/destination.ts';
import { missing } from '../../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { createGate } from '../../shared/effects/gate.ts';
import { createRecordStore } from '../../shared/effects/stores/record-store.ts';
import type { LocalDynamoDB } from '../support/dynamodb.ts';
import { NOON, POLICY } from '../support/observations.ts';

/** As Lambda takes it from the queue. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
}

const notRead = async () => missing('not-applicable', 'not read in this test');

/** Lets the others go on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** One table, one Slack, and functions that share nothing else. The clock stands while they work, so no edit is due. */
export async function startFleet(dynamodb: LocalDynamoDB, random: Random) {
  const tableName = await dynamodb.createTable();
  let now = NOON + minutes(10);
  const clock = () => now;
  const posts: AnnouncedRecord[] = [];
  const saves: string[] = [];
  const failures: unknown[] = [];
  const storeOfOne = (): RecordStore => createRecordStore({ client: dynamodb.client, tableName, clock });

  const announce = async (record: AnnouncedRecord, _to: Destination, step: Step): Promise<Delivery> => {
    if (step === 'post') posts.push(record);
    const ts = `${posts.length}.0`;
    // Others run while Slack takes its time.
    await turns(5);
    return { status: 'delivered', receipt: { channel: 'C0OPS', ts } };
  };

  function aFunction() {
    const real = storeOfOne();
    const store: RecordStore = {
      ...real,
      save: async (record, at) => {
        const answer = await real.save(record, at);
        if (answer === 'saved') saves.push(`${record.fingerprint}@${record.version + 1}`);
        return answer;
      },
    };
    const telling = { clock, store, announce, pause: (attempt: number) => turns(random.below(20 * (attempt + 1))) };
    return { ...telling, gate: createGate(telling), report: () => undefined };
  }

  function aHandler() {
    const handle = createHandler({
      ...aFunction(),
      policy: async () => POLICY,
      conceal: (text) => text,
      reportFailure: (_id, error) => failures.push(error),
      ecs: { describeTaskDefinition: notRead, describeService: notRead, stoppedTasks: notRead },
    });
    return (Records: readonly Message[]) =>
      handle({ Records } satisfies QueueBatch, { getRemainingTimeInMillis: () => seconds(30) });
  }

  /** A minute later, when no claim holds any more. */
  async function reconcile(): Promise<void> {
    now += minutes(1);
    const invocation = { policy: POLICY, deadline: now + seconds(30) };
    await settleDue(invocation, { ...aFunction(), reportFailure: (_id, error) => failures.push(error) });
  }

  /** Each function works off its own batches, one after the other; what it reports as failed comes back to it. */
  async function workOff(queues: readonly (readonly (readonly Message[])[])[]): Promise<void> {
    await Promise.all(
      queues.map(async (batches) => {
        const handle = aHandler();
        const waiting = [...batches];
        for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
          const { batchItemFailures } = await handle(batch);
          const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
          if (failed.size > 0) waiting.push(batch.filter(({ messageId }) => failed.has(messageId)));
        }
      }),
    );
  }

  return { posts, saves, failures, workOff, reconcile, store: storeOfOne() };
}
