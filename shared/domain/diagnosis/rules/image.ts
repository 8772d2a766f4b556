import { type Area, always, both, either, matches, not, says } from '../rule.ts';
import { loginRefused, namesEcr, noAnswer } from './answers.ts';
import { isPull } from './pull.ts';

/** Fetching and matching the image: the registry host and its layer store. */
export const image: Area = {
  applies: isPull,
  rules: [
    {
      cause: 'image/rate-limited',
      when: either(
        says(
          'toomanyrequests',
          'too many requests',
          'pull rate limit',
          'rate limit',
          'throttlingexception',
          'rate exceeded',
        ),
        says('status: 429', 'status code 429', '(429)'),
      ),
      because: 'The registry says that the caller has pulled too often.',
      example: 'CannotPullContainerError: toomanyrequests: You have reached your pull rate limit.',
    },
    {
      cause: 'platform/runtime-failure',
      when: says('error during connect', 'connect to the docker daemon', 'docker client must be'),
      because: 'The daemon on the host failed, not the registry.',
      example: 'CannotPullContainerError: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
    },
    {
      cause: 'platform/runtime-failure',
      when: says('devicemapper', 'devmapper', 'dm_task'),
      confidence: 'likely',
      because: 'The storage driver of the host failed; a full pool begins with the same words.',
      example:
        'CannotPullContainerError: failed to register layer: devicemapper: Error running deviceResume dm_task_run failed',
    },
    {
      cause: 'network/aws-endpoint-unreachable',
      when: both(noAnswer, says('api.ecr.', 'getauthorizationtoken', 'cannotpullecr')),
      because: 'The registry login is a call to the API of ECR, which comes before the pull.',
      example:
        'CannotPullECRContainerError: RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp: i/o timeout',
    },
    {
      cause: 'network/registry-unreachable',
      when: either(noAnswer, says('no registry endpoint', 'any registry endpoint')),
      because: 'The registry host or its layer store gave no answer.',
      example:
        'CannotPullContainerError: failed to resolve ref "docker.io/library/nginx:1": failed to do request: Head "https://registry-1.docker.io": dial tcp 192.0.2.10:443: i/o timeout',
    },
    {
      cause: 'network/registry-unreachable',
      when: either(
        says('context canceled', 'x509:', 'http response to https client', 'verify certificate', 'tls: '),
        both(matches(/: eof\b/), not(says('unexpected eof'))),
      ),
      confidence: 'likely',
      because: 'The connection to the registry ended before an answer, or something else answered in its place.',
      example: 'CannotPullContainerError: context canceled',
    },
    {
      cause: 'image/ecr-access-denied',
      when: either(
        both(namesEcr, loginRefused, not(says('may require', 'pull access denied'))),
        says('accessdeniedexception'),
      ),
      because: 'ECR answered that the caller may not read the image.',
      example:
        'CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1: unexpected status from HEAD request: 403 Forbidden',
    },
    {
      cause: 'image/ecr-access-denied',
      when: either(both(namesEcr, loginRefused), says('has the permissions to pull', 'has permissions to pull')),
      confidence: 'likely',
      because: 'ECR hides whether a repository is missing or forbidden; a missing permission is more frequent.',
      example:
        "The task can't pull the image. Check that the role has the permissions to pull images from the registry.",
    },
    {
      cause: 'image/registry-auth',
      when: says(
        'pull access denied',
        'may require',
        'access to the resource is denied',
        'anonymous token',
        'oauth token',
        'failed to authorize',
      ),
      confidence: 'likely',
      because: 'Registries answer alike for an image that is private and for one that does not exist.',
      example:
        "CannotPullContainerError: pull access denied for web, repository does not exist or may require 'docker login'",
    },
    {
      cause: 'image/registry-auth',
      when: loginRefused,
      because: 'The registry refused the caller.',
      example: 'CannotPullContainerError: Error response from daemon: unauthorized: incorrect username or password',
    },
    {
      cause: 'image/pull-failed',
      when: either(
        says('unexpected eof', 'verification failed', 'verify digest', 'media type', 'diffids', 'digest mismatch'),
        says('invalid tar header', 'failed size validation', 'mismatched image rootfs', 'filesystem layer'),
      ),
      because: 'The image arrived damaged or could not be verified.',
      example:
        'CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:aa: unexpected EOF',
    },
    {
      cause: 'image/pull-failed',
      when: says(
        'register layer',
        'extract layer',
        'unpack image',
        'nil pointer',
        'failed precondition',
        'inactivity time',
      ),
      confidence: 'unclear',
      because: 'The image could not be unpacked, for a cause that has no row or is cut off.',
      example: 'CannotPullContainerError: failed to register layer: ApplyLayer exit status 1 stdout: stderr:',
    },
    {
      cause: 'image/not-found',
      when: either(
        says(
          'not found',
          'notfound',
          'manifest unknown',
          'manifest_unknown',
          'name unknown',
          'name_unknown',
          'no such image',
        ),
        says(
          'invalid reference',
          'repository name must be',
          'repository does not exist',
          'image does not exist',
          '(404)',
        ),
        says(
          'could not parse reference',
          'error parsing reference',
          'unable to parse',
          'invalid repository name',
          'status: 404',
        ),
      ),
      because: 'The registry has no such image, or the reference is not valid.',
      example:
        'CannotPullContainerError: failed to resolve ref docker.io/library/web:42: docker.io/library/web:42: not found',
    },
    {
      cause: 'image/not-found',
      when: says('check whether the image exists'),
      confidence: 'likely',
      because: 'AWS suggests that the image is missing; it writes the same for a private one.',
      example: "The task can't pull the image. Check whether the image exists.",
    },
    {
      cause: 'image/pull-failed',
      when: always,
      confidence: 'unclear',
      because: 'The pull failed and the text gives no cause, or is cut before it.',
      example: 'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref',
    },
  ],
};
