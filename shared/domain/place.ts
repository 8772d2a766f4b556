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

/**
 * Where an installation runs: everything there is read with its own role. The account is absent where nobody has told it;
 * then every account is taken for its own. No two partitions share the name of a Region.
 */
export interface Home {
  readonly region: string;
  readonly account?: string;
  readonly partition?: string;
}

export const isHome = ({ region, account }: Place, home: Home): boolean =>
  region === home.region && (home.account === undefined || account === home.account);

/** Tells places apart, as a key: `aws/111122223333/eu-west-1`. */
export const placeKey = ({ partition, account, region }: Place): string => `${partition}/${account}/${region}`;

/** `account 111122223333 in eu-west-1`. */
export const placeText = ({ account, region }: Place): string => `account ${account} in ${region}`;

/** Of an ARN that names both; empty texts where it does not. */
export function placeOfArn(arn: string): Place {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
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

/** `harbor-prod/checkout` at home, and `111122223333/eu-west-1/harbor-prod/checkout` anywhere else. */
export const nameFrom = (home: Home, at: ServiceRef): string =>
  `${isHome(at, home) ? '' : `${at.account}/${at.region}/`}${at.cluster}/${at.service}`;

// The cast is true by construction: these are the formats that AWS documents, in their long form.
export const clusterArn = (at: ClusterRef): ClusterArn =>
  `arn:${at.partition}:ecs:${at.region}:${at.account}:cluster/${at.cluster}` as ClusterArn;

export const serviceArn = (at: ServiceRef): ServiceArn =>
  `arn:${at.partition}:ecs:${at.region}:${at.account}:service/${at.cluster}/${at.service}` as ServiceArn;
