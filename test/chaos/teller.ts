import { type Instant, seconds } from '../../shared/domain/instant.ts';
import { createGate } from '../../shared/effects/gate.ts';
import type { SettleDeps } from '../../shared/effects/settle.ts';
import { createMemoryRecordStore } from '../../shared/effects/stores/memory-record-store.ts';
import { NOON, POLICY } from '../support/observations.ts';

/** Everything that settling needs, in memory; `announce` is the test's. */
export function aTeller(announce: SettleDeps['announce'], gate?: SettleDeps['gate']) {
  let now = NOON;
  const clock = (): Instant => now;
  const store = createMemoryRecordStore({ clock });
  const telling = { store, clock, announce };
  const deps: SettleDeps = { ...telling, gate: gate ?? createGate(telling) };
  const at = (instant: Instant): void => {
    now = instant;
  };
  const invocation = () => ({ policy: POLICY, deadline: now + seconds(30) });
  return { store, deps, at, invocation };
}
