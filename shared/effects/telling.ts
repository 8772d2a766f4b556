import type { Announcer } from '../domain/announcer.ts';
import type { Instant } from '../domain/instant.ts';
import type { AnnouncingOptions } from './announcing.ts';
import { type Clients, once } from './clients.ts';
import { createGate } from './gate.ts';
import { jitteredPause } from './jittered-pause.ts';
import type { SettleDeps } from './settle.ts';
import { withChannelBackoff } from './slack/channel-backoff.ts';
import { createRecordStore } from './stores/record-store.ts';

interface TellingOptions extends AnnouncingOptions {
  readonly tableName: string;
}

/** What every function needs that records and tells: the store, the announcer and the clock. Made once per cold start. */
export function createTelling(options: TellingOptions, clients: Clients, clock: () => Instant): SettleDeps {
  // Loaded with the first message: a cold start that says nothing does without its rendering and SNS.
  const announcing = once(async () => {
    const { createAnnouncing } = await import('./announcing.ts');
    return createAnnouncing(options, clients, clock);
  });
  const announcer: Announcer = async (...said) => (await announcing())(...said);
  const telling = {
    clock,
    pause: jitteredPause,
    store: createRecordStore({ client: clients.table, tableName: options.tableName, clock }),
    announce: withChannelBackoff(announcer, clock),
  };
  return { ...telling, gate: createGate(telling) };
}
