import { assertNever } from '../domain/assert-never.ts';
import type { Confidence } from '../domain/diagnosis/diagnosis.ts';
import { shortDigest } from '../domain/image-difference.ts';
import type { Details, Incident } from '../domain/incident.ts';
import { isShared, type Subject, subjectName } from '../domain/subject.ts';
import { type Fact, facts, type Phrase } from './card.ts';
import { countedStops } from './incident-lead.ts';
import { isCurrent, rollbackOf } from './incident-stage.ts';
import { plural } from './listing.ts';

type Facts = Readonly<Record<string, Phrase | undefined>>;

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  certain: 'certain: ECS says so',
  likely: 'likely: follows from the evidence below',
  unclear: 'unclear: ECS did not tell',
};

const SUBJECT_LABELS: Readonly<Record<Subject['kind'], string>> = {
  service: 'Service',
  deployment: 'Service',
  family: 'Task family',
  host: 'Container instance',
  capacity: 'Capacity',
};

/** What is known about an incident in a few words each; ten at the most. */
export function incidentFacts(incident: Incident): readonly Fact[] {
  const { subject, diagnosis, details, occurrences, lastSeen } = incident;
  const ofOne = !isShared(subject);
  return facts({
    [SUBJECT_LABELS[subject.kind]]: [
      { name: subjectName(subject) },
      ' in ',
      { name: subject.at.cluster ?? subject.at.region },
    ],
    Tasks: ofOne ? runningTasks(incident) : undefined,
    Cause: [{ name: diagnosis.cause }, ` (${CONFIDENCE_WORDS[diagnosis.confidence]})`],
    [occurrences > 1 ? 'Last seen' : 'Seen']: [{ instant: lastSeen }],
    'Task definition': ofOne ? revision(details) : undefined,
    ...ownFacts(incident),
  });
}

/** Beside the five above: five of a task or a deployment, fewer of what many services share. */
function ownFacts(incident: Incident): Facts {
  const { kind } = incident.subject;
  switch (kind) {
    case 'service':
    case 'family':
      return taskFacts(incident);
    case 'deployment':
      return deploymentFacts(incident);
    case 'host':
    case 'capacity':
      return sharedFacts(incident);
    default:
      return assertNever(kind);
  }
}

/** Who started it is asked first. */
const deploymentFacts = (incident: Incident): Facts => ({
  'Started by': name(incident.details.actor),
  ...(isHeld(incident.details)
    ? { 'Waits until': hookExpiry(incident.details) }
    : { 'Circuit breaker': circuitBreaker(incident.details) }),
  Deployment: name(incident.details.deploymentId),
  Rollback: rollback(incident),
  Container: container(incident.details),
});

/** A family has no number of running tasks, which leaves room for who started it. */
const taskFacts = ({ subject, details, tasks }: Incident): Facts => ({
  Container: container(details),
  'Stop code': name(details.stopCode),
  Image: image(details),
  'Task size': taskSize(details),
  ...(subject.kind === 'family' && { 'Started by': name(details.startedBy) }),
  'Newest tasks': newest(tasks),
});

/** Container, image and size are of one task among those of many services: they would mislead. */
const sharedFacts = (incident: Incident): Facts => ({
  Affected: [
    incident.services === undefined ? '' : `${plural(incident.services.length, 'service')}, `,
    countedStops(incident).toLowerCase(),
  ],
  'Stop code': name(incident.details.stopCode),
  'Availability Zone': name(incident.details.availabilityZone),
  'Newest tasks': newest(incident.tasks),
});

/** Read while it was open; nobody has counted since. */
function runningTasks(incident: Incident): Phrase | undefined {
  const { running, desired } = incident.details;
  if (running === undefined || desired === undefined) return undefined;
  return [`${running} of ${desired} ${isCurrent(incident) ? 'running' : 'were running'}`];
}

function revision({ taskDefinition, servingTaskDefinition: serving }: Details): Phrase | undefined {
  if (serving === undefined || serving === taskDefinition) return name(taskDefinition);
  return [...(taskDefinition ? [{ name: taskDefinition }, ' failed, '] : []), { name: serving }, ' serves'];
}

/** What waits at a hook fails no more tasks. */
const isHeld = ({ hook }: Details): boolean => hook?.status === 'waiting';

const hookExpiry = ({ hook }: Details): Phrase | undefined =>
  hook?.expiresAt === undefined ? undefined : [{ instant: hook.expiresAt }];

function circuitBreaker({ circuitBreaker: counts }: Details): Phrase | undefined {
  return counts && [`${counts.failures} of ${counts.threshold} failures`];
}

const name = (text: string | undefined): Phrase | undefined => (text ? [{ name: text }] : undefined);

/** The footer names a single one. */
const newest = (tasks: Incident['tasks']): Phrase | undefined =>
  tasks.length < 2 ? undefined : tasks.flatMap(({ id }, index) => (index === 0 ? { name: id } : [', ', { name: id }]));

function container({ container: culprit, exitCode }: Details): Phrase | undefined {
  if (!culprit) return undefined;
  return [{ name: culprit }, ...(exitCode === undefined ? [] : [` exited with code ${exitCode}`])];
}

function image({ image: reference, imageDigest }: Details): Phrase | undefined {
  if (!reference) return undefined;
  return [{ name: reference }, ...(imageDigest ? [' ', { name: shortDigest(imageDigest) }] : [])];
}

function taskSize({ cpu, memory, launchType, availabilityZone }: Details): Phrase | undefined {
  const size = [cpu === undefined ? [] : `${cpu / 1_024} vCPU`, memory === undefined ? [] : `${memory} MiB`].flat();
  if (size.length === 0) return undefined;
  return [
    size.join(', '),
    ...(launchType ? [' on ', { name: launchType }] : []),
    ...(availabilityZone ? [' in ', { name: availabilityZone }] : []),
  ];
}

function rollback(incident: Incident): Phrase | undefined {
  const stage = rollbackOf(incident);
  const by = incident.details.rollback?.deploymentId;
  return stage && [stage, ...(by ? [', by ', { name: by }] : [])];
}
