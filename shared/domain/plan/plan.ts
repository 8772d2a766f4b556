import type { Brand } from '../brand.ts';
import type { Fingerprint } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Place, ServiceRef } from '../place.ts';
import type { Budget, Mode } from '../windows/maintenance.ts';
import type { Boundary } from './boundary.ts';
import type { Slot } from './candidates.ts';
import type { Check } from './checks/check.ts';
import type { PlanVerdict } from './checks/verdict.ts';
import type { Expected } from './expected.ts';
import type { Order } from './order.ts';
import type { Approval, Veto } from './people/approval.ts';
import type { AccountFacts } from './situation.ts';
import type { Run } from './stage.ts';
import type { PlannedTask } from './tasks/standalone.ts';

/** Short public name of a plan: `pln-4f0c2a9d1e`. */
export type PlanId = Brand<string, 'PlanId'>;

/** How the tasks of one retirement notice are replaced before AWS does it. Kept, and worked out anew at every look. */
export interface Plan {
  readonly id: PlanId;
  readonly notice: Fingerprint;
  /** AWS retires the tasks, or somebody asked for them to be replaced and nothing happens if they are not. */
  readonly occasion: 'retirement' | 'request';
  /** Who asked for it; absent for what AWS announced. */
  readonly requestedBy?: string;
  /** The account and Region that the notice is about. */
  readonly place: Place;
  /** What the configuration calls the account. */
  readonly accountName?: string;
  readonly madeAt: Instant;
  /** When AWS begins to stop what is still old, as the notice says; or by when it is asked for. */
  readonly deadline: Instant;
  readonly boundary: Boundary;
  readonly services: readonly PlannedService[];
  readonly tasks: readonly PlannedTask[];
  /** Of everything that an approver agrees to; another hash is another question. */
  readonly hash: string;
  readonly approvals: readonly Approval[];
  readonly vetoes: readonly Veto[];
  /** The reminders that were told, each once. */
  readonly told: readonly Rung[];
  /** What people want done otherwise, in order. */
  readonly orders: readonly Order[];
  /** What the account itself does; absent before it was asked. */
  readonly account?: AccountFacts;
  /** Version of the tz database that the openings were worked out with. */
  readonly tz: string;
}

/** What is said as time passes and a service still needs somebody, the last the loudest. */
export const RUNGS = ['half', 'owners', 'page'] as const;
export type Rung = (typeof RUNGS)[number];

export interface PlannedService {
  readonly at: ServiceRef;
  /** Absent for what ECS did not show yet. */
  readonly work?: Work;
  readonly verdict: PlanVerdict;
  /** Of what an approver agrees to for this service. */
  readonly hash: string;
  readonly run: Run;
  /** When it was last looked at; the others are as they were then. */
  readonly lookedAt?: Instant;
}

/** What is to be done about one service, and when. */
export interface Work {
  /** Running Fargate tasks that are older than the boundary, of all that run. */
  readonly old: number;
  readonly of: number;
  readonly controller: string;
  readonly strategy: string;
  /** The task definition that is deployed again, and by container the digests that run now. */
  readonly revision: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly mode: Mode;
  /** One task after the other, by successors of the same image, and not by a deployment. */
  readonly isPinned: boolean;
  readonly budget: Budget;
  /** Of everything that is old. */
  readonly expected: Expected;
  /** Milliseconds that have to fit into an opening: all of it, or one task where they are replaced one by one. */
  readonly stint: number;
  readonly latestSafeStart: Instant;
  /** The openings that an approver is shown, in order. */
  readonly slots: readonly Slot[];
  /** How many of them have not passed, nor been taken by a freeze. */
  readonly left: number;
  /** The one to take; absent when none is left. */
  readonly slot?: Slot;
  /** What preflight has to say of the service now, but for what is well. */
  readonly checks: readonly Check[];
  /** The newest of its deployments that are under way. */
  readonly deploying?: string;
}

/** Everything that the plan names has ended, whatever it came to. */
export const isOver = ({ services, tasks }: Pick<Plan, 'services' | 'tasks'>): boolean =>
  services.every(({ run }) => run.stage.kind === 'ended') && tasks.every(({ run }) => run.kind === 'ended');

/** `harbor-prod/checkout`. */
export const nameOf = ({ at }: { readonly at: ServiceRef }): string => `${at.cluster}/${at.service}`;

/** So many tasks are replaced at a time. */
export const movedTasks = (work: Work | undefined): number => (work?.isPinned ? Math.min(1, work.of) : (work?.of ?? 0));
