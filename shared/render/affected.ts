import type { AffectedEntity } from '../domain/signal.ts';
import type { Group } from './card.ts';
import { compare, listing, plural } from './listing.ts';

/** What a Health notice names, sorted by what has to be done about it. */
export interface Affected {
  readonly services: readonly Named[];
  readonly standaloneTasks: readonly Named[];
  readonly others: readonly Named[];
}

interface Member {
  readonly cluster: string;
  readonly name: string;
}

interface Named extends Member {
  readonly isResolved: boolean;
}

/** Further clusters are counted. */
const CLUSTERS_LIMIT = 8;

/** The entities of a notice by kind. `undefined` statuses count as not resolved. */
export function affectedBy(entities: readonly AffectedEntity[]): Affected {
  const named = entities.map((entity) => ({ kind: entity.kind, ...nameOf(entity), isResolved: isResolved(entity) }));
  const ofKind = (kind: AffectedEntity['kind']) => named.filter((entity) => entity.kind === kind);
  return { services: ofKind('service'), standaloneTasks: ofKind('task'), others: ofKind('unknown') };
}

function nameOf(entity: AffectedEntity): { cluster: string; name: string } {
  switch (entity.kind) {
    case 'service':
      return { cluster: entity.at.cluster, name: entity.at.service };
    case 'task':
      return { cluster: entity.cluster?.cluster ?? 'cluster not told', name: entity.taskId };
    case 'unknown':
      return { cluster: 'named by AWS', name: entity.value };
  }
}

/** https://docs.aws.amazon.com/health/latest/APIReference/API_AffectedEntity.html */
const isResolved = (entity: AffectedEntity): boolean => entity.status?.toUpperCase() === 'RESOLVED';

/** What is not resolved yet; everything once all of it is. */
export function stillAffected(affected: Affected): Affected {
  const { services, standaloneTasks, others } = affected;
  const rest = { services: open(services), standaloneTasks: open(standaloneTasks), others: open(others) };
  return countAffected(rest) === '' ? affected : rest;
}

const open = (named: readonly Named[]): readonly Named[] => named.filter((entity) => !entity.isResolved);

/** `14 services, 2 standalone tasks`; empty when AWS names nothing. */
export const countAffected = ({ services, standaloneTasks, others }: Affected): string =>
  [
    services.length > 0 ? plural(services.length, 'service') : [],
    standaloneTasks.length > 0 ? plural(standaloneTasks.length, 'standalone task') : [],
    others.length > 0 ? plural(others.length, 'other resource') : [],
  ]
    .flat()
    .join(', ');

/** One entry a cluster, the most affected first; nothing is left out without being counted. */
export function byCluster(title: string, noun: string, named: readonly Member[]): readonly Group[] {
  if (named.length === 0) return [];
  const clusters = [...Map.groupBy(named, ({ cluster }) => cluster)]
    .map(([cluster, members]) => ({ cluster, names: members.map(({ name }) => name).sort() }))
    .sort((a, b) => b.names.length - a.names.length || compare(a.cluster, b.cluster));
  const shown = clusters.slice(0, CLUSTERS_LIMIT).map(({ cluster, names }) => ({
    term: cluster,
    text: `(${plural(names.length, noun)}): ${listing(names)}`,
  }));
  const rest = clusters.slice(CLUSTERS_LIMIT);
  if (rest.length === 0) return [{ title, entries: shown }];
  const hidden = rest.reduce((sum, { names }) => sum + names.length, 0);
  const more = { term: `and ${plural(rest.length, 'more cluster')}`, text: `(${plural(hidden, noun)})` };
  return [{ title, entries: [...shown, more] }];
}

/** The services that share a problem, each as `cluster/service`; names without a cluster are of `cluster`. */
export const servicesByCluster = (services: readonly string[], cluster = 'cluster not told'): readonly Group[] =>
  byCluster('Services by cluster', 'service', services.map(memberOf(cluster)));

const memberOf =
  (cluster: string) =>
  (service: string): Member => {
    const cut = service.indexOf('/');
    return cut === -1 ? { cluster, name: service } : { cluster: service.slice(0, cut), name: service.slice(cut + 1) };
  };
