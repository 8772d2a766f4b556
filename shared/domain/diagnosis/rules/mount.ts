import { type Area, both, either, matches, not, says } from '../rule.ts';

const mounting = says(
  'rootfs_linux',
  'mounting',
  'mountpoint',
  'mount point',
  'invalid mount',
  'bind source path',
  'bind mount',
  'mount source',
  'to mount a directory',
  'error while mounting',
  'while creating mount',
  'read-only file system',
);
const denied = says('permission denied', 'not permitted', 'access denied');

/** File systems that the runtime mounts on its own account; nobody asked for them in a task definition. */
const ofKernel = matches(/mounting "(?:cgroup|proc|sysfs|devpts|mqueue|shm)"/);

/** Mounts that the runtime sets up inside the container. Without a fallback: the rest is a matter of `runtime.ts`. */
export const mount: Area = {
  applies: both(either(mounting, says('chown', 'chmod', 'copy file info')), not(either(says('nvidia'), ofKernel))),
  rules: [
    {
      cause: 'storage/permission-denied',
      when: both(
        says('chown', 'chmod', 'copy file info', 'mounting "', 'mount source', 'error while mounting'),
        denied,
      ),
      because: 'A file operation on a volume was refused.',
      example: 'CannotCreateContainerError: failed to chown /var/lib/ecs/volumes/data: operation not permitted',
    },
    {
      cause: 'storage/permission-denied',
      when: both(mounting, denied),
      confidence: 'likely',
      because: 'Something was refused while the root file system was prepared; the text does not say what.',
      example:
        'OCI runtime create failed: container init caused "rootfs_linux.go:50: preparing rootfs: permission denied"',
    },
    {
      cause: 'storage/invalid-mount',
      when: both(
        mounting,
        says(
          'no such file',
          'not a directory',
          'does not exist',
          'read-only file',
          'invalid mount',
          'directory onto a file',
          'is a directory',
          'duplicate',
          'file exists',
        ),
      ),
      because: 'A mount source or target does not exist or has the wrong type.',
      example:
        'CannotStartContainerError: OCI runtime create failed: rootfs_linux.go:76: mounting "/etc/app.conf" to rootfs at "/etc/app.conf": not a directory',
    },
    {
      cause: 'storage/invalid-mount',
      when: says('rootfs_linux', 'to rootfs'),
      confidence: 'likely',
      because: 'The runtime failed while it set up mounts; the text is cut before the reason.',
      example: 'CannotStartContainerError: OCI runtime create failed: container init caused "rootfs_linux.go:58',
    },
  ],
};
