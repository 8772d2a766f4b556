import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import type { Details, Fingerprint, Incident, Notice, RecordId } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { ClusterRef, Place } from '../../shared/domain/place.ts';
import { NOTHING_SEEN } from '../../shared/domain/seen.ts';
import { type AffectedEntity, TASK_RETIREMENT } from '../../shared/domain/signal.ts';

/** Sat 21 Nov 2026, 08:05 UTC. */
export const SEEN_AT = Date.UTC(2026, 10, 21, 8, 5);

export const PLACE: Place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
export const CLUSTER: ClusterRef = { ...PLACE, cluster: 'harbor-prod' };

/** A container that used more memory than it may. */
export const aDiagnosis = (overrides: Partial<Diagnosis> = {}): Diagnosis => ({
  cause: 'memory/container-oom',
  confidence: 'certain',
  benign: false,
  severity: 'high',
  title: 'Out of memory',
  summary: 'Container app used more memory than its limit of 512 MiB and was killed.',
  fix: [
    'Raise the memory of container app above 512 MiB in the task definition.',
    'If its use grows without end, look for a leak before raising it again.',
  ],
  evidence: [{ field: 'containers[app].reason', text: 'OutOfMemoryError: Container killed due to memory usage' }],
  culprit: 'app',
  documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html',
  ...overrides,
});

export const someDetails = (overrides: Partial<Details> = {}): Details => ({
  taskDefinition: 'checkout:42',
  image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:1.8.2',
  imageDigest: 'sha256:4f0c2a9d1e7b83c5a6d9e0f1122334455667788990abcdef0123456789abcdef',
  launchType: 'FARGATE',
  availabilityZone: 'eu-west-1a',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  container: 'app',
  containerReason: 'OutOfMemoryError: Container killed due to memory usage',
  exitCode: 137,
  latestTaskId: '0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7d',
  deploymentId: 'ecs-svc/7844756882080759286',
  desired: 2,
  running: 1,
  cpu: 256,
  memory: 512,
  missing: [],
  ...overrides,
});

/** Seen once, by one task of service checkout on harbor-prod, and not yet told to anybody. */
export function anIncident(overrides: Partial<Incident> = {}): Incident {
  const diagnosis = overrides.diagnosis ?? aDiagnosis();
  return {
    kind: 'incident',
    state: { status: 'open' },
    // The casts are true enough for a test: the domain makes both from the subject and the cause.
    id: 'inc-4f0c2a9d1e' as RecordId,
    fingerprint: `111122223333#eu-west-1#harbor-prod#service#checkout|incident#${diagnosis.cause}` as Fingerprint,
    subject: { kind: 'service', at: CLUSTER, service: 'checkout' },
    diagnosis,
    severity: diagnosis.severity,
    details: someDetails(),
    occurrences: 1,
    tally: { stops: 1, reports: 0 },
    origins: {},
    seen: NOTHING_SEEN,
    stops: [{ at: SEEN_AT, ran: 40 }],
    tasks: [{ at: SEEN_AT, id: '0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7d' }],
    deployments: [],
    reopened: 0,
    firstSeen: SEEN_AT,
    lastSeen: SEEN_AT,
    revision: 1,
    version: 0,
    announcements: [],
    timeline: [],
    ...overrides,
  };
}

export const anAffectedService = (service: string, cluster = 'harbor-prod', status = 'PENDING'): AffectedEntity => ({
  kind: 'service',
  at: { ...PLACE, cluster, service },
  status,
});

export const anAffectedTask = (taskId: string, cluster = 'batch', status = 'PENDING'): AffectedEntity => ({
  kind: 'task',
  taskId,
  cluster: { ...PLACE, cluster },
  status,
});

/** AWS retires the Fargate tasks of one service on Fri 27 Nov 2026 at 10:00 UTC. */
export function aNotice(overrides: Partial<Notice> = {}): Notice {
  const typeCode = overrides.typeCode ?? TASK_RETIREMENT;
  const eventArn = `arn:aws:health:eu-west-1::event/ECS/${typeCode}/${typeCode}_172ed6b03fe8738f`;
  return {
    kind: 'notice',
    // The casts are true enough for a test: the domain makes both from the event's ARN.
    id: 'ntc-8e2b71c0aa' as RecordId,
    fingerprint: `notice#111122223333#eu-west-1#${eventArn}|notice` as Fingerprint,
    severity: 'medium',
    typeCode,
    category: 'scheduledChange',
    phase: 'upcoming',
    affected: PLACE,
    eventArn,
    startsAt: Date.UTC(2026, 10, 27, 10),
    description: 'We will retire the listed tasks to deploy a platform version with security updates.',
    pages: { seen: [1], total: 1 },
    entities: [anAffectedService('checkout')],
    isTruncated: false,
    observed: ['175c6ce5#1'],
    firstSeen: SEEN_AT - minutes(5),
    lastSeen: SEEN_AT - minutes(5),
    revision: 1,
    version: 0,
    announcements: [],
    timeline: [],
    ...overrides,
  };
}
