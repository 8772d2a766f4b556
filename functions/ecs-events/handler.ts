import type { Context, SQSBatchResponse } from 'aws-lambda';
import { subjectPartition } from '../../shared/domain/fingerprint.ts';
import { endsByDeploying } from '../../shared/domain/mute.ts';
import { outcomeOfParsed } from '../../shared/domain/outcome.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { DeploymentChanged, EcsSignal } from '../../shared/domain/signal.ts';
import { parseRecord, type QueueRecord } from '../../shared/parse/sqs-record.ts';
import { type DeskDeps, settleSubject } from './desk.ts';
import { observe } from './observe.ts';
import type { Recovered, Sighting } from './sighting.ts';

/** What is read of the batch that Lambda takes from Amazon SQS. */
export interface QueueBatch {
  readonly Records: readonly QueueRecord[];
}

export interface Deps extends DeskDeps {
  /** Who is told of what, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  /** Takes out of an event's text what may not be recorded, logged or told here; keeps JSON the JSON it is. */
  readonly conceal: (text: string) => string;
  /** Lifts the mutes that are over because this deployment has started; absent where nobody can set any. */
  readonly endMutes?: (started: DeploymentChanged) => Promise<void>;
}

/** A message of the batch that somebody may have to know of, or the error that kept it from being looked at. */
type Looked =
  | { readonly messageId: string; readonly seen: Sighting | Recovered }
  | { readonly messageId: string; readonly error: unknown };

/**
 * A batch of ECS events: each is parsed and looked at; all that concerns one subject is decided on together, so a storm
 * costs one save a problem. Answers with the messages that have to be delivered again, and with those only.
 */
export const createHandler =
  (deps: Deps) =>
  async (event: QueueBatch, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const [policy, ...looks] = await Promise.all([deps.policy(), ...event.Records.map((record) => look(record, deps))]);
    const looked = looks.flat();
    const seen = looked.filter((one) => 'seen' in one);
    const subjects = Map.groupBy(seen, ({ seen: one }) => subjectPartition(subjectOf(one)));
    const unsettled = await Promise.all(
      [...subjects.values()].map((group) => settleSubject(group, { policy, deadline }, deps)),
    );
    const failed = [...looked.filter((one) => 'error' in one).map(({ messageId }) => messageId), ...unsettled.flat()];
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const subjectOf = (seen: Sighting | Recovered) => (seen.kind === 'sighting' ? seen.observation.subject : seen.subject);

/** Parses one message; what leads to nothing is reported at once and leaves the batch. */
async function look(record: QueueRecord, deps: Deps): Promise<readonly Looked[]> {
  const { messageId } = record;
  const { parsed } = parseRecord({ messageId, body: deps.conceal(record.body) });
  if (parsed.status !== 'parsed' || parsed.signal.kind === 'health-notified') {
    deps.report(outcomeOfParsed(parsed));
    return [];
  }
  try {
    if (isStart(parsed.signal)) await endMutesOf(parsed.signal, deps);
    const seen = await observe(parsed.signal, deps);
    if (seen.kind !== 'nothing') return [{ messageId, seen }];
    deps.report(seen.outcome);
    return [];
  } catch (error) {
    deps.reportFailure(messageId, error);
    return [{ messageId, error }];
  }
}

/** Of a deployment that somebody made: a rollback is none. */
const isStart = (signal: EcsSignal): signal is DeploymentChanged =>
  signal.kind === 'deployment-changed' && signal.phase === 'in-progress' && !signal.isRollback;

/** Costs nothing while nobody has muted that service until its next deployment. */
async function endMutesOf(started: DeploymentChanged, { policy, endMutes }: Deps): Promise<void> {
  if (endMutes === undefined) return;
  const { routing } = await policy();
  if (routing.mutes.some((mute) => endsByDeploying(mute, started.service))) await endMutes(started);
}
