import { type Entry, the, when } from '../entry.ts';

export const storage = {
  'storage/disk-full': {
    title: 'Disk full',
    summary: (v) => `There was no space left on the disk${when(v.path, (path) => ` while writing ${path}`)}.`,
    fix: () => [
      'Fargate: raise `ephemeralStorage` (20 GiB by default, 200 GiB at most).',
      'EC2: enlarge the volume, let the agent clean up images sooner, and bound json-file logs with `max-size`.',
      'Make the image smaller.',
    ],
    page: 'fargate-task-storage.html',
  },
  'storage/invalid-mount': {
    title: 'Invalid mount',
    summary: (v) =>
      `${v.path ?? v.volume ?? v.fileSystem ?? 'A mount'} does not exist, has the wrong type or an invalid name.`,
    fix: (v) => [
      `Check source and target of the mount${when(v.path, (path) => ` ${path}`)} in \`volumes\` and \`mountPoints\`.`,
      'A directory cannot be mounted onto a file, nor a file onto a directory.',
      'EFS: create the directory first, or use an access point that creates it.',
    ],
    page: 'using_data_volumes.html',
  },
  'storage/efs-unreachable': {
    title: 'File system unreachable',
    summary: (v) =>
      `${v.fileSystem === undefined ? 'The file system' : `File system ${v.fileSystem}`} did not resolve or did not answer.`,
    fix: (v) => [
      `Check that ${the('file system', v.fileSystem)} has a mount target in every zone of the service.`,
      'Let the security group of the mount targets accept port 2049 from the tasks.',
      'Switch on DNS resolution and DNS host names in the VPC.',
    ],
    page: 'efs-volumes.html',
  },
  'storage/permission-denied': {
    title: 'Mount refused',
    summary: (v) => `Mounting or preparing ${v.fileSystem ?? v.path ?? 'a volume'} was refused.`,
    fix: (v) => [
      `Allow ${v.action ?? 'elasticfilesystem:ClientMount and ClientWrite'} for the task role, in IAM and in the file system policy.`,
      'Check owner and mode of the directory against the POSIX user of the access point and the user of the container.',
      'On EC2 an access point with a POSIX user forbids the chown with which Docker fills an empty volume.',
    ],
    page: 'efs-volumes.html',
  },
  'storage/volume-failed': {
    title: 'Volume failed',
    summary: (v) =>
      `${v.volume === undefined ? 'A volume' : `Volume ${v.volume}`} of the task was not created or attached.`,
    fix: () => [
      'EBS: check the infrastructure role, the key and its policy, and that the file system format fits the operating system and the snapshot.',
      'Plugins: check on the instance that the plugin runs and knows the volume.',
      'If it happened once, let ECS try again.',
    ],
    page: 'troubleshoot-ebs-volumes.html',
  },
} satisfies Readonly<Record<string, Entry>>;
