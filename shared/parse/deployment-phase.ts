import type { DeploymentChanged } from '../domain/signal.ts';

const PHASES: ReadonlyMap<string, DeploymentChanged['phase']> = new Map([
  ['SERVICE_DEPLOYMENT_IN_PROGRESS', 'in-progress'],
  ['SERVICE_DEPLOYMENT_COMPLETED', 'completed'],
  ['SERVICE_DEPLOYMENT_FAILED', 'failed'],
]);

/**
 * The phase that an event name stands for; `undefined` for every other name. There is no event for the end of a
 * rollback: it is the earlier deployment's own completion.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export const deploymentPhase = (eventName: string): DeploymentChanged['phase'] | undefined => PHASES.get(eventName);

/** Only the reason distinguishes the start of a rollback from that of a deployment. */
export const saysRollback = (reason: string): boolean => /rolling back/i.test(reason);
