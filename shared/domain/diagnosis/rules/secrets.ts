import { type Area, always, both, either, says } from '../rule.ts';
import { namesEcr, noAnswer, refused, throttled } from './answers.ts';

/** Values, credentials and the registry login that are fetched before any container runs. */
export const secrets: Area = {
  applies: says(
    'pull secrets',
    'registry auth',
    'execution resource retrieval',
    'secret from asm',
    'secrets from ssm',
    'secret from ssm',
    'secret data from',
    'fetch secret',
    'pull the secret',
    'retrieve the secret',
    'retrieve secret',
    'retrieving secret',
    'retrieved secret',
    'specified secret',
    'ssm parameter',
    'secrets manager',
    'secretsmanager',
    'parameter store',
    'parameternotfound',
    'asm fetching',
    'secret resource',
    'json key',
    'arn:ssm',
    'access to kms',
    'kms:decrypt',
  ),
  rules: [
    {
      cause: 'network/aws-endpoint-unreachable',
      when: noAnswer,
      because: 'The AWS API that hands out the secret or the registry login gave no answer.',
      example:
        'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR.',
    },
    {
      cause: 'image/rate-limited',
      when: both(throttled, namesEcr),
      because: 'ECR throttled the login.',
      example:
        'unable to pull secrets or registry auth: unable to retrieve ecr registry auth: ThrottlingException: Rate exceeded',
    },
    {
      cause: 'capacity/quota-exceeded',
      when: throttled,
      because: 'Secrets Manager or Parameter Store throttled the read.',
      example:
        'unable to pull secrets or registry auth: unable to retrieve secrets from ssm: ThrottlingException: Rate exceeded',
    },
    {
      cause: 'image/ecr-access-denied',
      when: both(refused, namesEcr),
      because: 'ECR refused the login.',
      example:
        'unable to pull secrets or registry auth: unable to retrieve ecr registry auth: AccessDeniedException: User: api',
    },
    {
      cause: 'secrets/access-denied',
      when: both(
        refused,
        says(
          'asm',
          'ssm',
          'secret from',
          'secrets manager',
          'secretsmanager',
          'kms',
          'parameter store',
          'fetch secret',
        ),
      ),
      because: 'The store of the secret, or KMS, answered that the role may not read it.',
      example: 'unable to retrieve secret from asm: AccessDeniedException: Access to KMS is not allowed',
    },
    {
      cause: 'secrets/access-denied',
      when: either(refused, says('role has', 'has permission')),
      confidence: 'likely',
      because: 'Something was refused while secrets or the registry login were fetched; the text does not say which.',
      example: 'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException',
    },
    {
      cause: 'secrets/malformed',
      when: says(
        'json key',
        'unmarshal',
        'invalid character',
        'invalid schema',
        'malformed',
        'validationexception',
        'validation error',
        'invalidparameter',
        'invalid arn',
        'arn format',
        'invalid format',
        'unexpected arn',
        'empty secrets value',
        'empty field',
      ),
      because: 'The secret exists and its value, or the reference to it, has the wrong shape.',
      example:
        'unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key DB_PASSWORD',
    },
    {
      cause: 'secrets/not-found',
      when: says(
        'resourcenotfound',
        'find the specified secret',
        'invalid ssm parameter',
        'invalid parameters:',
        'parameternotfound',
        'marked for deletion',
        'secret not found',
      ),
      because: 'The store answered that there is no such secret, version or parameter.',
      example:
        'unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /api/db-password',
    },
    {
      cause: 'secrets/not-found',
      when: says('check whether the secret exists'),
      confidence: 'likely',
      because: 'AWS suggests that the secret is missing; it writes the same for a missing permission.',
      example:
        "The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db' from AWS Secrets Manager. Check whether the secret exists in the specified Region.",
    },
    {
      cause: 'secrets/retrieval-failed',
      when: always,
      confidence: 'unclear',
      because: 'Fetching failed and the text gives no cause, or is cut before it.',
      example: 'ResourceInitializationError: unable to pull secrets or registry auth',
    },
  ],
};
