import { accountLabel } from '../domain/accounts.ts';
import type { Details, Incident } from '../domain/incident.ts';
import { servicesByCluster } from './affected.ts';
import type { Card, Group } from './card.ts';
import { truncate } from './escape.ts';
import { incidentFacts } from './incident-facts.ts';
import { incidentHeading } from './incident-heading.ts';
import { incidentLead } from './incident-lead.ts';
import { incidentLinks } from './incident-links.ts';
import { incidentQuotes } from './incident-quotes.ts';
import { isClosed } from './incident-stage.ts';

/** Twelve differences of this length leave room for the quotes. */
const DIFFERENCE_LIMIT = 300;

/** One problem of a service, task family, deployment, host or capacity provider, at any point of its life. */
export function incidentCard(incident: Incident): Card {
  const { subject, diagnosis, details, services = [] } = incident;
  return {
    ...incidentHeading(incident),
    lead: incidentLead(incident),
    facts: incidentFacts(incident),
    groups: [...servicesByCluster(services, subject.at.cluster), ...changes(details)],
    steps: isClosed(incident) ? [] : diagnosis.fix,
    quotes: incidentQuotes(incident),
    missing: details.missing,
    links: incidentLinks(incident),
    footer: footer(incident),
  };
}

function footer({
  subject,
  severity,
  id,
  tasks,
  accountName,
  details: { latestTaskId, deploymentId },
}: Incident): readonly string[] {
  return [
    `${severity} severity`,
    subject.at.region,
    `account ${accountLabel(subject.at.account, accountName)}`,
    id,
    // Several are among the facts.
    latestTaskId && tasks.length < 2 ? `task ${latestTaskId}` : [],
    deploymentId && subject.kind === 'service' ? `deployment ${deploymentId}` : [],
  ].flat();
}

function changes({ change }: Details): readonly Group[] {
  if (change === undefined || change.differences.length === 0) return [];
  const { from, to, differences } = change;
  const title = from === to ? `What changed: ${to}` : `What changed: ${from} -> ${to}`;
  return [{ title, entries: differences.map((text) => ({ text: truncate(text, DIFFERENCE_LIMIT) })) }];
}
