import type { SSMClient } from '@aws-sdk/client-ssm';
import { days, type Instant, minutes, seconds } from '../domain/instant.ts';
import { utcMinute } from '../domain/utc.ts';
import { type Imported, type KnownOpenings, openingsSaid, type SsmAnswer } from '../domain/windows/imported.ts';
import type { Maintenance, MaintenanceWindow } from '../domain/windows/maintenance.ts';
import { AdapterError } from './adapter-error.ts';
import { type Budget, budgetOf } from './budget.ts';
import type { SsmWindowMemory } from './stores/ssm-window-memory.ts';

export interface SsmWindows {
  /**
   * The same, with what Systems Manager opens filled into its windows. Never throws; without such windows it asks for
   * nothing.
   */
  readonly resolve: (maintenance: Maintenance) => Promise<Maintenance>;
}

/** How long an answer is trusted, and so how long a change in Systems Manager takes to hold. */
const FRESH = minutes(15);
/** How long nobody asks again after a question that was not answered. */
const PATIENCE = minutes(1);
/** AWS announces retirements two weeks ahead at most, and people like to see further. */
const AHEAD = days(60);
/** For all windows of one `resolve` together. */
const TIMEOUT = seconds(10);

interface Deps {
  /** Of the Region that the windows are in; loaded when first asked for. */
  readonly ssm: () => Promise<SSMClient>;
  readonly memory: SsmWindowMemory;
  readonly clock: () => Instant;
  /** Called for every question that was not answered, with a sentence that names no caller and no secret. */
  readonly report: (because: string) => void;
  /** Milliseconds to look ahead, 60 days unless given. */
  readonly ahead?: number;
  /** The time of one `resolve`, 10 seconds unless given. */
  readonly budget?: Budget;
}

/** What is known of a window, and how long nobody asks again. */
interface Held {
  readonly imported: Imported;
  readonly known: KnownOpenings | undefined;
  readonly freshUntil: Instant;
}

/**
 * Imports the maintenance windows of Systems Manager that the configuration names. An answer is kept in `memory`, across cold
 * starts, and trusted for 15 minutes. Where a question is not answered, what was known before holds, and says so.
 */
export function createSsmWindows(deps: Deps): SsmWindows {
  const { clock, budget = budgetOf(TIMEOUT) } = deps;
  const held = new Map<string, Held>();

  async function importedOf(id: string, signal: AbortSignal): Promise<Imported> {
    const before = held.get(id);
    if (before !== undefined && clock() < before.freshUntil) return before.imported;
    const renewed = await renew(id, { before, signal }, deps);
    held.set(id, renewed);
    return renewed.imported;
  }

  return {
    resolve: async (maintenance) => {
      const ids = new Set(maintenance.windows.flatMap(({ opens }) => (opens.kind === 'ssm' ? [opens.id] : [])));
      if (ids.size === 0) return maintenance;
      const signal = budget();
      const imported = new Map<string, Imported>();
      // One after the other: Systems Manager takes few calls a second.
      for (const id of ids) imported.set(id, await importedOf(id, signal));
      return { ...maintenance, windows: maintenance.windows.map((window) => withImported(window, imported)) };
    },
  };
}

function withImported(window: MaintenanceWindow, all: ReadonlyMap<string, Imported>): MaintenanceWindow {
  const { opens } = window;
  const imported = opens.kind === 'ssm' ? all.get(opens.id) : undefined;
  if (opens.kind !== 'ssm' || imported === undefined) return window;
  return { ...window, opens: { ...opens, imported }, closes: { kind: 'ssm' } };
}

interface Renewing {
  readonly before: Held | undefined;
  readonly signal: AbortSignal;
}

async function renew(id: string, { before, signal }: Renewing, deps: Deps): Promise<Held> {
  const { ssm, clock, report, ahead = AHEAD } = deps;
  const now = clock();
  const known = (await remembered(id, deps)) ?? before?.known;
  if (known !== undefined && now < known.readAt + FRESH) return holding(known);
  const { readSsmWindow } = await import('./ssm-window-reader.ts');
  const until = now + ahead;
  const answer = await readSsmWindow(await ssm(), { id, now, until, signal });
  if (answer.status === 'found') return learned(id, saying(answer.value, known, now), deps);
  report(answer.because);
  // That there is no such window is an answer.
  if (answer.reason === 'not-found') {
    return learned(id, { openings: [], until, problem: answer.because, readAt: now }, deps);
  }
  return stale(answer.because, known, now);
}

const saying = (answer: SsmAnswer, known: KnownOpenings | undefined, now: Instant): KnownOpenings => ({
  openings: openingsSaid(answer, known, now),
  until: answer.until,
  ...(!answer.isEnabled && { problem: 'it is disabled there' }),
  readAt: now,
});

async function learned(id: string, known: KnownOpenings, { memory, report }: Deps): Promise<Held> {
  // Without it, only who asks now knows.
  await memory.save(id, known).catch((error: unknown) => report(memoryProblem(error)));
  return holding(known);
}

function holding(known: KnownOpenings): Held {
  const { readAt, ...imported } = known;
  return { imported, known, freshUntil: readAt + FRESH };
}

function stale(because: string, known: KnownOpenings | undefined, now: Instant): Held {
  const imported: Imported =
    known === undefined
      ? { openings: [], until: now, problem: because }
      : { openings: known.openings, until: known.until, problem: `known as of ${utcMinute(known.readAt)}: ${because}` };
  return { imported, known, freshUntil: now + PATIENCE };
}

const remembered = (id: string, { memory, report }: Deps): Promise<KnownOpenings | undefined> =>
  memory.load(id).catch((error: unknown) => {
    report(memoryProblem(error));
    return undefined;
  });

const memoryProblem = (error: unknown): string =>
  error instanceof AdapterError ? error.message : 'the memory of maintenance windows failed';
