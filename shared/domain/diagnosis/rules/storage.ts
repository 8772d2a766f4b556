import { type Area, always, both, either, matches, says } from '../rule.ts';
import { noAnswer, refused } from './answers.ts';

const fileSystem = either(
  says(
    'mount.nfs',
    's3files',
    'fsx',
    'failed to mount local volume',
    'efs utils',
    'efs-utils',
    '.efs.',
    'mount.efs',
    'efs mount',
  ),
  matches(/(?:^|[\s"'(])efs\b(?![-/])/),
  matches(/\bfs-[0-9a-fx]{8,}/),
);

/** Volumes: EFS and its relatives, EBS, plugins, local ones. Mounts that the runtime sets up are in `mount.ts`. */
export const storage: Area = {
  applies: either(
    fileSystem,
    says('createvolume', 'ebs volume', 'volumedriver', 'local volume name', 'ephemeralstorage', 'ephemeral storage'),
    matches(/\bebs\b/),
    says(
      'volume mounts',
      'volume referenced',
      'initialize volume',
      'intialize volume',
      'task volume',
      'mounting volume',
    ),
    says(
      'error getting volume',
      'mount local volume',
      'volume specification',
      'volume plugin',
      'volume [',
      'set up volume',
      'volumeerror',
      'volume resources',
    ),
  ),
  rules: [
    {
      cause: 'storage/permission-denied',
      when: both(
        fileSystem,
        either(
          refused,
          says(
            'access denied by server',
            'permission denied',
            'not permitted',
            'invalid credentials',
            'security credentials',
            '(403)',
          ),
        ),
      ),
      because: 'The file system, its policy or its access point refused the mount.',
      example:
        "failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'",
    },
    {
      cause: 'storage/efs-unreachable',
      when: both(
        fileSystem,
        either(
          noAnswer,
          says(
            'failed to resolve',
            'name or service not known',
            'timed out',
            'due to timeout',
            'mount target',
            'file system id is correct',
          ),
          says('failed to locate an available port', 'unreachable'),
        ),
      ),
      because: 'The name of the file system did not resolve, or its mount target did not answer.',
      example:
        'failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct.',
    },
    {
      cause: 'storage/invalid-mount',
      when: both(fileSystem, says('no such file or directory', 'not a directory', 'does not exist')),
      because: 'The directory or the file system that should be mounted does not exist.',
      example:
        'failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: mounting fs-0123456789abcdef0:/data failed, reason given by server: No such file or directory',
    },
    {
      cause: 'storage/invalid-mount',
      when: says(
        'invalid characters for a local volume name',
        'volume mounts; invalid path',
        'invalid volume',
        'volume target not available',
        'must be absolute',
        'does not exist and autoprovision',
        'too short, names should be',
      ),
      because: 'The name or the path of the volume is not valid.',
      example: 'create ./nginx.conf: "./nginx.conf" includes invalid characters for a local volume name',
    },
    {
      cause: 'capacity/quota-exceeded',
      when: says('volumelimitexceeded', 'limitexceeded', 'limit exceeded', 'requestlimitexceeded'),
      because: 'A quota of Amazon EBS was exceeded.',
      example: 'ECS failed to create the EBS volume. Encountered VolumeLimitExceeded',
    },
    {
      cause: 'storage/volume-failed',
      when: always,
      confidence: 'unclear',
      because: 'A volume was not created or attached for a cause that has no row, or is not told.',
      example: 'CannotCreateVolumeError: unsupported volume type',
    },
  ],
};
