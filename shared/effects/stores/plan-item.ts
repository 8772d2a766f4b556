import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Fingerprint } from '../../domain/incident.ts';
import { days, type Instant } from '../../domain/instant.ts';
import type { PlanId } from '../../domain/plan/plan.ts';
import type { PlanRecord } from '../../domain/plan/plan-record.ts';
import { epochSeconds } from './record-item.ts';
import { storeFailure } from './table-call.ts';

/** The partition of all plans. */
export const PLANS = 'plans';
/** Plans have a partition of their own in the sparse index of what is due. */
export const DUE_PLAN = 'plan';

/** How long a plan is kept after its last save, and after its deadline. */
const RETENTION = days(90);

/** A plan as the table holds it; what is not needed to find it is in `body`. */
export interface PlanItem {
  readonly pk: typeof PLANS;
  readonly sk: PlanId;
  readonly version: number;
  readonly notice: Fingerprint;
  /** Epoch milliseconds, as the deadline. */
  readonly madeAt: Instant;
  readonly deadline?: Instant;
  readonly isOver: boolean;
  /** Epoch seconds, because DynamoDB's TTL wants them. */
  readonly expiresAt: number;
  /** Present until the plan is over: whatever lacks these is not in the index. */
  readonly dueKey?: typeof DUE_PLAN;
  /** Epoch milliseconds. */
  readonly dueAt?: Instant;
  /** The record as JSON, compressed with Brotli. */
  readonly body: Uint8Array;
}

export const planKey = (id: PlanId): Pick<PlanItem, 'pk' | 'sk'> => ({ pk: PLANS, sk: id });

/** The item that saving `record` puts in place of the version it states. */
export function planItemOf(record: PlanRecord, now: Instant): PlanItem {
  const { id, notice, madeAt, plan, dueAt } = record;
  const version = record.version + 1;
  return {
    ...planKey(id),
    version,
    notice,
    madeAt,
    ...(plan && { deadline: plan.deadline }),
    isOver: dueAt === undefined,
    expiresAt: epochSeconds(Math.max(now, plan?.deadline ?? now) + RETENTION),
    ...(dueAt !== undefined && { dueKey: DUE_PLAN, dueAt }),
    body: bodyOf({ ...record, version }),
  };
}

/** The table deletes what has expired some days later, so expiry is decided here. */
export const hasExpired = ({ expiresAt }: PlanItem, now: Instant): boolean => expiresAt <= epochSeconds(now);

/** The record that an item holds, unless it has expired. */
export const planOf = (item: PlanItem, now: Instant): PlanRecord | undefined =>
  // The cast is true because `planItemOf` is the only maker of bodies.
  hasExpired(item, now) ? undefined : (JSON.parse(brotliDecompressSync(item.body).toString()) as PlanRecord);

/** A tenth of the JSON in a tenth of a second for a thousand services; higher qualities only take longer. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * DynamoDB keeps 400 KB an item, the names of its attributes included; the others take less than two.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const LIMIT = 398 * 1_024;

function bodyOf(record: PlanRecord): Uint8Array {
  const body = brotliCompressSync(JSON.stringify(record), QUALITY);
  if (body.byteLength <= LIMIT) return body;
  const size = `${Math.ceil(body.byteLength / 1_024)} KB compressed`;
  const services = `${record.plan?.services.length ?? 0} services`;
  throw storeFailure(`plan ${record.id} of ${services} takes ${size}; DynamoDB keeps 400 KB an item`, false);
}
