import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type ClientSettings, once } from './clients.ts';
import { createReadClients, type ReadClients } from './read-clients.ts';

/** By which services are looked at before they are replaced. The further ones are loaded when first asked for. */
export interface PlannedClients extends ReadClients {
  readonly cloudFormation: () => Promise<CloudFormationClient>;
  readonly codeDeploy: () => Promise<CodeDeployClient>;
  readonly ec2: () => Promise<EC2Client>;
  readonly serviceQuotas: () => Promise<ServiceQuotasClient>;
  /** For change calendars. */
  readonly ssm: () => Promise<SSMClient>;
}

/**
 * As `createReadClients`. Beside those, because a bundle holds whatever it may come to load, and EC2's client alone is a
 * megabyte.
 */
export const createPlannedClients = (settings: ClientSettings): PlannedClients => ({
  ...createReadClients(settings),
  ...furtherClients(settings),
});

const furtherClients = (settings: ClientSettings): Omit<PlannedClients, keyof ReadClients> => ({
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
  ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(settings)),
});
