import { present } from '../present.ts';
import type { Selector } from '../selector.ts';
import type { PlaceSelector } from '../windows/maintenance.ts';
import type { RightSubject } from './rights.ts';

/** How people say that they mean all there is. */
export const EVERYTHING = 'everything';

/** A name of ECS. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const NAME = /^[\w-]{1,255}$/;

/** `111122223333/eu-west-1/` before a name: there alone, and not wherever else that name is. */
const THERE = /^(\d{12})\/([a-z\d-]{1,32})\/(?=.)/;

/**
 * What people mean by `harbor-prod/checkout` (a service, in every account), `harbor-prod` (all of a cluster) or `everything`;
 * `undefined` for anything else. Patterns are for the configuration document, where somebody reviews them.
 */
export function scopeIn(text: string): PlaceSelector | undefined {
  if (text === EVERYTHING) return {};
  const [there = '', account, region] = THERE.exec(text) ?? [];
  const named = scopeByName(text.slice(there.length));
  return named && account && region ? { accounts: [account], regions: [region], ...named } : named;
}

function scopeByName(text: string): PlaceSelector | undefined {
  const [cluster = '', service, ...rest] = text.split('/');
  if (!NAME.test(cluster) || rest.length > 0) return undefined;
  if (service === undefined) return { clusters: [cluster] };
  return NAME.test(service) ? { clusters: [cluster], services: [service] } : undefined;
}

/** The way back, for messages and the audit trail; of a selector that says more, what {@link scopeIn} can say of it. */
export function scopeName({ accounts, regions, clusters, services }: Selector): string {
  const there = accounts?.length === 1 && regions?.length === 1 && clusters !== undefined ? [accounts, regions] : [];
  const names = [...there, clusters, services].flatMap((part) => (part === undefined ? [] : [part.join(',')]));
  return names.length === 0 ? EVERYTHING : names.join('/');
}

/** What {@link mayDo} is to be asked about: where a selector names several, all there are; of what tags, nobody knows. */
export const subjectOfScope = ({ accounts, regions, clusters, services }: Selector): RightSubject =>
  present({ account: only(accounts), region: only(regions), cluster: only(clusters), service: only(services) });

const only = (names: readonly string[] = []): string | undefined => (names.length === 1 ? names[0] : undefined);
