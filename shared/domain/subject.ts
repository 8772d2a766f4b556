import type { ClusterRef, Place } from './place.ts';

/** What an incident is about. */
export type Subject =
  | { readonly kind: 'service'; readonly at: ClusterRef; readonly service: string }
  /** Tasks without a service share the incident of their task definition family. */
  | { readonly kind: 'family'; readonly at: ClusterRef; readonly family: string }
  | { readonly kind: 'deployment'; readonly at: ClusterRef; readonly service: string }
  /** A container instance that took the tasks of many services with it; its id, the last part of its ARN. */
  | { readonly kind: 'host'; readonly at: ClusterRef; readonly host: string }
  /** What tasks are placed on: a capacity provider of the account, or the instances of one cluster. */
  | { readonly kind: 'capacity'; readonly at: Place & { readonly cluster?: string }; readonly provider: string };

/** Subjects that many services share; their incidents list the services. */
export type SharedSubject = Extract<Subject, { readonly kind: 'host' | 'capacity' }>;

export const isShared = (subject: Subject): subject is SharedSubject =>
  subject.kind === 'host' || subject.kind === 'capacity';

/** The name that people say: of the service, the task family, the instance or the capacity provider. */
export function subjectName(subject: Subject): string {
  switch (subject.kind) {
    case 'service':
    case 'deployment':
      return subject.service;
    case 'family':
      return subject.family;
    case 'host':
      return subject.host;
    case 'capacity':
      return subject.provider;
  }
}

/** `harbor-prod/checkout`; `FARGATE_SPOT` for what is not of one cluster. */
export const describeSubject = (subject: Subject): string =>
  subject.at.cluster === undefined ? subjectName(subject) : `${subject.at.cluster}/${subjectName(subject)}`;

/** The service that the subject is about, when it is about one. */
export const serviceOf = (subject: Subject): string | undefined =>
  subject.kind === 'service' || subject.kind === 'deployment' ? subject.service : undefined;
