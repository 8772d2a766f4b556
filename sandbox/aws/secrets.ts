import { type Operations, refuse } from './operation.ts';

/** Parameters of Systems Manager and secrets of Secrets Manager, both by name or ARN. */
export const secretOperations = (values: ReadonlyMap<string, string>): Operations => ({
  'ssm:GetParameter': ({ Name, WithDecryption }) => {
    const value = values.get(String(Name));
    if (value === undefined) return refuse('ParameterNotFound', `no parameter ${String(Name)}`);
    // Systems Manager answers a SecureString's ciphertext unless it is asked to decrypt.
    return {
      Parameter: {
        Name,
        Type: 'SecureString',
        Value: WithDecryption === true ? value : 'AQICAH-sandbox-ciphertext',
        Version: 1,
      },
    };
  },
  'secretsmanager:GetSecretValue': ({ SecretId }) => {
    const value = values.get(String(SecretId));
    if (value === undefined)
      return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return { ARN: SecretId, Name: SecretId, SecretString: value, VersionStages: ['AWSCURRENT'] };
  },
});
