import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import { describeSubject } from '../../shared/domain/incident.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { QuietReason } from '../../shared/domain/reasons.ts';
import type { EcsSignal } from '../../shared/domain/signal.ts';
import { describeDelivery, type Settled } from '../../shared/effects/settle.ts';
import type { Sighting } from './sighting.ts';

export const quiet = (
  signal: EcsSignal,
  subject: string,
  reason: QuietReason,
  because: string,
  diagnosis?: Diagnosis,
): Outcome => ({
  eventId: signal.envelope.eventId,
  kind: signal.kind,
  subject,
  decision: 'quiet',
  reason,
  because,
  effects: [],
  ...(diagnosis && diagnosed(diagnosis)),
});

/** One outcome for each sighting; what was done is reported with the first that led to it. */
export function outcomesOfSettled(sightings: readonly Sighting[], settled: Settled): readonly Outcome[] {
  const { decision, record, deliveries } = settled;
  const speaker = Math.max(
    0,
    decision.verdicts.findIndex(({ outcome }) => outcome === 'told'),
  );
  return sightings.flatMap(({ signal, observation }, index): Outcome[] => {
    const verdict = decision.verdicts[index];
    if (verdict === undefined) return [];
    const { outcome, ...why } = verdict;
    return [
      {
        eventId: signal.envelope.eventId,
        kind: signal.kind,
        subject: describeSubject(observation.subject),
        decision: outcome,
        ...why,
        ...diagnosed(observation.diagnosis),
        ...(record && { incident: record.id }),
        effects: index === speaker ? deliveries.map(describeDelivery) : [],
      },
    ];
  });
}

const diagnosed = ({ cause, confidence, severity }: Diagnosis) => ({ cause, confidence, severity });
