import * as v from 'valibot';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { AwsAnswer } from '../../shared/effects/aws-answer.ts';
import type { AwsClient } from './aws/client.ts';
import type { TimeLeft } from './time-left.ts';

/** Where a secret is kept: an SSM SecureString by its name, or a secret of Secrets Manager by its ARN. */
export type StoredAt =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'secret'; readonly arn: string };

const PARAMETER = v.object({ Parameter: v.object({ Value: v.string() }) });
const SECRET = v.object({ SecretString: v.string() });

/**
 * Reads a secret's text, decrypted.
 * @throws AdapterError `credential-unreadable`, which names the place
 */
export async function readStored(aws: AwsClient, at: StoredAt, left: TimeLeft): Promise<string> {
  const answer =
    at.kind === 'parameter'
      ? await aws('ssm:GetParameter', { body: { Name: at.name, WithDecryption: true } }, left)
      : await aws('secretsmanager:GetSecretValue', { body: { SecretId: at.arn } }, left);
  const text = textIn(answer);
  if (text !== undefined) return text;
  const name = answer.status === 'failed' ? answer.name : 'no text';
  throw new AdapterError({
    code: 'credential-unreadable',
    message: `${at.kind === 'parameter' ? `the parameter ${at.name}` : `the secret ${at.arn}`} could not be read (${name})`,
    retryable: !/AccessDenied|NotFound|no text/.test(name),
  });
}

function textIn(answer: AwsAnswer): string | undefined {
  if (answer.status === 'failed') return undefined;
  const parameter = v.safeParse(PARAMETER, answer.body);
  if (parameter.success) return parameter.output.Parameter.Value;
  const secret = v.safeParse(SECRET, answer.body);
  return secret.success ? secret.output.SecretString : undefined;
}
