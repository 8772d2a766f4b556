import { type Area, always, either, says } from '../rule.ts';
import { noAnswer, refused } from './answers.ts';

/** Environment files in S3. */
export const envFile: Area = {
  applies: says('env file', 'envfile', 'environment file', 'environment variable file'),
  rules: [
    {
      cause: 'config/env-file-unavailable',
      when: either(
        refused,
        says('nosuchkey', 'nosuchbucket', '404', 'permanentredirect', 'does not exist', 'invalid path'),
      ),
      because: 'S3 answered, and refused the file or does not have it.',
      example:
        'ResourceInitializationError: failed to download env files: AccessDenied: Access Denied status code: 403',
    },
    {
      cause: 'network/aws-endpoint-unreachable',
      when: noAnswer,
      because: 'S3 gave no answer.',
      example:
        'failed to download env files: file download command: non empty error stream: RequestCanceled: request context canceled',
    },
    {
      cause: 'config/env-file-unavailable',
      when: always,
      confidence: 'likely',
      because: 'An environment file could not be read and nothing blames the network.',
      example: 'ResourceInitializationError: failed to download env files',
    },
  ],
};
