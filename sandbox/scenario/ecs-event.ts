import { COMPANY } from '../estate/company.ts';
import type { Random } from '../random.ts';
import type { ArmadaService } from './armada.ts';

/** An event as EventBridge delivers it. */
export interface EcsEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: 'aws.ecs';
  readonly account: string;
  /** Whole seconds, as EventBridge has them. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export const ecsArn = (resource: string): string =>
  `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:${resource}`;

/** `at` in milliseconds since 1970. */
export const ecsEvent = (
  detailType: string,
  resource: string,
  { at, random, detail }: { readonly at: number; readonly random: Random; readonly detail: EcsEvent['detail'] },
): EcsEvent => ({
  version: '0',
  id: random.uuid(),
  'detail-type': detailType,
  source: 'aws.ecs',
  account: COMPANY.account,
  time: `${instant(at).slice(0, 19)}Z`,
  region: COMPANY.region,
  resources: [ecsArn(resource)],
  detail,
});

export const instant = (at: number): string => new Date(at).toISOString();

/** `eventName` without `SERVICE_DEPLOYMENT_`; ECS gives only failures the type ERROR. */
export const deploymentEvent = (
  { cluster, name }: ArmadaService,
  change: {
    readonly eventName: 'IN_PROGRESS' | 'FAILED' | 'COMPLETED';
    readonly deployment: string;
    readonly reason: string;
    readonly at: number;
    readonly random: Random;
  },
): EcsEvent =>
  ecsEvent('ECS Deployment State Change', `service/${cluster}/${name}`, {
    ...change,
    detail: {
      eventType: change.eventName === 'FAILED' ? 'ERROR' : 'INFO',
      eventName: `SERVICE_DEPLOYMENT_${change.eventName}`,
      deploymentId: `ecs-svc/${change.deployment}`,
      updatedAt: instant(change.at),
      reason: change.reason,
    },
  });

/** No Fargate capacity for the service's tasks. */
export const placementFailure = ({ cluster, name }: ArmadaService, at: number, random: Random): EcsEvent =>
  ecsEvent('ECS Service Action', `service/${cluster}/${name}`, {
    at,
    random,
    detail: {
      eventType: 'ERROR',
      eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
      clusterArn: ecsArn(`cluster/${cluster}`),
      capacityProviderArns: [ecsArn('capacity-provider/FARGATE')],
      reason: 'RESOURCE:FARGATE',
      createdAt: instant(at),
    },
  });
