import type { ActionId, ActionRequest } from '../../domain/chat/action-request.ts';
import { days, type Instant } from '../../domain/instant.ts';
import { epochSeconds } from './record-item.ts';

/** The partition of all requests. */
export const ACTIONS = 'actions';
/** They have a partition of their own in the sparse index of what is due. */
export const DUE_ACTION = 'action';

/** How long a request is kept after it was asked for: as long as it can be done at all, and longer than hooks wait. */
const RETENTION = days(30);

/** A request as the table holds it. */
export interface ActionItem {
  readonly pk: typeof ACTIONS;
  readonly sk: ActionId;
  readonly version: number;
  readonly request: ActionRequest;
  /** Epoch seconds, because DynamoDB's TTL wants them. */
  readonly expiresAt: number;
  /** Present until its incident says what came of it: whatever lacks these is not in the index. */
  readonly dueKey?: typeof DUE_ACTION;
  /** Epoch milliseconds. */
  readonly dueAt?: Instant;
}

export const actionKey = (id: ActionId): Pick<ActionItem, 'pk' | 'sk'> => ({ pk: ACTIONS, sk: id });

/** The item that saving `request` puts in place of the version it states. */
export function actionItemOf(request: ActionRequest): ActionItem {
  const { id, at, dueAt } = request;
  const version = request.version + 1;
  return {
    ...actionKey(id),
    version,
    request: { ...request, version },
    expiresAt: epochSeconds(at + RETENTION),
    ...(dueAt !== undefined && { dueKey: DUE_ACTION, dueAt }),
  };
}

/** Those that are due at `now`, the longest due first. */
export const dueActions = (requests: readonly ActionRequest[], now: Instant): readonly ActionRequest[] =>
  requests
    .flatMap((request) => (request.dueAt === undefined || request.dueAt > now ? [] : [{ request, at: request.dueAt }]))
    .toSorted((a, b) => a.at - b.at)
    .map(({ request }) => request);
