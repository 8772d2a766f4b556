import * as fc from 'fast-check';
import { type CauseId, SEVERITY_OF_CAUSE } from '../../shared/domain/diagnosis/causes.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import type { AnnouncedRecord, Incident, IncidentState, Notice } from '../../shared/domain/incident.ts';
import type { TimelineReason } from '../../shared/domain/reasons.ts';
import { TASK_RETIREMENT } from '../../shared/domain/signal.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import type { Utterance } from '../../shared/domain/timeline.ts';
import {
  aDiagnosis,
  aNotice,
  anAffectedService,
  anAffectedTask,
  anIncident,
  CLUSTER,
  PLACE,
  someDetails,
} from '../support/records.ts';
import { absurd } from './absurd.ts';
import { plan } from './random-plans.ts';
import { aDigest, anEntry } from './records.ts';

const texts = (maxLength: number) => fc.array(absurd, { maxLength });
const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

const REASONS = [
  'first',
  'worse',
  'many-more',
  'step',
  'resolved',
  'reopened',
  'repeat',
  'storm',
  'planned',
  'notable',
  'summons',
] as const;
export const reason: fc.Arbitrary<TimelineReason> = fc.constantFrom(...REASONS);

export const utterances: fc.Arbitrary<readonly Utterance[]> = fc
  .array(fc.record({ reason, at: instant, text: absurd }), { maxLength: 40 })
  .map((said) => said.map((utterance, index) => ({ n: index + 1, ...utterance })));

// The cast is true: the table has no other keys.
const CAUSES = Object.keys(SEVERITY_OF_CAUSE) as CauseId[];

const state: fc.Arbitrary<IncidentState> = fc.oneof(
  fc.constant({ status: 'open' } as const),
  fc.record({ by: absurd, at: instant }).map((acknowledged) => ({ status: 'open' as const, acknowledged })),
  fc
    .record({ at: instant, how: fc.constantFrom('recovered', 'quiet', 'superseded') })
    .map((ended) => ({ status: 'resolved' as const, ...ended })),
);

const recovery = fc.option(
  fc.record({
    kind: fc.constantFrom('steady-state', 'deployment-completed', 'job-succeeded', 'host-healthy'),
    at: instant,
    deploymentId: absurd,
    taskDefinition: absurd,
  }),
);

const subject: fc.Arbitrary<Subject> = fc
  .record({ cluster: absurd, partition: fc.constantFrom('aws', 'aws-other'), name: absurd, kind: fc.nat(5) })
  .map(({ cluster, partition, name, kind }): Subject => {
    const at = { ...CLUSTER, cluster, partition };
    const kinds: readonly Subject[] = [
      { kind: 'service', at, service: name },
      { kind: 'family', at, family: name },
      { kind: 'host', at, host: name },
      { kind: 'capacity', at, provider: name },
      { kind: 'capacity', at: { ...PLACE, partition }, provider: name },
    ];
    return kinds[kind] ?? { kind: 'deployment', at, service: name };
  });

const life = fc.record({
  state,
  recovery,
  at: instant,
  lasted: fc.nat(10 ** 9),
  reopened: fc.nat(5),
  occurrences: fc.integer({ min: 1, max: 10_000 }),
  stops: fc.array(fc.record({ at: instant, ran: fc.integer({ min: -1, max: 10 ** 6 }) }), { maxLength: 20 }),
  tasks: fc.array(fc.record({ at: instant, id: absurd }), { maxLength: 5 }),
  services: fc.option(texts(300)),
  causes: fc.option(fc.dictionary(fc.constantFrom(...CAUSES), fc.integer({ min: 1, max: 5_000 }))),
  timeline: utterances,
});

export const incident: fc.Arbitrary<Incident> = fc
  .record({ subject, life, text: fc.infiniteStream(absurd), list: texts(20) })
  .map(({ subject: about, life: { at, lasted, ...lived }, text, list }) => {
    const next = () => text.next().value ?? '';
    const { recovery: evidence, services, causes, ...rest } = lived;
    return anIncident({
      ...rest,
      ...(evidence && { recovery: evidence }),
      ...(services && { services }),
      ...(causes && { causes }),
      subject: about,
      firstSeen: at - lasted,
      lastSeen: at,
      diagnosis: aDiagnosis({
        title: next(),
        summary: next(),
        fix: list,
        culprit: next(),
        documentation: next(),
        evidence: list.map((line) => ({ field: next(), text: line })),
      }),
      details: someDetails({
        taskDefinition: next(),
        image: next(),
        imageDigest: next(),
        launchType: next(),
        availabilityZone: next(),
        stopCode: next(),
        stoppedReason: next(),
        container: next(),
        containerReason: next(),
        latestTaskId: next(),
        startedBy: next(),
        deploymentId: next(),
        deploymentReason: next(),
        servingTaskDefinition: next(),
        change: { from: next(), to: next(), differences: list },
        circuitBreaker: { failures: rest.occurrences, threshold: rest.occurrences },
        actor: next(),
        ...(rest.reopened > 2 && { rollback: { deploymentId: next() } }),
        log: { group: next(), stream: next(), region: 'eu-west-1', lines: list },
        serviceEvents: list,
        missing: list,
      }),
    });
  });

const notice: fc.Arbitrary<Notice> = fc
  .record({
    typeCode: fc.oneof(fc.constant(TASK_RETIREMENT), absurd),
    category: fc.oneof(fc.constantFrom('issue', 'scheduledChange'), absurd),
    phase: absurd,
    description: absurd,
    services: fc.array(fc.tuple(absurd, absurd, fc.constantFrom('PENDING', 'RESOLVED')), { maxLength: 300 }),
    tasks: fc.array(fc.tuple(absurd, absurd), { maxLength: 40 }),
    unknown: texts(40),
    at: instant,
    total: fc.integer({ min: 1, max: 50 }),
    timeline: utterances,
    plan: fc.option(plan),
    request: fc.option(
      fc.record({ by: absurd, why: fc.constantFrom('asked', 'secret-rotation', 'platform-version'), reason: absurd }),
    ),
  })
  .map(({ services, tasks, unknown, at, total, plan: any, request, ...rest }) =>
    aNotice({
      ...rest,
      ...(any && { plan: any }),
      ...(request && { request }),
      affected: { ...PLACE, account: rest.phase },
      startsAt: at,
      endsAt: at,
      pages: { seen: [1], total },
      entities: [
        ...services.map(([service, cluster, status]) => anAffectedService(service, cluster, status)),
        ...tasks.map(([task, cluster]) => anAffectedTask(task, cluster)),
        ...unknown.map((value) => ({ kind: 'unknown' as const, value })),
      ],
      isTruncated: total > 25,
    }),
  );

export const digest: fc.Arbitrary<Digest> = fc
  .record({
    state: fc.constantFrom('calm', 'storm', 'settling', 'over'),
    severity: fc.constantFrom('low', 'medium', 'high'),
    unlisted: fc.oneof(fc.constant(0), fc.nat(10_000)),
    entries: fc.array(
      fc
        .record({
          name: absurd,
          cluster: absurd,
          title: absurd,
          cause: fc.constantFrom(...CAUSES),
          severity: fc.constantFrom('low', 'medium', 'high'),
          occurrences: fc.integer({ min: 1, max: 10_000 }),
          isResolved: fc.boolean(),
          hasOwnMessage: fc.boolean(),
        })
        .map(anEntry),
      { maxLength: 400 },
    ),
    firstSeen: instant,
    lastSeen: instant,
    timeline: utterances,
  })
  .map(aDigest);

export const record: fc.Arbitrary<AnnouncedRecord> = fc.oneof(incident, notice, digest);
