import type { Random } from '../random.ts';
import { type EcsEvent, ecsEvent, instant } from '../scenario/ecs-event.ts';
import type { Hook } from './deployment.ts';
import { clusterArn, ecsArn } from './names.ts';
import type { Task } from './task.ts';
import { taskFields } from './task-fields.ts';

/** An event of ECS, and the instant (milliseconds) at which it is put on the bus. */
export interface HarbourEvent {
  readonly at: number;
  readonly event: EcsEvent;
}

interface Moment {
  readonly t: number;
  readonly random: Random;
}

interface Place {
  readonly cluster: string;
  readonly service: string;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
export function taskStopped(task: Task, { t, random }: Moment): HarbourEvent {
  const { attachments, ...fields } = taskFields(task, t, instant);
  const detail = {
    ...fields,
    // True: `taskFields` lists one. Events have another word for its type.
    attachments: (attachments as readonly object[]).map((attachment) => ({ ...attachment, type: 'eni' })),
    updatedAt: instant(t),
  };
  return {
    at: t,
    event: ecsEvent('ECS Task State Change', `task/${task.cluster}/${task.id}`, { at: t, random, detail }),
  };
}

/** `SERVICE_DEPLOYMENT_…`, ERROR for failures alone. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export function deploymentChanged(
  { cluster, service }: Place,
  change: { readonly name: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'; readonly id: string; readonly reason: string },
  { t, random }: Moment,
): HarbourEvent {
  const detail = {
    eventType: change.name === 'FAILED' ? 'ERROR' : 'INFO',
    eventName: `SERVICE_DEPLOYMENT_${change.name}`,
    deploymentId: change.id,
    updatedAt: instant(t),
    reason: change.reason,
  };
  return {
    at: t,
    event: ecsEvent('ECS Deployment State Change', `service/${cluster}/${service}`, { at: t, random, detail }),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html */
export function serviceActed(
  { cluster, service }: Place,
  name: 'SERVICE_STEADY_STATE' | 'SERVICE_DEPLOYMENT_FAILED',
  { t, random }: Moment,
): HarbourEvent {
  const detail = {
    eventType: name === 'SERVICE_STEADY_STATE' ? 'INFO' : 'ERROR',
    eventName: name,
    clusterArn: clusterArn(cluster),
    createdAt: instant(t),
  };
  return { at: t, event: ecsEvent('ECS Service Action', `service/${cluster}/${service}`, { at: t, random, detail }) };
}

const HOOK_EVENTS: Readonly<Record<Hook['status'], readonly [name: string, type: 'INFO' | 'ERROR']>> = {
  AWAITING_ACTION: ['HOOK_AWAITING_ACTION', 'INFO'],
  SUCCEEDED: ['HOOK_SUCCEEDED', 'INFO'],
  FAILED: ['HOOK_FAILED', 'ERROR'],
  TIMED_OUT: ['HOOK_TIMED_OUT', 'ERROR'],
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_hook_state_change_events.html */
export function hookChanged(
  { cluster, service }: Place,
  deployment: string,
  hook: Hook,
  { t, random }: Moment,
): HarbourEvent {
  const [eventName, eventType] = HOOK_EVENTS[hook.status];
  const resource = `service-deployment/${cluster}/${service}/${deployment}`;
  const detail = {
    eventType,
    eventName,
    hookId: hook.id,
    hookType: 'PAUSE',
    expiresAt: instant(hook.expiresAt),
    lifecycleStage: hook.stage,
    clusterArn: clusterArn(cluster),
    serviceArn: ecsArn(`service/${cluster}/${service}`),
    serviceDeploymentArn: ecsArn(resource),
    updatedAt: instant(t),
  };
  return { at: t, event: ecsEvent('ECS Hook State Change', resource, { at: t, random, detail }) };
}
