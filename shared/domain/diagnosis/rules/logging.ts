import { type Area, always, both, either, matches, not, says } from '../rule.ts';
import { noAnswer, refused, throttled } from './answers.ts';

const awslogs = says('cloudwatch', 'awslogs', 'amazonaws.com', 'log stream', 'log group', 'create stream');
const otherDriver = matches(
  /\b(?:fluentd?|fluent-bit|fluentbit|splunk|gelf|syslog|gcplogs|journald|logentries|firelens)\b/,
);

/** The log driver, which Docker or Fargate sets up before the container starts. */
export const logging: Area = {
  applies: either(
    says(
      'logger args',
      'logging driver',
      'log driver',
      'cloudwatch log',
      'awslogs',
      'log stream',
      'log group',
      'log-opt',
    ),
    says('fluentd', 'firelens', 'logging plugin', 'log opt', 'log configuration', 'create logger'),
  ),
  rules: [
    {
      cause: 'logging/driver-failed',
      when: both(otherDriver, not(awslogs)),
      because: 'The receiver of another log driver is absent, refuses or is misconfigured.',
      example: 'failed to initialize logging driver: fluentd: dial tcp 127.0.0.1:24224: connect: connection refused',
    },
    {
      cause: 'logging/access-denied',
      when: refused,
      because: 'CloudWatch Logs refused the role.',
      example:
        'failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException',
    },
    {
      cause: 'network/aws-endpoint-unreachable',
      when: both(noAnswer, either(awslogs, says('signal: killed', 'validate logger args'))),
      because: 'CloudWatch Logs gave no answer.',
      example:
        'failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: RequestError: send request failed',
    },
    {
      cause: 'logging/log-group-missing',
      when: either(matches(/log group.{0,160}(?:does not exist|doesn't exist|not found)/), says('resourcenotfound')),
      because: 'CloudWatch Logs answered that the log group does not exist.',
      example:
        'failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    },
    {
      cause: 'logging/log-group-missing',
      when: says('cannot find the amazon cloudwatch log group', "can't find the amazon cloudwatch log group"),
      confidence: 'likely',
      because: 'AWS says that it cannot find the group, a sentence that it also writes when the connection failed.',
      example:
        'failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition.',
    },
    {
      cause: 'capacity/quota-exceeded',
      when: throttled,
      because: 'CloudWatch Logs throttled the creation of the stream.',
      example:
        'failed to initialize logging driver: failed to create Cloudwatch log stream: ThrottlingException: Rate exceeded',
    },
    {
      cause: 'logging/driver-failed',
      when: says(
        'is required',
        'must specify',
        'missingendpoint',
        'missingregion',
        'unknown log opt',
        'no log configuration',
        'invalid log',
        'dial tcp',
        'dial unix',
      ),
      because: 'An option of the log driver is missing or wrong, or its receiver is absent.',
      example: 'failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required',
    },
    {
      cause: 'logging/driver-failed',
      when: always,
      confidence: 'unclear',
      because: 'The log driver did not start and the text does not say why.',
      example: 'ResourceInitializationError: failed to initialize logging driver',
    },
  ],
};
