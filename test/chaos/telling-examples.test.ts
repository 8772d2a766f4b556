import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../shared/domain/announcement.ts';
import { catchUp, decideIncident } from '../../shared/domain/decide.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/instant.ts';
import { defaultPolicy } from '../../shared/domain/policy.ts';
import { settle } from '../../shared/effects/settle.ts';
import { anObservation, circumstances, NOON } from '../support/observations.ts';
import { aTeller } from './teller.ts';

// What the simulation beside this found, or could find, each in the fewest steps that show it.

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;
const TOPIC = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' } as const;

it('marks the message that was posted although the gate of another destination failed', async () => {
  const broken = new Error('the table does not answer');
  const { store, deps, invocation } = aTeller(
    async () => ({ status: 'delivered', receipt: { channel: 'C0OPS', ts: '1.0' } }),
    {
      admit: async (_incident, destination) => {
        if (destination.kind === 'sns-topic') throw broken;
        return { kind: 'own' };
      },
    },
  );
  const policy = defaultPolicy({ destinations: [CHANNEL, TOPIC], lowestSeverity: 'low' });
  const { fingerprint } = anObservation();
  const decide = () => decideIncident([anObservation()], undefined, circumstances({ policy }));
  // Whether the function goes on or gives the event back is its own affair.
  await Promise.allSettled([settle(fingerprint, undefined, decide, { ...deps, ...invocation(), policy })]);
  const statuses = (await store.load(fingerprint))?.announcements.map(({ status }) => status);
  expect(statuses?.[0]).toBe('told');
});

describe('two edits of one message at the same time, the older one the last to reach Slack', () => {
  it.each([
    ['the older one', ['older', 'newer']],
    ['the newer one', ['newer', 'older']],
  ] as const)('show the newest revision in the end, also when %s is answered first', async (_first, order) => {
    let shown = 0;
    const way = { older: aGate(), newer: aGate() };
    const answer = { older: aGate(), newer: aGate() };
    const { store, deps, at, invocation } = aTeller(async ({ revision }, _to, step): Promise<Delivery> => {
      const which = step === 'edit' ? (['older', 'newer'] as const)[revision - 2] : undefined;
      if (which !== undefined) await way[which].passed;
      shown = revision;
      if (which !== undefined) await answer[which].passed;
      return { status: 'delivered', receipt: { channel: 'C0OPS', ts: '1.0' } };
    });
    const { fingerprint } = anObservation();
    const settled = async (now: Instant, decide: (current: Incident | undefined) => ReturnType<typeof catchUp>) => {
      at(now);
      const known = await store.load(fingerprint);
      // The cast is true: only this incident is saved there.
      const asIncident = (current: AnnouncedRecord | undefined) => decide(current as Incident | undefined);
      return settle(fingerprint, known, asIncident, { ...deps, ...invocation() });
    };
    const see = (key: string, now: Instant) =>
      settled(now, (current) => decideIncident([anObservation({ key, at: now })], current, circumstances({ now })));

    await see('task-1', NOON);
    const edits = { older: see('task-2', NOON + seconds(20)), newer: Promise.resolve() as Promise<unknown> };
    await aTurn();
    edits.newer = see('task-3', NOON + seconds(20));
    await aTurn();
    way.newer.open();
    await aTurn();
    way.older.open();
    await aTurn();
    for (const which of order) {
      answer[which].open();
      await edits[which];
    }

    const later = NOON + minutes(2);
    const { record } = await settled(later, (current) => catchUp(current as Incident, circumstances({ now: later })));
    expect(shown).toBe(record?.revision);
  });
});

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Holds back what waits for it until it is opened. */
function aGate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
