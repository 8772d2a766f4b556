import type { ServiceRef } from '../domain/place.ts';
import { parseServiceArn } from './arn.ts';

/**
 * Stands for the cluster of a service that still has its short ARN of before 2019, in an event that names no cluster
 * elsewhere. Not a possible cluster name, so nothing is looked up under it by mistake.
 */
export const UNNAMED_CLUSTER = '(cluster not named)';

/** The service among an event's `resources`; `cluster` completes a short ARN. Other resources are passed over. */
export function serviceAmong(resources: readonly string[], cluster?: string): ServiceRef | undefined {
  for (const resource of resources) {
    const service = parseServiceArn(resource, cluster);
    if (service) return service;
  }
  return undefined;
}
