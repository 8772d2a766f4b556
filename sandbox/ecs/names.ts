import { COMPANY } from '../estate/company.ts';

/** ARN of something of ECS in the fictional company's account. */
export const ecsArn = (resource: string): string =>
  `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:${resource}`;

export const clusterArn = (cluster: string): string => ecsArn(`cluster/${cluster}`);

/** The image of a service's only container, in the company's registry. */
export const imageOf = (repository: string, tag: string): string =>
  `${COMPANY.account}.dkr.ecr.${COMPANY.region}.amazonaws.com/${repository}:${tag}`;

/** The target group of a service that has one. */
export const targetGroupArn = (service: string): string =>
  `arn:${COMPANY.partition}:elasticloadbalancing:${COMPANY.region}:${COMPANY.account}:targetgroup/harbour-${service}/5f6a7b8c9d0e1f20`;

/** What CodeDeploy's console calls what it creates for a service. */
export const codeDeployNames = (cluster: string, service: string) => ({
  application: `AppECS-${cluster}-${service}`,
  group: `DgpECS-${cluster}-${service}`,
});

/** Times of the JSON protocols: seconds since 1970. */
export const inSeconds = (instant: number): number => instant / 1_000;
