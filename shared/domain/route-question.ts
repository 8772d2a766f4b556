import type { Incident, Notice } from './incident.ts';
import type { RouteQuestion } from './routing.ts';
import { serviceOf } from './subject.ts';

/** Who is to be told of an incident; `tags` are those of its service. */
export function incidentQuestion(incident: Incident, tags: Readonly<Record<string, string>>): RouteQuestion {
  const { subject, diagnosis, severity, services = [] } = incident;
  const named = services.map((name) => name.split('/'));
  const service = serviceOf(subject);
  return {
    kind: 'incident',
    account: subject.at.account,
    region: subject.at.region,
    clusters: [...new Set([subject.at.cluster ?? [], named.flatMap(([cluster]) => cluster ?? [])].flat())],
    services: [service ?? [], named.flatMap(([, name]) => name ?? [])].flat(),
    tags,
    cause: diagnosis.cause,
    severity,
  };
}

/** Who is to be told of an AWS Health notice. */
export function noticeQuestion({ affected, entities, severity }: Notice): RouteQuestion {
  const services = entities.flatMap((entity) => (entity.kind === 'service' ? [entity.at] : []));
  const clusters = entities.flatMap((entity) => (entity.kind === 'task' ? (entity.cluster?.cluster ?? []) : []));
  return {
    kind: 'notice',
    account: affected.account,
    region: affected.region,
    clusters: [...new Set([...services.map(({ cluster }) => cluster), ...clusters])],
    services: services.map(({ service }) => service),
    tags: {},
    severity,
  };
}
