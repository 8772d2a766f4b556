import { withStanding } from '../domain/chat/overlay.ts';
import { type Instant, seconds } from '../domain/instant.ts';
import type { ConfigurationProblem, ParsedPolicy, Policy, PolicyParser } from '../domain/policy.ts';
import { AdapterError } from './adapter-error.ts';
import type { StoredDocument } from './stores/configuration-item.ts';
import {
  type ConfigurationStore,
  type ConfigurationTable,
  createConfigurationStore,
  type StoredDocuments,
} from './stores/configuration-store.ts';

/** The policy that holds now, with what people have set beside the document. `problems` say why it is not the one that was pushed last. */
export interface PolicyReading {
  readonly policy: Policy;
  readonly problems: readonly ConfigurationProblem[];
}

export interface PolicySource {
  /** Never throws: telling goes on, by the last good document or by the template's parameters. */
  readonly read: () => Promise<PolicyReading>;
  /**
   * Remembers the document that was pushed last, once it has no problem; for the reconciler. Costs a call only when it
   * changed. A write that fails throws `AdapterError` `store-failed`.
   */
  readonly keepLastGood: () => Promise<'kept' | 'unchanged' | { readonly problems: readonly ConfigurationProblem[] }>;
}

/** How long a document is trusted, and so how long a push takes to hold everywhere. */
const FRESH = seconds(60);
/** How long nobody asks again after a read that failed: each may take seconds. */
const PATIENCE = seconds(10);

/** What was read, by which the policy holds, and what is to be remembered of it. */
interface Snapshot extends PolicyReading {
  /** A good document that is not remembered yet. */
  readonly toKeep?: StoredDocument;
  readonly freshUntil: Instant;
}

/** Reads the document of the table, once a minute at most, and with one call for all who ask at a time. */
export function createPolicySource(
  deps: ConfigurationTable & {
    readonly clock: () => Instant;
    /** By the template's parameters. */
    readonly defaults: Policy;
    /** Asked for when there is a document at all, so that its code is not loaded before. */
    readonly parser: () => Promise<PolicyParser>;
  },
): PolicySource {
  const { clock, defaults, parser } = deps;
  const store = createConfigurationStore(deps);
  let last: Snapshot | undefined;
  let underway: Promise<Snapshot> | undefined;

  async function renew(): Promise<Snapshot> {
    try {
      return { ...(await snapshot(store, parser, defaults)), freshUntil: clock() + FRESH };
    } catch (error) {
      const problems = [unreadable(error)];
      return { policy: defaults, ...last, problems, freshUntil: clock() + PATIENCE };
    }
  }

  async function fresh(): Promise<Snapshot> {
    if (last !== undefined && clock() < last.freshUntil) return last;
    underway ??= renew().finally(() => {
      underway = undefined;
    });
    last = await underway;
    return last;
  }

  return {
    read: async () => {
      const { policy, problems } = await fresh();
      return { policy, problems };
    },
    keepLastGood: async () => {
      const { toKeep, ...known } = await fresh();
      if (known.problems.length > 0) return { problems: known.problems };
      if (toKeep === undefined) return 'unchanged';
      await store.keepAsGood(toKeep);
      last = known;
      return 'kept';
    },
  };
}

/** The same policy for ever, for replay and tests. */
export const fixedPolicy = (policy: Policy): PolicySource => ({
  read: async () => ({ policy, problems: [] }),
  keepLastGood: async () => 'unchanged',
});

async function snapshot(
  store: ConfigurationStore,
  parser: () => Promise<PolicyParser>,
  defaults: Policy,
): Promise<Omit<Snapshot, 'freshUntil'>> {
  const { standing, ...documents } = await store.load();
  const documented = await fromDocuments(documents, parser, defaults);
  return { ...documented, policy: withStanding(documented.policy, standing) };
}

async function fromDocuments(
  { current, lastGood }: Omit<StoredDocuments, 'standing'>,
  parser: () => Promise<PolicyParser>,
  defaults: Policy,
): Promise<Omit<Snapshot, 'freshUntil'>> {
  if (current === undefined) return { policy: defaults, problems: [] };
  const parse = await parser();
  const parsed = parsedFrom(current, parse, defaults);
  if (parsed.status === 'valid') {
    const isKept = lastGood !== undefined && lastGood.document === current.document;
    return { policy: parsed.policy, problems: [], ...(!isKept && { toKeep: current }) };
  }
  // A newer Slackwater may find a problem in what an older one took for good.
  const earlier = lastGood && parsedFrom(lastGood, parse, defaults);
  return { policy: earlier?.status === 'valid' ? earlier.policy : defaults, problems: parsed.problems };
}

function parsedFrom({ document }: StoredDocument, parse: PolicyParser, defaults: Policy): ParsedPolicy {
  try {
    return parse(JSON.parse(document), defaults);
  } catch {
    return {
      status: 'invalid',
      problems: [{ path: 'document', expected: 'JSON, as "slackwater config push" writes it' }],
    };
  }
}

const unreadable = (error: unknown): ConfigurationProblem => ({
  path: 'document',
  expected: `to be readable: ${error instanceof AdapterError ? error.message : 'the read failed'}`,
});
