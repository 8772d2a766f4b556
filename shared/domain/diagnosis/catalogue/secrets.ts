import { type Entry, the, when } from '../entry.ts';
import type { Values } from '../values.ts';

const page = 'resource-initialization-error.html';

/** Where the text does not say which secret it is about. */
const candidates = ({ secret, secrets }: Values): readonly string[] =>
  secret === undefined && secrets !== undefined ? [`The task definition reads ${secrets}: check each.`] : [];

export const secrets = {
  'secrets/access-denied': {
    title: 'Secret access denied',
    summary: (v) =>
      `Reading ${v.secret ?? 'a secret or parameter'} was refused${when(v.action, (action) => `: ${action} is not allowed`)}.`,
    fix: (v) => [
      `Allow ${v.action ?? 'secretsmanager:GetSecretValue or ssm:GetParameters'} on ${v.secret ?? v.resource ?? 'the secret or parameter'} for ${the('execution role', v.role)}; the task role is not used for this.`,
      ...candidates(v),
      'For a customer managed key also allow kms:Decrypt, in the role and in the key policy.',
      'For a secret of another account, allow the role in the resource policy of the secret.',
    ],
    page: 'task_execution_IAM_role.html',
  },
  'secrets/not-found': {
    title: 'Secret not found',
    summary: (v) =>
      `${v.secret ?? 'The secret, its version or the parameter'} does not exist where the task looks for it.`,
    fix: (v) => [
      `Check the name and the Region of ${v.secret ?? 'the secret or parameter'} in \`valueFrom\`.`,
      ...candidates(v),
      'Create it there, or register a revision with the right reference. A secret that is marked for deletion counts as missing.',
    ],
    page,
  },
  'secrets/malformed': {
    title: 'Secret unusable',
    summary: (v) =>
      v.jsonKey === undefined
        ? `${v.secret ?? 'The secret'} exists, but its value or the reference to it has the wrong shape.`
        : `${v.secret ?? 'The secret'} has no JSON key ${v.jsonKey}.`,
    fix: (v) => [
      ...(v.jsonKey === undefined
        ? []
        : [`Add the key ${v.jsonKey} to the secret, or correct the key in \`valueFrom\`.`]),
      ...candidates(v),
      'A reference to a key reads ARN:key:: with both colons at the end; stage and version go between them.',
      'The value must be one flat JSON object if a key is asked for.',
    ],
    page: 'secrets-envvar-secrets-manager.html',
  },
  'secrets/retrieval-failed': {
    title: 'Secrets not retrieved',
    summary: (v) =>
      `Secrets or registry credentials could not be fetched${when(v.secret, (secret) => ` (${secret})`)}, and the message ends before the cause.`,
    fix: (v) => [
      `Check that ${the('execution role', v.role)} may read the secrets and log in to ECR.`,
      ...candidates(v),
      'Check that the secrets and parameters of the task definition exist in the Region.',
      'Check the route to Secrets Manager, Systems Manager and ECR: NAT, or VPC endpoints with private DNS.',
      'Look for the whole message in `aws ecs describe-tasks` within an hour of the stop.',
    ],
    page,
  },
} satisfies Readonly<Record<string, Entry>>;
