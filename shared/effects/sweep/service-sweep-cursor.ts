/** Where a listing goes on: with its first page, after the page that gave this token, or nowhere. */
export type Page = 'first' | 'last' | { readonly token: string };

/** Where a sweep goes on: plain JSON, about 8 KB for a hundred clusters and 3 KB for a hundred services. */
export interface SweepCursor {
  /** ARNs of the clusters listed and not finished; services are those of the first. */
  readonly clusters: readonly string[];
  readonly clusterPage: Page;
  /** Names of the services listed and not described. */
  readonly services: readonly string[];
  readonly servicePage: Page;
  /** The listing was begun again because ECS did not take its token any more; that is done once. */
  readonly hasRelistedClusters?: true;
  readonly hasRelistedServices?: true;
}

export const START: SweepCursor = { clusters: [], clusterPage: 'first', services: [], servicePage: 'first' };

export type Call =
  | { readonly kind: 'list-clusters'; readonly page: Page }
  | { readonly kind: 'list-services'; readonly cluster: string; readonly page: Page }
  | { readonly kind: 'describe-services'; readonly cluster: string; readonly services: readonly string[] };

/** What DescribeServices takes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const BATCH = 10;

/** The next call, or `undefined` when the sweep is finished. */
export function nextCall({ clusters, clusterPage, services, servicePage }: SweepCursor): Call | undefined {
  const [cluster] = clusters;
  if (cluster === undefined) return clusterPage === 'last' ? undefined : { kind: 'list-clusters', page: clusterPage };
  if (services.length < BATCH && servicePage !== 'last') return { kind: 'list-services', cluster, page: servicePage };
  return { kind: 'describe-services', cluster, services: services.slice(0, BATCH) };
}

/** After a page of ListClusters, which is asked for when all clusters before are finished. */
export const withClusters = (cursor: SweepCursor, arns: readonly string[], token: string | undefined): SweepCursor => ({
  ...cursor,
  clusters: arns,
  clusterPage: pageAfter(token),
});

/** After a page of ListServices. */
export const withServices = (cursor: SweepCursor, names: readonly string[], token: string | undefined): SweepCursor =>
  onward({ ...cursor, services: [...cursor.services, ...names], servicePage: pageAfter(token) });

/** After services were described. */
export const withoutServices = (cursor: SweepCursor, names: readonly string[]): SweepCursor =>
  onward({ ...cursor, services: cursor.services.filter((name) => !names.includes(name)) });

/**
 * After ECS refused what was asked, so that asking again does not help. A listing whose token has expired is begun
 * again; services or a cluster that ECS does not answer about are left out. Without the first clusters there is nothing
 * to go on with, and they are asked for again.
 */
export function afterRefusal(cursor: SweepCursor, call: Call): SweepCursor {
  switch (call.kind) {
    case 'describe-services':
      return withoutServices(cursor, call.services);
    case 'list-services':
      return call.page === 'first' || cursor.hasRelistedServices
        ? onward({ ...cursor, servicePage: 'last' })
        : { ...cursor, services: [], servicePage: 'first', hasRelistedServices: true };
    case 'list-clusters':
      if (call.page === 'first') return cursor;
      return cursor.hasRelistedClusters
        ? { ...cursor, clusterPage: 'last' }
        : { ...cursor, clusterPage: 'first', hasRelistedClusters: true };
  }
}

const pageAfter = (token: string | undefined): Page => (token ? { token } : 'last');

/** To the next cluster, when everything of this one is described. */
function onward(cursor: SweepCursor): SweepCursor {
  if (cursor.services.length > 0 || cursor.servicePage !== 'last') return cursor;
  const { hasRelistedServices: _, ...rest } = cursor;
  return { ...rest, clusters: cursor.clusters.slice(1), servicePage: 'first' };
}
