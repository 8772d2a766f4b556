import type { Instant } from '../../domain/instant.ts';
import type { LockStore } from '../../domain/plan/plan-record.ts';
import type { Budget } from '../budget.ts';
import type { At } from '../places/clients-at.ts';
import type { ActionClients } from './action-clients.ts';

/** What steps are taken with. */
export interface StepDeps {
  /** Of the account and Region that is changed. */
  readonly clientsAt: At<ActionClients>;
  readonly locks: LockStore;
  readonly clock: () => Instant;
  /** The time of one call. */
  readonly budget: Budget;
}
