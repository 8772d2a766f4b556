import type { Instant } from '../../domain/instant.ts';
import type { Place, ServiceRef } from '../../domain/place.ts';
import type { AccountFacts, ServiceSituation, StandaloneTask } from '../../domain/plan/situation.ts';
import type { Maintenance } from '../../domain/windows/maintenance.ts';
import type { Range } from '../../domain/windows/opening.ts';
import type { At } from '../places/clients-at.ts';
import type { PlannedClients } from '../planning-clients.ts';
import { createAccountReader } from '../readers/account-reader.ts';
import { pacedAsk, type Reading } from './ask.ts';
import type { NamedStandalone } from './located-tasks.ts';
import { readSituations } from './service-situations.ts';
import { readStandaloneTasks } from './standalone-tasks.ts';

/** What one look at the world is made under. */
export interface Terms {
  readonly maintenance: Maintenance;
  /** Names of the freezes that do not hold for this plan. */
  readonly lifted: readonly string[];
  /** The openings that are of interest. */
  readonly range: Range;
  /** Answers by then; what was not reached is `unread`. */
  readonly deadline: Instant;
}

/** Reads the world that a plan is about. Nothing throws for what AWS answers: it is missing, or unread, with its reason. */
export interface SituationReader {
  /** In the order given, which is that in which they are read. */
  readonly services: (refs: readonly ServiceRef[], terms: Terms) => Promise<readonly ServiceSituation[]>;
  /** In the order given. A task that is named without its cluster is looked for in all of them at its place. */
  readonly tasks: (named: readonly NamedStandalone[], terms: Terms) => Promise<readonly StandaloneTask[]>;
  readonly account: (place: Place) => Promise<AccountFacts>;
}

/**
 * So many requests at the same time, of all places together: some hundred a second, in bursts that ECS's request limits of the whole account
 * (100 and then 20 a second for tasks and services) leave room beside.
 */
const REQUESTS_AT_ONCE = 5;

/** `timer` gives a signal that aborts after so many milliseconds. */
export function createSituationReader(deps: {
  readonly clientsAt: At<PlannedClients>;
  readonly clock: () => Instant;
  readonly timer?: (milliseconds: number) => AbortSignal;
}): SituationReader {
  const { clientsAt, clock, timer = (milliseconds) => AbortSignal.timeout(milliseconds) } = deps;
  const readingUntil = (deadline: Instant): At<Reading> => {
    const ask = pacedAsk(timer(Math.max(0, deadline - clock())), REQUESTS_AT_ONCE);
    return (place) => ({ clients: clientsAt(place), ask });
  };
  return {
    services: (refs, { maintenance, range, lifted, deadline }) =>
      readSituations(refs, { maintenance, allowed: { ...range, lifted }, now: clock() }, readingUntil(deadline)),
    tasks: (named, { maintenance, range, lifted, deadline }) =>
      readStandaloneTasks(named, { maintenance, allowed: { ...range, lifted } }, readingUntil(deadline)),
    account: createAccountReader({ clientsAt }),
  };
}
