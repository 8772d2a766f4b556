import type { Brand } from './brand.ts';

export type ClusterArn = Brand<string, 'ClusterArn'>;
export type ServiceArn = Brand<string, 'ServiceArn'>;
export type TaskArn = Brand<string, 'TaskArn'>;
export type TaskDefinitionArn = Brand<string, 'TaskDefinitionArn'>;

/** Where something is. `partition` is `aws`, `aws-cn`, `aws-us-gov` or one that does not exist yet. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface ClusterRef extends Place {
  readonly cluster: string;
}

export interface ServiceRef extends ClusterRef {
  readonly service: string;
}

export interface TaskRef extends ClusterRef {
  /** 32 hexadecimal characters, or a UUID for tasks of before 2019. */
  readonly taskId: string;
  readonly arn: TaskArn;
}

export interface TaskDefinitionRef {
  readonly family: string;
  readonly revision: number;
  readonly arn: TaskDefinitionArn;
}

// The cast is true by construction: these are the formats that AWS documents, in their long form.
export const clusterArn = (at: ClusterRef): ClusterArn =>
  `arn:${at.partition}:ecs:${at.region}:${at.account}:cluster/${at.cluster}` as ClusterArn;

export const serviceArn = (at: ServiceRef): ServiceArn =>
  `arn:${at.partition}:ecs:${at.region}:${at.account}:service/${at.cluster}/${at.service}` as ServiceArn;
