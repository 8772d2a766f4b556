import { decideIncident } from '../../shared/domain/decide.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import type { Healthy } from '../../shared/domain/watchdog.ts';
import { noteRecoveryOf } from '../../shared/effects/note-recovery.ts';
import { describeDelivery, type Invocation, type SettleDeps, settle } from '../../shared/effects/settle.ts';

export interface FindingDeps extends SettleDeps {
  readonly report: (outcome: Outcome) => void;
  readonly reportFailure: (subject: string, error: unknown) => void;
}

/** Records what a watchdog found and tells it. One finding's trouble does not hold up the others: the next sweep sees it again. */
export async function settleFinding(finding: Observation, invocation: Invocation, deps: FindingDeps): Promise<void> {
  const subject = describeSubject(finding.subject);
  try {
    const about = await deps.store.loadAbout(finding.subject);
    const known = incidentFor(finding, about);
    const observation = known === undefined ? finding : { ...finding, fingerprint: known.fingerprint };
    const settled = await settle(
      observation.fingerprint,
      known,
      // The cast is true: only incidents are saved under the fingerprints of incidents.
      (current) => decideIncident([observation], current as Incident | undefined, { ...invocation, now: deps.clock() }),
      { ...deps, ...invocation },
    );
    for (const { outcome, ...why } of settled.decision.verdicts) {
      const { cause, confidence, severity } = finding.diagnosis;
      const effects = settled.deliveries.map(describeDelivery);
      const incident = settled.record && { incident: settled.record.id };
      deps.report({
        kind: 'watchdog',
        subject,
        decision: outcome,
        ...why,
        cause,
        confidence,
        severity,
        effects,
        ...incident,
      });
    }
  } catch (error) {
    deps.reportFailure(subject, error);
  }
}

/** What a service is already in trouble with explains why nothing of it runs: it is one problem. */
const incidentFor = (finding: Observation, about: readonly Incident[]): Incident | undefined =>
  about.find(({ fingerprint }) => fingerprint === finding.fingerprint) ??
  (finding.subject.kind === 'service'
    ? about.find(({ state, subject }) => state.status === 'open' && subject.kind === 'service')
    : undefined);

/** A service that was suspected and is well: evidence for whatever is open about it. */
export async function settleHealthy(
  { service, recovery }: Healthy,
  invocation: Invocation,
  deps: FindingDeps,
): Promise<void> {
  const { service: name, ...at } = service;
  const subject = { kind: 'service', at, service: name } as const;
  try {
    await noteRecoveryOf(subject, recovery, { ...deps, ...invocation });
  } catch (error) {
    deps.reportFailure(describeSubject(subject), error);
  }
}
