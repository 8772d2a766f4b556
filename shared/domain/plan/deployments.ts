import type { ServiceDeployment } from './situation.ts';

/** Of ECS's states those in which a deployment, or the way back from it, is still under way. */
const UNDER_WAY: ReadonlySet<string> = new Set([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

export const isUnderWay = ({ status }: ServiceDeployment): boolean => UNDER_WAY.has(status);

/** The newest first. */
export const newestFirst = (deployments: readonly ServiceDeployment[]): readonly ServiceDeployment[] =>
  deployments.toSorted((a, b) => b.createdAt - a.createdAt);
