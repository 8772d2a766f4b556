import { present } from '../present.ts';
import type { Selector } from '../selector.ts';
import type { PlaceSelector } from '../windows/maintenance.ts';
import type { RightSubject } from './rights.ts';

/** How people say that they mean all there is. */
export const EVERYTHING = 'everything';

/** A name of ECS. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const NAME = /^[\w-]{1,255}$/;

/**
 * What people mean by `harbor-prod/checkout` (a service), `harbor-prod` (all of a cluster) or `everything`; `undefined` for
 * anything else. Patterns are for the configuration document, where somebody reviews them.
 */
export function scopeIn(text: string): PlaceSelector | undefined {
  if (text === EVERYTHING) return {};
  const [cluster = '', service, ...rest] = text.split('/');
  if (!NAME.test(cluster) || rest.length > 0) return undefined;
  if (service === undefined) return { clusters: [cluster] };
  return NAME.test(service) ? { clusters: [cluster], services: [service] } : undefined;
}

/** The way back, for messages and the audit trail; of a selector that says more, what {@link scopeIn} can say of it. */
export function scopeName({ clusters, services }: Selector): string {
  const names = [clusters, services].flatMap((part) => (part === undefined ? [] : [part.join(',')]));
  return names.length === 0 ? EVERYTHING : names.join('/');
}

/** What {@link mayDo} is to be asked about: where a selector names several, all there are; of what tags, nobody knows. */
export const subjectOfScope = ({ accounts, regions, clusters, services }: Selector): RightSubject =>
  present({ account: only(accounts), region: only(regions), cluster: only(clusters), service: only(services) });

const only = (names: readonly string[] = []): string | undefined => (names.length === 1 ? names[0] : undefined);
