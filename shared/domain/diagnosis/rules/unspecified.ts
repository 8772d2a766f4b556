import { type Area, always, both, says } from '../rule.ts';
import { noAnswer, refused, throttled } from './answers.ts';

/** Texts that name no stage. The last rows before "no rule matched". */
export const unspecified: Area = {
  applies: always,
  rules: [
    {
      cause: 'capacity/quota-exceeded',
      when: throttled,
      confidence: 'likely',
      because: 'Some AWS API throttled ECS.',
      example: 'ThrottlingException: Rate exceeded',
    },
    {
      cause: 'network/aws-endpoint-unreachable',
      when: both(noAnswer, says('amazonaws.com', 'amazonaws.com.cn', 'operation error')),
      confidence: 'likely',
      because: 'A call to an AWS API got no answer; the text does not say which step made it.',
      example:
        'RequestError: send request failed caused by: Post "https://sts.eu-west-1.amazonaws.com/": dial tcp: i/o timeout',
    },
    {
      cause: 'iam/permission-missing',
      when: refused,
      confidence: 'likely',
      because: 'Something was refused; the text does not say which action.',
      example: 'AccessDeniedException: User: api-role',
    },
    {
      cause: 'platform/unspecified-failure',
      when: says(
        'internal error',
        'internalerror',
        'internal failure',
        'internal service',
        'unexpected error',
        'serverexception',
        'clientexception',
      ),
      confidence: 'unclear',
      because: 'ECS reports a failure and nothing about its cause.',
      example: '(service api) was unable to place a task. Reason: Internal error.',
    },
  ],
};
