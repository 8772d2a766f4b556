import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { Details, Incident, Subject } from '../domain/incident.ts';
import type { Severity } from '../domain/severity.ts';
import { type Card, type Group, type Link, links, type Phrase } from './card.ts';
import { truncate } from './escape.ts';
import { incidentFacts, subjectName } from './incident-facts.ts';
import { incidentQuotes } from './incident-quotes.ts';
import { deploymentsUrl, logStreamUrl, outsideUrl, serviceUrl, taskDefinitionUrl, taskUrl } from './links.ts';

/** Circles for tasks, squares for deployments. */
const TASK_ICONS: Readonly<Record<Severity, string>> = { high: '🔴', medium: '🟠', low: '🟡', none: '⚪' };
const DEPLOYMENT_ICONS: Readonly<Record<Severity, string>> = { high: '🟥', medium: '🟧', low: '🟨', none: '⬜' };

/** Twelve differences of this length leave room for the quotes. */
const DIFFERENCE_LIMIT = 300;

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
    groups: changes(details),
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

const repetition = ({ occurrences, firstSeen }: Incident): Phrase =>
  occurrences > 1 ? [` Seen ${occurrences} times since `, { instant: firstSeen }, '.'] : [];

function changes({ change }: Details): readonly Group[] {
  if (change === undefined || change.differences.length === 0) return [];
  const { from, to, differences } = change;
  const title = from === to ? `What changed: ${to}` : `What changed: ${from} -> ${to}`;
  return [{ title, entries: differences.map((text) => ({ text: truncate(text, DIFFERENCE_LIMIT) })) }];
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
