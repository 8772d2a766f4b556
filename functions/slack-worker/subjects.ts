import type { RightSubject } from '../../shared/domain/chat/rights.ts';
import { scopeName } from '../../shared/domain/chat/scope.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { serviceOf } from '../../shared/domain/subject.ts';
import type { PlaceSelector } from '../../shared/domain/windows/maintenance.ts';
import type { Wanted } from './perform.ts';

/** What an incident is about, for those who decide about it. What no service is is of its cluster. */
export const aboutIncident = (incident: Incident): Pick<Wanted, 'subjects' | 'target'> => {
  const { account, region, cluster } = incident.subject.at;
  const service = serviceOf(incident.subject);
  const { tags } = incident;
  return {
    subjects: [{ account, region, ...(cluster && { cluster }), ...(service && { service }), ...(tags && { tags }) }],
    target: scopeName(placeOf(incident)),
  };
};

/** The cluster and the service, as people name them. */
export const placeOf = ({ subject }: Incident): PlaceSelector => {
  const service = serviceOf(subject);
  const { cluster } = subject.at;
  return { ...(cluster && { clusters: [cluster] }), ...(service && { services: [service] }) };
};

export const serviceSubject = ({ account, region, cluster, service }: ServiceRef): RightSubject => ({
  account,
  region,
  cluster,
  service,
});

/** The service that an incident is about. */
export const serviceRefOf = ({ subject }: Incident): ServiceRef | undefined =>
  subject.kind === 'service' || subject.kind === 'deployment' ? { ...subject.at, service: subject.service } : undefined;
