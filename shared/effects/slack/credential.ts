import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type Instant, minutes, seconds } from '../../domain/instant.ts';
import { AdapterError } from '../adapter-error.ts';
import { awsFailure } from '../aws-failure.ts';
import { parseSlackCredential, type SlackCredential } from './slack-credential.ts';

export interface CredentialReader {
  readonly read: (now: Instant) => Promise<SlackCredential>;
}

/** A rotated token is picked up within this time. */
const FRESH_FOR = minutes(5);
/** After a failed refresh the old credential is used this much longer before the next attempt. */
const RETRY_AFTER = seconds(30);

/**
 * Reads the credential from the parameter, else from the secret, else there is none. Concurrent reads share one call.
 * A failed refresh keeps the old credential; the first read throws `AdapterError` `credential-unreadable` or
 * `credential-malformed`. Both clients come by `import()` on first use, because one function in its life needs one of them.
 */
export function createCredentialReader(deps: {
  readonly ssm: () => Promise<SSMClient>;
  readonly secrets: () => Promise<SecretsManagerClient>;
  readonly parameter?: string;
  readonly secretArn?: string;
}): CredentialReader {
  let held: { readonly credential: SlackCredential; readonly freshUntil: Instant } | undefined;
  let reading: Promise<SlackCredential> | undefined;

  const fetchOnce = (): Promise<SlackCredential> => {
    reading ??= fetchCredential(deps).finally(() => {
      reading = undefined;
    });
    return reading;
  };

  return {
    read: async (now) => {
      if (held !== undefined && now < held.freshUntil) return held.credential;
      try {
        held = { credential: await fetchOnce(), freshUntil: now + FRESH_FOR };
      } catch (error) {
        if (held === undefined) throw error;
        held = { credential: held.credential, freshUntil: now + RETRY_AFTER };
      }
      return held.credential;
    },
  };
}

type Sources = Parameters<typeof createCredentialReader>[0];

async function fetchCredential({ parameter, secretArn, ssm, secrets }: Sources): Promise<SlackCredential> {
  if (parameter !== undefined) {
    const source = `the parameter ${parameter}`;
    return parseSlackCredential(await readable(source, () => readParameter(ssm, parameter)), source);
  }
  if (secretArn !== undefined) {
    const source = `the secret ${secretArn}`;
    return parseSlackCredential(await readable(source, () => readSecret(secrets, secretArn)), source);
  }
  return { kind: 'none' };
}

async function readParameter(ssm: Sources['ssm'], parameter: string): Promise<string> {
  const [client, { GetParameterCommand }] = await Promise.all([ssm(), import('@aws-sdk/client-ssm')]);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter, WithDecryption: true }));
  return Parameter?.Value ?? '';
}

async function readSecret(secrets: Sources['secrets'], secretArn: string): Promise<string> {
  const [client, { GetSecretValueCommand }] = await Promise.all([secrets(), import('@aws-sdk/client-secrets-manager')]);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return SecretString ?? '';
}

async function readable(source: string, read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (cause) {
    const { reason, name } = awsFailure(cause);
    throw new AdapterError({
      code: 'credential-unreadable',
      message: `${source} could not be read (${name})`,
      retryable: reason !== 'denied' && reason !== 'not-found',
      cause,
    });
  }
}
