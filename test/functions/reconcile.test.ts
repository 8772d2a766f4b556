import { expect, it } from 'vitest';
import { createHandler } from '../../functions/reconcile/handler.ts';
import type { Delivery } from '../../shared/domain/announcement.ts';
import { decideIncident } from '../../shared/domain/decide.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { settle } from '../../shared/effects/settle.ts';
import { anObservation, circumstances, NOON, POLICY } from '../support/observations.ts';
import { aPipeline } from '../support/pipeline.ts';

const nothing = (): void => undefined;

/** A good configuration, no watchdogs, and nobody who measures. */
const QUIET = {
  checkConfiguration: async () => [],
  health: { badConfiguration: nothing, deliveryDelay: nothing, services: nothing },
};

/** A pipeline in which one incident was recorded at noon, and its message answered as given. */
async function afterNoon(answers: readonly Delivery[]) {
  const pipeline = aPipeline({ answer: (attempt) => answers[attempt - 1] });
  const { next } = decideIncident([anObservation()], undefined, circumstances());
  const fingerprint = next?.fingerprint;
  if (fingerprint === undefined) throw new Error('an observation opens an incident');
  await settle(
    fingerprint,
    undefined,
    (known) => decideIncident([anObservation()], known?.kind === 'incident' ? known : undefined, circumstances()),
    { ...pipeline.deps, policy: POLICY, deadline: NOON + seconds(30) },
  );
  const reconcile = async (at: number): Promise<void> => {
    pipeline.at(at);
    await createHandler({ ...pipeline.deps, ...QUIET })({}, pipeline.context);
  };
  const record = (): Promise<AnnouncedRecord | undefined> => pipeline.store.load(fingerprint);
  return { ...pipeline, reconcile, record };
}

const LIMITED: Delivery = { status: 'deferred', failure: 'ratelimited', retryAfter: seconds(30) };

it('does nothing when everybody knows everything', async () => {
  const { reconcile, told, outcomes } = await afterNoon([]);
  await reconcile(NOON + seconds(60));
  expect(told).toHaveLength(1);
  expect(outcomes).toEqual([]);
});

it('posts what Slack put off, not before Slack said, and then it is told', async () => {
  const { reconcile, told, record } = await afterNoon([LIMITED]);
  await reconcile(NOON + seconds(29));
  expect(told).toHaveLength(1);
  await reconcile(NOON + seconds(60));
  expect(told.map(({ step }) => step)).toEqual(['post', 'post']);
  expect(await record()).toMatchObject({ announcements: [{ status: 'told' }] });
});

it('stops trying where the destination refuses for good, and keeps why', async () => {
  const { reconcile, told, record } = await afterNoon([{ status: 'refused', failure: 'msg_too_long' }]);
  await reconcile(NOON + seconds(3_600));
  expect(told).toHaveLength(1);
  expect(await record()).toMatchObject({ announcements: [{ status: 'abandoned', failure: 'msg_too_long' }] });
});

it('takes up the others when one record fails', async () => {
  const pipeline = await afterNoon([LIMITED]);
  const broken = new Error('not this one');
  const deps = {
    ...pipeline.deps,
    ...QUIET,
    store: {
      ...pipeline.store,
      loadDue: async (...args: Parameters<typeof pipeline.store.loadDue>) => {
        const due = await pipeline.store.loadDue(...args);
        // Same record under another name; saving it fails.
        return [...due.map((record) => ({ ...record, id: 'inc-broken' as typeof record.id })), ...due];
      },
      save: async (...args: Parameters<typeof pipeline.store.save>) => {
        if (args[0].id.endsWith('broken')) throw broken;
        return pipeline.store.save(...args);
      },
    },
  };
  pipeline.at(NOON + seconds(60));
  await createHandler(deps)({}, pipeline.context);
  expect(pipeline.failures).toEqual([{ subject: 'inc-broken', error: broken }]);
  expect(await pipeline.record()).toMatchObject({ announcements: [{ status: 'told' }] });
});
