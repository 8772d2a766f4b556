import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { QuietReason } from '../../shared/domain/reasons.ts';
import type { EcsSignal } from '../../shared/domain/signal.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import { FOLDED } from '../../shared/domain/verdict.ts';
import { describeDelivery, type Settled } from '../../shared/effects/settle.ts';
import type { Homed } from './homes.ts';

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
export function outcomesOfSettled(homed: readonly Homed[], settled: Settled): readonly Outcome[] {
  const { decision, record, deliveries } = settled;
  const speaker = Math.max(
    0,
    decision.verdicts.findIndex(({ outcome }) => outcome === 'told'),
  );
  const isFolded = deliveries.length > 0 && deliveries.every(({ delivery }) => delivery.status === 'folded');
  return homed.flatMap(({ sighting, home }, index): Outcome[] => {
    const verdict = decision.verdicts[index];
    if (verdict === undefined) return [];
    const { outcome, ...why } = isFolded && verdict.outcome === 'told' ? FOLDED : verdict;
    return [
      {
        eventId: sighting.signal.envelope.eventId,
        at: sighting.signal.envelope.at,
        kind: sighting.signal.kind,
        subject: describeSubject(home.subject),
        decision: outcome,
        ...why,
        ...diagnosed(home.diagnosis),
        ...(record && { incident: record.id }),
        effects: index === speaker ? deliveries.map(describeDelivery) : [],
      },
    ];
  });
}

/**
 * One outcome for all events of a batch that had the same answer about one incident: ten thousand stops of a loop are
 * not ten thousand lines.
 */
export function condensed(outcomes: readonly Outcome[]): readonly Outcome[] {
  const alike = Map.groupBy(outcomes, ({ incident, decision, reason }) => `${incident} ${decision} ${reason}`);
  return [...alike.values()].flatMap((same) => {
    const told = same.find(({ effects }) => effects.length > 0) ?? same[0];
    if (told === undefined) return [];
    return same.length === 1 ? told : { ...told, events: same.length };
  });
}

const diagnosed = ({ cause, confidence, severity }: Diagnosis) => ({ cause, confidence, severity });
