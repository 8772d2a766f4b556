import { either, matches, says } from '../rule.ts';

/** The words of a pull, with and without the class of the error in front: ECS, the agent, Docker and containerd. */
export const isPull = either(
  says(
    'cannotpull',
    'pull image',
    'ref pull',
    'pull command failed',
    'inspect image',
    'resolve ref',
    'pull access denied',
  ),
  says(
    "can't pull the image",
    'cannot pull the image',
    'failed to pull',
    'image pull failed',
    'unable to pull image',
    'error pulling image',
  ),
  says(
    'failed to register layer',
    'failed to extract layer',
    'unpack image',
    'failed to copy: httprea',
    'getimageblob',
  ),
  says(
    'toomanyrequests',
    'pull rate limit',
    'manifest unknown',
    'manifest for',
    'no such image',
    'invalid reference format',
  ),
  says('amazon ecr repository', 'task and the registry', 'filesystem layer', 'pulling image', 'mediatype not'),
  matches(/^(?:error: )?image \S+ not found|\brepository \S+ not found/),
  matches(/https:\/\/[^\s"]*(?:\/v[12]\/|\.dkr\.ecr)/),
);
