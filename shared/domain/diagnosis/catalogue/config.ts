import { type Entry, the, when } from '../entry.ts';

export const config = {
  'config/command-unusable': {
    title: 'Command cannot run',
    summary: (v) =>
      `${v.command ?? 'The entry point or command'} is not in the image or may not be executed${when(v.exitCode, (code) => ` (exit code ${code})`)}.`,
    fix: (v) => [
      `Check that ${v.command ?? 'the command'} exists in ${the('image', v.image)} and has the execute bit.`,
      'Give the command as a list; a single string with spaces is looked up as one file name.',
      'Check the first line of scripts: a missing interpreter or Windows line ends read as "no such file".',
    ],
    page: 'task_definition_parameters.html',
  },
  'config/env-file-unavailable': {
    title: 'Environment file unavailable',
    summary: (v) => `An environment file could not be read from S3${when(v.resource, (resource) => ` (${resource})`)}.`,
    fix: (v) => [
      `Check that ${v.resource ?? 'the object named in `environmentFiles`'} exists and ends in .env.`,
      'Allow s3:GetObject on the file and s3:GetBucketLocation on its bucket for the execution role, and kms:Decrypt for an encrypted one.',
    ],
    page: 'use-environment-file.html',
  },
  'config/gpu-runtime': {
    title: 'GPU runtime refused',
    summary: () => 'The NVIDIA runtime or driver of the host refused the container.',
    fix: () => [
      'Use the GPU variant of the ECS-optimized AMI, with a driver that supports the CUDA version of the image.',
      'Or build the image for the CUDA version of the installed driver.',
      'Check that the container asks for GPUs with `resourceRequirements`.',
    ],
    page: 'ecs-gpu.html',
  },
  'config/invalid-setting': {
    title: 'Setting not accepted',
    summary: (v) =>
      `The host does not accept a setting of the task definition${when(v.device, (device) => `: it has no device ${device}`)}.`,
    fix: (v) => [
      ...(v.device === undefined
        ? []
        : [`Remove ${v.device} from the task definition, or use an instance type that has it.`]),
      'Compare the setting that the message names with what the launch type, the instance type and the operating system support.',
      'Register a corrected revision; a retry of this one fails alike.',
    ],
    page: 'task_definition_parameters.html',
  },
} satisfies Readonly<Record<string, Entry>>;
