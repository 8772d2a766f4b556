import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { type Clients, clientSettings, createClients, once } from './clients.ts';

/** The clients of who looks at services before they are replaced. The further ones are loaded when first asked for. */
export interface PlanningClients extends Clients {
  readonly cloudFormation: () => Promise<CloudFormationClient>;
  readonly codeDeploy: () => Promise<CodeDeployClient>;
  readonly ec2: () => Promise<EC2Client>;
  readonly serviceQuotas: () => Promise<ServiceQuotasClient>;
}

/**
 * Beside those of every function, because a bundle holds whatever it may come to load, and EC2's client alone is a megabyte.
 * As `createClients`.
 */
export function createPlanningClients(
  region: string,
  environment: Readonly<Record<string, string | undefined>>,
): PlanningClients {
  const settings = clientSettings(region, environment);
  return {
    ...createClients(region, environment),
    cloudFormation: once(async () => {
      const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
      return new CloudFormationClient(settings);
    }),
    codeDeploy: once(async () => new (await import('@aws-sdk/client-codedeploy')).CodeDeployClient(settings)),
    ec2: once(async () => new (await import('@aws-sdk/client-ec2')).EC2Client(settings)),
    serviceQuotas: once(async () => {
      const { ServiceQuotasClient } = await import('@aws-sdk/client-service-quotas');
      return new ServiceQuotasClient(settings);
    }),
  };
}
