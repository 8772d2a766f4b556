import type { ActionStore } from '../../shared/domain/chat/action-request.ts';
import type { AuditStore } from '../../shared/domain/chat/audit.ts';
import type { ChatRequest } from '../../shared/domain/chat/request.ts';
import type { StandingStore } from '../../shared/domain/chat/standing.ts';
import type { TurnStore } from '../../shared/domain/chat/turn.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { LockStore, PlanStore } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import type { SettleDeps } from '../../shared/effects/settle.ts';
import type { SituationReader } from '../../shared/effects/situation/situation-reader.ts';
import type { SlackPeople } from '../../shared/effects/slack/slack-people.ts';
import type { Wake } from '../../shared/effects/wake.ts';

/** One request under way, and what holds for it. */
export interface Visit {
  readonly request: ChatRequest;
  readonly now: Instant;
  /** When the function is stopped at the latest. */
  readonly deadline: Instant;
  readonly policy: Policy;
  /** Where the function runs. */
  readonly home: Place;
  /** Where it was clicked or typed; of a modal, where what opened it was. */
  readonly channel?: string;
}

/** What is read and written for people. Nothing of it can change ECS. */
export interface WorkerDeps extends SettleDeps {
  readonly people: SlackPeople;
  readonly plans: PlanStore;
  readonly locks: Pick<LockStore, 'load'>;
  readonly standing: StandingStore;
  readonly actions: ActionStore;
  readonly audit: AuditStore;
  readonly turns: TurnStore;
  readonly reader: Pick<SituationReader, 'services'>;
  /** The windows and freezes with what Systems Manager knows of them. */
  readonly maintenanceOf: (policy: Policy) => Promise<Maintenance>;
  /** Has the function run that acts on what was decided. */
  readonly wake: Wake;
  /** Whether this installation may change ECS at all. */
  readonly mayRedeploy: boolean;
  /** Version of the tz database. */
  readonly tz: string;
}
