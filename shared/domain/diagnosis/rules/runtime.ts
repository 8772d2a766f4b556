import { type Area, always, both, either, matches, not, says } from '../rule.ts';

/** Creating and starting the container on its host. */
export const runtime: Area = {
  applies: either(
    says(
      'cannotstart',
      'cannotcreate',
      'cannotstop',
      'cannotinspect',
      'cannotdescribe',
      'cannotremove',
      'cannotget',
      'cannotlist',
    ),
    says(
      'containerruntimeerror',
      'dockerstateerror',
      'hostconfigerror',
      'containervanished',
      'taskstateerror',
      'nosuchcontainer',
    ),
    says(
      'runc',
      'oci runtime',
      'container process',
      'exec user process',
      'shim task',
      'containerd',
      'docker',
      'hcsshim',
    ),
    says(
      'error response from daemon',
      'api error (',
      'devicemapper',
      'devmapper',
      'executable file not found',
      'cgroup',
    ),
    says(
      'container_linux.go',
      'nvidia',
      'failed to chown',
      'failed to get container status',
      'custom device',
      'impossiblestate',
    ),
  ),
  rules: [
    {
      cause: 'config/gpu-runtime',
      when: says('nvidia', 'cuda', 'capabilities: [[gpu', 'libnvidia', 'gpu driver'),
      because: 'The NVIDIA hook or driver refused the container.',
      example:
        'CannotStartContainerError: OCI runtime create failed: nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.0',
    },
    {
      cause: 'capacity/port-in-use',
      when: says('port is already allocated', 'address already in use', 'ports are not available', 'bind for 0.0.0.0'),
      because: 'The host port is taken.',
      example:
        'CannotStartContainerError: driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:80 failed: port is already allocated',
    },
    {
      cause: 'platform/runtime-failure',
      when: says('iptables', 'connect to the docker daemon', 'error during connect', 'already in use by container'),
      because: 'The daemon or the kernel of the host failed.',
      example:
        'CannotStartContainerError: driver failed programming external connectivity on endpoint web: iptables failed: no chain',
    },
    {
      cause: 'platform/runtime-failure',
      when: says('devicemapper', 'devmapper'),
      confidence: 'likely',
      because: 'The storage driver of the host failed; a full pool begins with the same words.',
      example:
        'CannotCreateContainerError: API error (500): devicemapper: Error running deviceResume dm_task_run failed',
    },
    {
      cause: 'capacity/port-in-use',
      when: says('failed programming external connectivity', 'userland proxy'),
      confidence: 'likely',
      because: 'Publishing the port failed, nearly always because it is taken; the text is cut before the reason.',
      example: 'CannotStartContainerError: driver failed programming external connectivity on endpoint ecs-web-7',
    },
    {
      cause: 'config/invalid-setting',
      when: says(
        'device information',
        'runtime spec devices',
        'adding custom device',
        'memory limit',
        'memory reservation',
        'rlimit',
        'ulimit',
        'chdir to cwd',
        'unable to find user',
        'no matching entries in passwd',
        'kernel does not support',
        'sysctl',
        'conflicting options',
        'unknown capability',
        'invalid capability',
        'security-opt',
        'range of cpus',
        'invalid hostname',
        'credentialspec',
        'invalid runtime',
        'invalid link',
        'cannot link to',
        'seccomp',
        'host type networking',
        'not supported on windows',
      ),
      because: 'The host or its operating system does not accept a setting of the task definition.',
      example: 'CannotCreateContainerError: Error response from daemon: Minimum memory limit allowed is 6MB',
    },
    {
      cause: 'config/command-unusable',
      when: either(
        says('executable file not found', 'no command specified', 'argument list too long'),
        both(
          matches(/(?<!fork\/)\bexec(?: user process|:| \/|\()|createprocess\b/),
          says(
            'no such file',
            'permission denied',
            'is a directory',
            'not found',
            'cannot find the file',
            'cannot find the path',
          ),
        ),
      ),
      because: 'The entry point or the command is not in the image or may not be executed.',
      example:
        'CannotStartContainerError: OCI runtime create failed: exec: "serve": executable file not found in $PATH: unknown',
    },
    {
      cause: 'config/command-unusable',
      when: both(matches(/(?:process(?: caused)?|runc create failed|caused):? "?exec: /), not(says('hook', 'cgroup'))),
      confidence: 'likely',
      because: 'The runtime failed to execute the command; the text is cut before the reason.',
      example:
        'CannotStartContainerError: runc create failed: unable to start container process: exec: "/usr/bin/serve": stat /usr',
    },
    {
      cause: 'storage/volume-failed',
      when: says('volume'),
      confidence: 'unclear',
      because: 'The runtime failed over a volume; the text says no more.',
      example: 'CannotCreateContainerError: API error (500): create volume data: driver rexray timed out',
    },
    {
      cause: 'platform/runtime-failure',
      when: always,
      confidence: 'unclear',
      because: 'The runtime failed and the text gives no cause, or one that has no row.',
      example: 'ContainerRuntimeError: failed to create shim task',
    },
  ],
};
