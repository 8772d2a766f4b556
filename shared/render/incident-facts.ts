import type { Confidence } from '../domain/diagnosis/diagnosis.ts';
import { shortDigest } from '../domain/image-difference.ts';
import type { Details, Incident, Subject } from '../domain/incident.ts';
import { type Fact, facts, type Phrase } from './card.ts';

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  certain: 'certain: ECS says so',
  likely: 'likely: follows from the evidence below',
  unclear: 'unclear: ECS did not tell',
};

/** The name that people say: of the service, or of the task family. */
export const subjectName = (subject: Subject): string => (subject.kind === 'family' ? subject.family : subject.service);

/** What is known about an incident in a few words each; ten at the most. */
export function incidentFacts({ subject, diagnosis, details, occurrences, lastSeen }: Incident): readonly Fact[] {
  const { running, desired } = details;
  return facts({
    [subject.kind === 'family' ? 'Task family' : 'Service']: [
      { name: subjectName(subject) },
      ' in ',
      { name: subject.at.cluster },
    ],
    Tasks: running === undefined || desired === undefined ? undefined : [`${running} of ${desired} running`],
    Cause: [{ name: diagnosis.cause }, ` (${CONFIDENCE_WORDS[diagnosis.confidence]})`],
    [occurrences > 1 ? 'Last seen' : 'Seen']: [{ instant: lastSeen }],
    'Task definition': revision(details),
    ...(subject.kind === 'deployment' ? deploymentFacts(details) : taskFacts(subject, details)),
  });
}

/** Beside the five that every incident has. Who started it is asked first. */
const deploymentFacts = (details: Details): Readonly<Record<string, Phrase | undefined>> => ({
  'Started by': name(details.actor),
  'Circuit breaker': circuitBreaker(details),
  Deployment: name(details.deploymentId),
  Rollback: rollback(details),
  Container: container(details),
});

const taskFacts = (subject: Subject, details: Details): Readonly<Record<string, Phrase | undefined>> => ({
  Container: container(details),
  'Stop code': name(details.stopCode),
  Image: image(details),
  'Task size': taskSize(details),
  'Started by': subject.kind === 'family' ? name(details.startedBy) : undefined,
});

function revision({ taskDefinition, servingTaskDefinition: serving }: Details): Phrase | undefined {
  if (serving === undefined || serving === taskDefinition) return name(taskDefinition);
  return [...(taskDefinition ? [{ name: taskDefinition }, ' failed, '] : []), { name: serving }, ' serves'];
}

function circuitBreaker({ circuitBreaker: counts }: Details): Phrase | undefined {
  return counts && [`${counts.failures} of ${counts.threshold} failures`];
}

const name = (text: string | undefined): Phrase | undefined => (text ? [{ name: text }] : undefined);

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

function rollback({ rollback: state }: Details): Phrase | undefined {
  if (state === undefined) return undefined;
  return [state.phase.replace('-', ' '), ...(state.deploymentId ? [', by ', { name: state.deploymentId }] : [])];
}
