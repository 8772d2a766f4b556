import { withStanding } from '../../shared/domain/chat/overlay.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { defaultPolicy, type Policy } from '../../shared/domain/policy.ts';
import { configurationKey, type StoredDocument } from '../../shared/effects/stores/configuration-item.ts';
import { PLANS, type PlanItem, planOf } from '../../shared/effects/stores/plan-item.ts';
import { isExpired, type RecordItem } from '../../shared/effects/stores/record-item.ts';
import { standingOf } from '../../shared/effects/stores/standing-store.ts';
import { parsePolicy } from '../../shared/parse/configuration.ts';
import { parseJson } from '../../shared/parse/json.ts';
import type { Sandbox } from '../sandbox.ts';

type Item = Readonly<Record<string, unknown>>;

/** What Slackwater's table says, as the page shows it. */
export interface Knowledge {
  /** Of the document that was pushed last, with the freezes and mutes that people set beside it. */
  readonly policy: Policy;
  readonly plans: readonly PlanRecord[];
  readonly records: readonly AnnouncedRecord[];
}

const DEFAULTS = defaultPolicy({ destinations: [], lowestSeverity: 'low' });

export const NOTHING_KNOWN: Knowledge = { policy: DEFAULTS, plans: [], records: [] };

/** Reads items of the table as the stores of the functions do; what has expired by `now` is left out. */
export function knowledgeOf(items: readonly Item[], now: number): Knowledge {
  // True because the stores are the only writers of the table: these are the shapes that they write.
  const plans = items.filter(({ pk }) => pk === PLANS) as unknown as readonly PlanItem[];
  const records = items.filter(({ record }) => record !== undefined) as unknown as readonly RecordItem[];
  return {
    policy: policyIn(items),
    plans: plans.flatMap((item) => planOf(item, now) ?? []).toSorted((a, b) => b.madeAt - a.madeAt),
    records: records.filter((item) => !isExpired(item, now)).map(({ record }) => record),
  };
}

function policyIn(items: readonly Item[]): Policy {
  const found = (key: ReturnType<typeof configurationKey>): Item | undefined =>
    items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
  // True for the same reason.
  const current = found(configurationKey('current')) as StoredDocument | undefined;
  const parsed = current && parsePolicy(parseJson(current.document), DEFAULTS);
  return withStanding(
    parsed?.status === 'valid' ? parsed.policy : DEFAULTS,
    standingOf(found(configurationKey('standing'))),
  );
}

/** Reads the table again only when something has happened since. */
export function createKnowledgeReader(): (
  sandbox: Pick<Sandbox, 'journal' | 'records' | 'clock'>,
) => Promise<Knowledge> {
  let last: { readonly of: unknown; readonly number: number; readonly knowledge: Promise<Knowledge> } | undefined;
  return ({ journal, records, clock }) => {
    const number = journal.entries().at(-1)?.number ?? 0;
    if (last?.of !== journal || last.number !== number) {
      last = { of: journal, number, knowledge: records().then((items) => knowledgeOf(items, clock.now())) };
    }
    return last.knowledge;
  };
}
