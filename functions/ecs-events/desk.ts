import { decideIncident } from '../../shared/domain/decide.ts';
import type { AnnouncedRecord, Incident } from '../../shared/domain/incident.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { noteRecoveryOf } from '../../shared/effects/note-recovery.ts';
import { type Invocation, type SettleDeps, settle } from '../../shared/effects/settle.ts';
import { gatherEvidence } from './evidence.ts';
import { findHomes, type Homed } from './homes.ts';
import { condensed, outcomesOfSettled } from './outcomes.ts';
import type { EvidenceReaders } from './reads.ts';
import type { Recovered, Sighting } from './sighting.ts';

export interface DeskDeps extends SettleDeps, EvidenceReaders {
  /** Called with what became of every event; those of a batch that had the same answer come as one. */
  readonly report: (outcome: Outcome) => void;
  /** Called for an event that could not be dealt with now and will be delivered again. */
  readonly reportFailure: (messageId: string, error: unknown) => void;
}

type Deps = DeskDeps & Invocation;

interface Seen {
  readonly messageId: string;
  readonly seen: Sighting | Recovered;
}

/**
 * Decides on everything that a batch holds about one subject, trouble first and then the evidence that it is over;
 * answers the messages to deliver again when that fails.
 */
export async function settleSubject(
  group: readonly Seen[],
  invocation: Invocation,
  desk: DeskDeps,
): Promise<readonly string[]> {
  const deps = { ...desk, ...invocation };
  const sightings = group.flatMap(({ messageId, seen }) =>
    seen.kind === 'sighting' ? [{ messageId, sighting: seen }] : [],
  );
  const recoveries = group.flatMap(({ messageId, seen }) => (seen.kind === 'recovered' ? [{ messageId, seen }] : []));
  return [...(await settleSightings(sightings, deps)), ...(await settleRecoveries(recoveries, deps))];
}

async function settleSightings(
  sightings: readonly { readonly messageId: string; readonly sighting: Sighting }[],
  deps: Deps,
): Promise<readonly string[]> {
  const [first] = sightings;
  if (first === undefined) return [];
  try {
    const about = await deps.store.loadAbout(first.sighting.observation.subject);
    const homed = await findHomes(sightings, about, deps);
    const problems = Map.groupBy(homed, ({ home }) => home.fingerprint);
    const known = new Map(about.map((incident) => [incident.fingerprint, incident]));
    const unsettled = [...problems].map(([fingerprint, group]) => settleProblem(group, known.get(fingerprint), deps));
    return (await Promise.all(unsettled)).flat();
  } catch (error) {
    return failedAll(sightings, error, deps);
  }
}

/** Decides on all sightings of one problem and tells; answers the messages to deliver again when that fails. */
async function settleProblem(
  group: readonly Homed[],
  known: Incident | undefined,
  deps: Deps,
): Promise<readonly string[]> {
  let rest = group;
  let current = known;
  try {
    // Once, but for the rare batch that holds two incidents of one fingerprint, such as two failed deployments.
    for (;;) {
      rest = rest.slice(await settleIncident(rest, current, deps));
      const [next] = rest;
      if (next === undefined) return [];
      current = incidentOf(await deps.store.load(next.home.fingerprint));
    }
  } catch (error) {
    return failedAll(rest, error, deps);
  }
}

/** Settles the sightings that belong to the first one's incident; answers how many these are. */
async function settleIncident(group: readonly Homed[], known: Incident | undefined, deps: Deps): Promise<number> {
  const [first] = group;
  if (first === undefined) return 0;
  const observations = await gatherEvidence(group, known, deps);
  const settled = await settle(
    first.home.fingerprint,
    known,
    (current) => decideIncident(observations, incidentOf(current), { ...deps, now: deps.clock() }),
    deps,
  );
  for (const outcome of condensed(outcomesOfSettled(group, settled))) deps.report(outcome);
  return settled.decision.verdicts.length;
}

async function settleRecoveries(
  recoveries: readonly { readonly messageId: string; readonly seen: Recovered }[],
  deps: Deps,
): Promise<readonly string[]> {
  try {
    for (const { seen } of recoveries) deps.report(await recover(seen, deps));
    return [];
  } catch (error) {
    return failedAll(recoveries, error, deps);
  }
}

async function recover({ subject, recovery, outcome }: Recovered, deps: Deps): Promise<Outcome> {
  const [verdict] = await noteRecoveryOf(subject, recovery, deps);
  if (verdict === undefined) return outcome;
  const { outcome: decision, ...why } = verdict;
  return { ...outcome, decision, ...why };
}

// The cast is true: only incidents are saved under the fingerprints of incidents.
const incidentOf = (record: AnnouncedRecord | undefined): Incident | undefined => record as Incident | undefined;

function failedAll(
  messages: readonly { readonly messageId: string }[],
  error: unknown,
  { reportFailure }: Deps,
): readonly string[] {
  for (const { messageId } of messages) reportFailure(messageId, error);
  return messages.map(({ messageId }) => messageId);
}
