import type { Context, SQSBatchResponse } from 'aws-lambda';
import { decideIncident } from '../../shared/domain/decide.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type Outcome, outcomeOfParsed } from '../../shared/domain/outcome.ts';
import type { Routing } from '../../shared/domain/routing.ts';
import { type SettleDeps, settle } from '../../shared/effects/settle.ts';
import { parseRecord, type QueueRecord } from '../../shared/parse/sqs-record.ts';
import { gatherEvidence } from './evidence.ts';
import { observe } from './observe.ts';
import { outcomesOfSettled } from './outcomes.ts';
import type { EvidenceReaders } from './reads.ts';
import type { Sighting } from './sighting.ts';

/** What is read of the batch that Lambda takes from Amazon SQS. */
export interface QueueBatch {
  readonly Records: readonly QueueRecord[];
}

export interface Deps extends SettleDeps, EvidenceReaders {
  readonly routing: Routing;
  /** Takes out of an event's text what may not be recorded, logged or told here; keeps JSON the JSON it is. */
  readonly conceal: (text: string) => string;
  /** Called once for every event with what became of it. */
  readonly report: (outcome: Outcome) => void;
  /** Called for an event that could not be dealt with now and will be delivered again. */
  readonly reportFailure: (messageId: string, error: unknown) => void;
}

/** A message of the batch that is a sighting of trouble, or the error that kept it from being looked at. */
type Looked =
  | { readonly messageId: string; readonly sighting: Sighting }
  | { readonly messageId: string; readonly error: unknown };

/**
 * A batch of ECS events: each is parsed and looked at; sightings of one problem are decided on together, so a storm
 * costs one save a problem. Answers with the messages that have to be delivered again, and with those only.
 */
export const createHandler =
  (deps: Deps) =>
  async (event: QueueBatch, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const looked = (await Promise.all(event.Records.map((record) => look(record, deps)))).flat();
    const sighted = looked.filter((one) => 'sighting' in one);
    const problems = Map.groupBy(sighted, ({ sighting }) => sighting.fingerprint);
    const unsettled = await Promise.all([...problems.values()].map((group) => settleProblem(group, deadline, deps)));
    const failed = [...looked.filter((one) => 'error' in one).map(({ messageId }) => messageId), ...unsettled.flat()];
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Parses one message; what leads to nothing is reported at once and leaves the batch. */
async function look(record: QueueRecord, deps: Deps): Promise<readonly Looked[]> {
  const { messageId } = record;
  const { parsed } = parseRecord({ messageId, body: deps.conceal(record.body) });
  if (parsed.status !== 'parsed' || parsed.signal.kind === 'health-notified') {
    deps.report(outcomeOfParsed(parsed));
    return [];
  }
  try {
    const observed = await observe(parsed.signal, deps);
    if (observed.kind === 'sighting') return [{ messageId, sighting: observed }];
    deps.report(observed.outcome);
    return [];
  } catch (error) {
    deps.reportFailure(messageId, error);
    return [{ messageId, error }];
  }
}

type Sighted = Extract<Looked, { readonly sighting: Sighting }>;

/** Decides on all sightings of one problem and tells; answers the messages to deliver again when that fails. */
async function settleProblem(group: readonly Sighted[], deadline: Instant, deps: Deps): Promise<readonly string[]> {
  let rest = group;
  try {
    // Once, but for the rare batch that holds two incidents of one fingerprint, such as two failed deployments.
    while (rest.length > 0) rest = rest.slice(await settleIncident(rest, deadline, deps));
    return [];
  } catch (error) {
    for (const { messageId } of rest) deps.reportFailure(messageId, error);
    return rest.map(({ messageId }) => messageId);
  }
}

/** Settles the sightings that belong to the first one's incident; answers how many these are. */
async function settleIncident(group: readonly Sighted[], deadline: Instant, deps: Deps): Promise<number> {
  const sightings = group.map(({ sighting }) => sighting);
  const [first] = sightings;
  if (first === undefined) return 0;
  // The casts are true: fingerprints of sightings are incident fingerprints, and only incidents are saved under them.
  const known = (await deps.store.load(first.fingerprint)) as Incident | undefined;
  const observations = await gatherEvidence(sightings, known, deps);
  const { routing, clock } = deps;
  const settled = await settle(
    first.fingerprint,
    known,
    (current) => decideIncident(observations, current as Incident | undefined, { routing, now: clock(), deadline }),
    deps,
  );
  for (const outcome of outcomesOfSettled(sightings, settled)) deps.report(outcome);
  return settled.decision.verdicts.length;
}
