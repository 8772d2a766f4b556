import type { Random } from '../../sandbox/random.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { Answer, Execution } from './execution.ts';

/** How the table answers a write: it may be throttled, and the answer to one that was stored may be lost. */
type Fault = 'throttled' | 'answer-lost' | 'own-conflict';
const FAULTS: readonly Fault[] = ['throttled', 'throttled', 'throttled', 'answer-lost', 'own-conflict'];

/** `store` as one execution sees it over the network. `isThrottled` says whether a fifth of the calls fail now. */
export function overNetwork(
  store: RecordStore,
  execution: Pick<Execution, 'call'>,
  deps: { readonly random: Random; readonly isThrottled: () => boolean; readonly failed: () => void },
): RecordStore {
  const { random, isThrottled, failed } = deps;
  const fault = (): Fault | undefined => (isThrottled() && random.happens(0.2) ? random.pick(FAULTS) : undefined);
  const takes = (): number => (random.happens(0.03) ? 900 : 3 + random.below(20));

  function failing<Value>(action: string): Answer<Value> {
    failed();
    return {
      takes: takes(),
      give: () => {
        throw new AdapterError({ code: 'store-failed', message: `${action} failed (Throttling)`, retryable: true });
      },
    };
  }

  const read = <Value>(action: string, load: () => Promise<Value>): Promise<Value> =>
    execution.call(action, () => {
      if (fault() !== undefined) return failing(action);
      const loaded = load();
      return { takes: takes(), give: () => loaded };
    });

  return {
    load: (fingerprint) => read(`load ${fingerprint}`, () => store.load(fingerprint)),
    loadMany: (fingerprints) => read(`load ${fingerprints.length}`, () => store.loadMany(fingerprints)),
    loadDue: (now, limit) => read('load due', () => store.loadDue(now, limit)),
    loadAbout: (subject) => read('load about', () => store.loadAbout(subject)),
    save: (record, now) =>
      execution.call(`save ${record.fingerprint} v${record.version + 1}`, () => {
        const wrong = fault();
        if (wrong === 'throttled') return failing('save');
        const answered = store.save(record, now);
        if (wrong === 'answer-lost') return failing('save');
        // The SDK tries again what it had no answer to, and finds the version that it has just put there.
        return { takes: takes(), give: async () => (wrong === 'own-conflict' ? 'conflict' : answered) };
      }),
  };
}
