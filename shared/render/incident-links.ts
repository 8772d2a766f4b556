import type { Details, Incident } from '../domain/incident.ts';
import type { ClusterRef } from '../domain/place.ts';
import { isShared, type Subject, serviceOf } from '../domain/subject.ts';
import { type Link, links } from './card.ts';
import {
  deploymentsUrl,
  infrastructureUrl,
  logStreamUrl,
  outsideUrl,
  serviceUrl,
  taskDefinitionUrl,
  taskUrl,
} from './links.ts';

/** Where to look further. */
export function incidentLinks({ subject, diagnosis, details }: Incident): readonly Link[] {
  const cluster = clusterOf(subject);
  const name = serviceOf(subject);
  const service = cluster && name !== undefined ? { ...cluster, service: name } : undefined;
  return links({
    Deployments: service && subject.kind === 'deployment' ? deploymentsUrl(service) : undefined,
    Task: cluster && details.latestTaskId ? taskUrl(cluster, details.latestTaskId) : undefined,
    Logs: details.log && logStreamUrl(subject.at.partition, details.log),
    Service: service && serviceUrl(service),
    'Task definition': subject.kind === 'family' ? revisionUrl(subject.at, details) : undefined,
    Cluster: cluster && isShared(subject) ? infrastructureUrl(cluster) : undefined,
    Documentation: outsideUrl(diagnosis.documentation),
  });
}

function clusterOf({ at }: Subject): ClusterRef | undefined {
  return at.cluster === undefined ? undefined : { ...at, cluster: at.cluster };
}

function revisionUrl(at: ClusterRef, { taskDefinition = '' }: Details): string | undefined {
  const [, family, revision] = /^([\w-]+):(\d+)$/.exec(taskDefinition) ?? [];
  return family && revision ? taskDefinitionUrl(at, { family, revision: Number(revision) }) : undefined;
}
