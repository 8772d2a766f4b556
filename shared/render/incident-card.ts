import type { Confidence, Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { Details, Incident, Subject } from '../domain/incident.ts';
import type { Severity } from '../domain/severity.ts';
import { type Card, facts, type Link, links, type Phrase } from './card.ts';
import { incidentQuotes } from './incident-quotes.ts';
import { deploymentsUrl, logStreamUrl, outsideUrl, serviceUrl, taskDefinitionUrl, taskUrl } from './links.ts';

/** Circles for tasks, squares for deployments. */
const TASK_ICONS: Readonly<Record<Severity, string>> = { high: '🔴', medium: '🟠', low: '🟡', none: '⚪' };
const DEPLOYMENT_ICONS: Readonly<Record<Severity, string>> = { high: '🟥', medium: '🟧', low: '🟨', none: '⬜' };

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  certain: 'certain: ECS says so',
  likely: 'likely: follows from the evidence below',
  unclear: 'unclear: ECS did not tell',
};

const ROLLBACK_WORDS = { 'in-progress': 'rolling back', completed: 'rolled back' } as const;

/** One problem of one service, task family or deployment. */
export function incidentCard(incident: Incident): Card {
  const { subject, diagnosis, details, severity } = incident;
  const icons = subject.kind === 'deployment' ? DEPLOYMENT_ICONS : TASK_ICONS;
  return {
    icon: icons[severity],
    headline: headlineParts(incident),
    lead: [diagnosis.summary, ...repetition(incident)],
    facts: incidentFacts(incident),
    groups: [],
    steps: diagnosis.fix,
    quotes: incidentQuotes(incident),
    missing: details.missing,
    links: incidentLinks(incident),
    footer: footer(incident),
  };
}

function footer({ subject, severity, id, details: { latestTaskId, deploymentId } }: Incident): readonly string[] {
  return [
    `${severity} severity`,
    subject.at.region,
    `account ${subject.at.account}`,
    id,
    latestTaskId ? `task ${latestTaskId}` : [],
    deploymentId && subject.kind === 'service' ? `deployment ${deploymentId}` : [],
  ].flat();
}

function headlineParts({ subject, diagnosis, details }: Incident): readonly string[] {
  return [
    headlineTitle(subject, diagnosis),
    subjectName(subject),
    subject.at.cluster,
    details.rollback === undefined ? [] : ROLLBACK_WORDS[details.rollback.phase],
  ].flat();
}

/** A cause found in a deployment's tasks is told as what failed the deployment. */
const headlineTitle = (subject: Subject, { cause, title }: Diagnosis): string =>
  subject.kind === 'deployment' && !cause.startsWith('deployment/') ? `Deployment failed: ${title}` : title;

const subjectName = (subject: Subject): string => (subject.kind === 'family' ? subject.family : subject.service);

const repetition = ({ occurrences, firstSeen }: Incident): Phrase =>
  occurrences > 1 ? [` Seen ${occurrences} times since `, { instant: firstSeen }, '.'] : [];

function incidentFacts({ subject, diagnosis, details, occurrences, lastSeen }: Incident) {
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
    'Task definition': name(details.taskDefinition),
    Container: container(details),
    'Stop code': name(details.stopCode),
    Image: image(details),
    ...origin(subject, details),
  });
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

/** As `docker images --digests` readers know it: twelve hexadecimal digits. */
const shortDigest = (digest: string): string => digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');

function taskSize({ cpu, memory, launchType, availabilityZone }: Details): Phrase | undefined {
  const size = [cpu === undefined ? [] : `${cpu / 1_024} vCPU`, memory === undefined ? [] : `${memory} MiB`].flat();
  if (size.length === 0) return undefined;
  return [
    size.join(', '),
    ...(launchType ? [' on ', { name: launchType }] : []),
    ...(availabilityZone ? [' in ', { name: availabilityZone }] : []),
  ];
}

/** A deployment's rollback takes the place of the task size: ten facts are the limit. */
function origin(subject: Subject, details: Details): Readonly<Record<string, Phrase | undefined>> {
  switch (subject.kind) {
    case 'deployment':
      return { Deployment: name(details.deploymentId), Rollback: rollback(details) };
    case 'service':
      return { 'Task size': taskSize(details) };
    case 'family':
      return { 'Task size': taskSize(details), 'Started by': name(details.startedBy) };
  }
}

function rollback({ rollback: state }: Details): Phrase | undefined {
  if (state === undefined) return undefined;
  return [state.phase.replace('-', ' '), ...(state.deploymentId ? [', by ', { name: state.deploymentId }] : [])];
}

function incidentLinks({ subject, diagnosis, details }: Incident): readonly Link[] {
  const { at } = subject;
  const service = subject.kind === 'family' ? undefined : { ...at, service: subject.service };
  return links({
    Deployments: service && subject.kind === 'deployment' ? deploymentsUrl(service) : undefined,
    Task: details.latestTaskId ? taskUrl(at, details.latestTaskId) : undefined,
    Logs: details.log && logStreamUrl(at.partition, details.log),
    Service: service && serviceUrl(service),
    'Task definition': subject.kind === 'family' ? revisionUrl(subject, details) : undefined,
    Documentation: outsideUrl(diagnosis.documentation),
  });
}

function revisionUrl({ at }: Subject, { taskDefinition = '' }: Details): string | undefined {
  const [, family, revision] = /^([\w-]+):(\d+)$/.exec(taskDefinition) ?? [];
  return family && revision ? taskDefinitionUrl(at, { family, revision: Number(revision) }) : undefined;
}
