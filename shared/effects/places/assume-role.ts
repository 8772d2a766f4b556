import type { STSClient } from '@aws-sdk/client-sts';
import { type ClientSettings, once } from '../clients.ts';

/** Temporary keys, as clients of the SDK take them. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Throws what the SDK throws. */
export type AssumeRole = (roleArn: string) => Promise<SessionKeys>;

/**
 * Seconds, and all that STS allows to a role that was itself assumed, as every function's is:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (role chaining)
 */
const DURATION = 3_600;

/** Shown in CloudTrail of the other account as who it was. */
const SESSION = 'slackwater';

/** Asks STS in the Region of `settings`, which is the own one. Its client is loaded when first asked for. */
export function createAssumeRole(settings: ClientSettings): AssumeRole {
  const client = once(async (): Promise<STSClient> => {
    const { STSClient: Client } = await import('@aws-sdk/client-sts');
    return new Client(settings);
  });
  return async (RoleArn) => {
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: SESSION, DurationSeconds: DURATION });
    const { Credentials } = await (await client()).send(command);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration = new Date(0) } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}
