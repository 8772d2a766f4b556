import { decideRecovery } from '../domain/decide.ts';
import type { Verdict } from '../domain/decision.ts';
import type { AnnouncedRecord, Incident } from '../domain/incident.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { Subject } from '../domain/subject.ts';
import { type Invocation, type SettleDeps, settle } from './settle.ts';

/** Notes the evidence on every open incident of the subject; answers what became of it, nothing when none is open. */
export async function noteRecoveryOf(
  subject: Subject,
  recovery: Recovery,
  deps: SettleDeps & Invocation,
): Promise<readonly Verdict[]> {
  const about = await deps.store.loadAbout(subject);
  const open = about.filter(({ state }) => state.status === 'open');
  const settled = await Promise.all(
    open.map((incident) =>
      settle(
        incident.fingerprint,
        incident,
        (current) => decideRecovery(incidentOf(current), recovery, { ...deps, now: deps.clock() }),
        deps,
      ),
    ),
  );
  return settled.flatMap(({ decision }) => decision.verdicts);
}

// The cast is true: only incidents are saved under the fingerprints of incidents.
const incidentOf = (record: AnnouncedRecord | undefined): Incident | undefined => record as Incident | undefined;
