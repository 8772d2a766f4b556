import type { Circumstances } from '../../shared/domain/decide.ts';
import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import { incidentFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Details } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { ClusterRef } from '../../shared/domain/place.ts';
import { defaultPolicy, type Policy } from '../../shared/domain/policy.ts';
import type { Subject } from '../../shared/domain/subject.ts';

export const NOON: Instant = Date.UTC(2026, 10, 20, 12);

export const HARBOR: ClusterRef = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  cluster: 'harbor-prod',
};

export const CHECKOUT: Subject = { kind: 'service', at: HARBOR, service: 'checkout' };

const OUT_OF_MEMORY: Diagnosis = {
  cause: 'memory/container-oom',
  confidence: 'certain',
  benign: false,
  severity: 'high',
  title: 'Out of memory',
  summary: 'Container app was killed because it used more memory than it may.',
  fix: ['Raise the memory limit of container app.'],
  evidence: [{ field: 'containers[app].reason', text: 'OutOfMemoryError: Container killed due to memory usage' }],
  culprit: 'app',
};

/** A sighting of an out-of-memory stop of checkout at noon, unless said otherwise. */
export function anObservation(
  changes: Partial<Omit<Observation, 'diagnosis' | 'details'>> & {
    readonly diagnosis?: Partial<Diagnosis>;
    readonly details?: Partial<Details>;
  } = {},
): Observation {
  const subject = changes.subject ?? CHECKOUT;
  const diagnosis = { ...OUT_OF_MEMORY, ...changes.diagnosis };
  return {
    fingerprint: incidentFingerprint(subject, diagnosis.cause),
    key: 'task-1',
    at: NOON,
    tags: {},
    stop: { taskId: changes.key ?? 'task-1' },
    ...changes,
    subject,
    diagnosis,
    details: { missing: [], ...changes.details },
  };
}

/** A step of a deployment of checkout, which is no stopped task. */
export function aStep(changes: Parameters<typeof anObservation>[0] = {}): Observation {
  const { stop: _, ...step } = anObservation({
    subject: { kind: 'deployment', at: HARBOR, service: 'checkout' },
    ...changes,
  });
  return step;
}

/** One Slack channel, and everything else as without a configuration document. */
export const POLICY: Policy = defaultPolicy({
  destinations: [{ kind: 'slack-channel', channel: 'C0OPS' }],
  lowestSeverity: 'low',
});

/** Noon, one Slack channel, half a minute until the function ends, unless said otherwise. */
export function circumstances(changes: Partial<Circumstances> = {}): Circumstances {
  const now = changes.now ?? NOON;
  return { now, deadline: now + 30_000, policy: POLICY, ...changes };
}
