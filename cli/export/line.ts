import type { Instant } from '../../shared/domain/instant.ts';
import { redact } from '../../shared/domain/redact.ts';
import { ACTIONS } from '../../shared/effects/stores/action-item.ts';
import { AUDIT } from '../../shared/effects/stores/audit-item.ts';
import { configurationKey, type StoredDocument } from '../../shared/effects/stores/configuration-item.ts';
import { isReadable } from '../../shared/effects/stores/item-format.ts';
import { unpacked } from '../../shared/effects/stores/packed-record.ts';
import { PLANS, type PlanItem, planOf } from '../../shared/effects/stores/plan-item.ts';
import { epochSeconds } from '../../shared/effects/stores/record-item.ts';

/** An item of the table, whoever wrote it. */
export type TableItem = Readonly<Record<string, unknown>>;

/** A line of an export. Times are milliseconds since 1970, as in the table. */
export interface ExportLine {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** What Slackwater remembers for itself for a while, and makes again: nothing that anybody would look up. */
const PASSING: readonly RegExp[] = [/^locks$/, /^system$/, /^chat#/];

/** The first match wins. Each says how an item of its partitions is read. */
const READERS: readonly (readonly [
  partition: RegExp,
  read: (item: TableItem, now: Instant) => ExportLine | undefined,
])[] = [
  [new RegExp(`^${configurationKey('current').pk}$`), configurationLine],
  [new RegExp(`^${PLANS}$`), planLine],
  [new RegExp(`^${ACTIONS}$`), ({ request }) => ofObject('action', request)],
  [new RegExp(`^${AUDIT}#`), ({ entry }) => ofObject('audit', entry)],
  [/./, recordLine],
];

/**
 * The line of an item, without secrets; `passing` for what is not worth keeping, and for what has expired and is not deleted
 * yet. What is not understood, such as an item of a newer Slackwater, is a line of the kind `unknown` with the item as it is.
 */
export function exportLine(item: TableItem, now: Instant): ExportLine | 'passing' {
  if (PASSING.some((pattern) => pattern.test(String(item['pk']))) || hasExpired(item, now)) return 'passing';
  const line = understood(item, now) ?? { kind: 'unknown', item };
  // The cast is true: a line stays a line, only its texts change.
  return withoutSecrets(line) as ExportLine;
}

/** Nothing for what is not as this version writes it: one damaged item does not keep the others from being written. */
function understood(item: TableItem, now: Instant): ExportLine | undefined {
  const read = READERS.find(([pattern]) => pattern.test(String(item['pk'])))?.[1];
  try {
    return isReadable(item) ? read?.(item, now) : undefined;
  } catch {
    return undefined;
  }
}

const hasExpired = ({ expiresAt }: TableItem, now: Instant): boolean =>
  typeof expiresAt === 'number' && expiresAt <= epochSeconds(now);

function configurationLine(item: TableItem): ExportLine | undefined {
  const { pk: _pk, sk, document, ...rest } = item as Partial<StoredDocument> & TableItem;
  if (sk === configurationKey('standing').sk) return { kind: 'standing', ...rest };
  return typeof document === 'string'
    ? { kind: 'configuration', which: sk, ...rest, document: JSON.parse(document) }
    : undefined;
}

function recordLine(item: TableItem): ExportLine | undefined {
  const { record } = unpacked(item);
  return isKinded(record) ? record : undefined;
}

function planLine(item: TableItem, now: Instant): ExportLine | undefined {
  // The cast is true of a readable item of this partition: the plan store is its only writer.
  return ofObject('plan', planOf(item as unknown as PlanItem, now));
}

const ofObject = (kind: string, value: unknown): ExportLine | undefined =>
  typeof value === 'object' && value !== null ? { kind, ...value } : undefined;

const isKinded = (value: unknown): value is ExportLine =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

/** Texts were redacted before they were stored; what people wrote into the configuration was not. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}
