import { diagnoseHost } from './diagnosis/host.ts';
import { incidentFingerprint } from './fingerprint.ts';
import type { Observation } from './observation.ts';
import { quoteDiagnosis } from './quote.ts';
import type { HostHealthChanged } from './signal.ts';
import type { Subject } from './subject.ts';

export const subjectOfHost = ({ at, host }: HostHealthChanged): Subject => ({ kind: 'host', at, host });

/** A container instance that ECS finds impaired. Each report counts once. */
export function observeHost(signal: HostHealthChanged): Observation {
  const subject = subjectOfHost(signal);
  const diagnosis = diagnoseHost(signal);
  return {
    fingerprint: incidentFingerprint(subject, diagnosis.cause),
    key: signal.envelope.eventId,
    at: signal.envelope.at,
    subject,
    diagnosis: quoteDiagnosis(diagnosis),
    details: { missing: [] },
    tags: {},
  };
}
