import type { ServiceSpec } from './service-spec.ts';

const PIER_CLUSTERS = ['harbour-north', 'harbour-west', 'harbour-south'] as const;

/** So many plain services, `pier-001` and on, which take turns in the clusters. */
export const piers = (count: number): readonly ServiceSpec[] =>
  Array.from({ length: count }, (_, index) => ({
    // True: the remainder is an index of the list.
    cluster: PIER_CLUSTERS[index % PIER_CLUSTERS.length] as string,
    service: `pier-${String(index + 1).padStart(3, '0')}`,
    tags: { team: 'harbour' },
  }));
