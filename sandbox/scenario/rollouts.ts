import { isObject, wordOf } from '../json-object.ts';

/** A deployment of a service that is not, or not yet, what serves. */
export interface Rollout {
  /** `ecs-svc/…`. */
  readonly id: string;
  readonly state: 'IN_PROGRESS' | 'FAILED';
  /** ECS takes the deployment before it up again. */
  readonly isRollingBack: boolean;
}

/** What the events told of deployments, by `cluster/service`. */
export interface Rollouts {
  readonly learn: (event: unknown) => void;
  readonly of: (service: string) => Rollout | undefined;
}

/** `serving` names the deployment that a service had before all events: `ecs-svc/…`. */
export function createRollouts(serving: (service: string) => string | undefined): Rollouts {
  const rollouts = new Map<string, Rollout>();
  return {
    of: (service) => rollouts.get(service),
    learn: (event) => {
      if (!isObject(event) || event['detail-type'] !== 'ECS Deployment State Change') return;
      const { resources, detail } = event;
      if (!Array.isArray(resources) || !isObject(detail)) return;
      const service = wordOf(resources[0]).split(':service/').at(-1) ?? '';
      const next = after(rollouts.get(service), detail, serving(service));
      if (next === undefined) rollouts.delete(service);
      else rollouts.set(service, next);
    },
  };
}

function after(
  before: Rollout | undefined,
  detail: Readonly<Record<string, unknown>>,
  serving: string | undefined,
): Rollout | undefined {
  const id = wordOf(detail['deploymentId']);
  const isOfServing = id === serving;
  switch (detail['eventName']) {
    case 'SERVICE_DEPLOYMENT_IN_PROGRESS':
      return isOfServing
        ? before && { ...before, isRollingBack: true }
        : { id, state: 'IN_PROGRESS', isRollingBack: false };
    case 'SERVICE_DEPLOYMENT_FAILED':
      return { id, state: 'FAILED', isRollingBack: before?.isRollingBack ?? false };
    case 'SERVICE_DEPLOYMENT_COMPLETED':
      return undefined;
    default:
      return before;
  }
}
