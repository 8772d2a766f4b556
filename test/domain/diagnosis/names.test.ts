import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import { parseObserved } from '../../../shared/domain/diagnosis/parse-observed.ts';

const ofInput = (kind: string, input: unknown) => {
  const observed = parseObserved(kind, input);
  if (observed === undefined) throw new Error(`unknown kind ${kind}`);
  return diagnose(observed);
};
const ofReason = (reason: string) => ofInput('task', { containers: [{ reason }] });
const start = 'CannotStartContainerError: OCI runtime create failed: runc create failed:';

describe('names that somebody chose say nothing about the cause', () => {
  it.each([
    [
      'an image called after a rate limit is missing',
      'CannotPullContainerError: failed to resolve ref docker.io/acme/toomanyrequests:1: docker.io/acme/toomanyrequests:1: not found',
      'image/not-found',
    ],
    [
      'its registry is silent',
      'CannotPullContainerError: failed to do request: Head "https://registry.acme.test/v2/toomanyrequests/manifests/1": dial tcp 203.0.113.7:443: i/o timeout',
      'network/registry-unreachable',
    ],
    [
      'a program called after the OOM killer is missing',
      `${start} exec: "/app/oom-killed": stat /app/oom-killed: no such file or directory: unknown`,
      'config/command-unusable',
    ],
    [
      'so is one of the graphics driver',
      `${start} exec: "/usr/bin/nvidia-smi": stat /usr/bin/nvidia-smi: no such file or directory: unknown`,
      'config/command-unusable',
    ],
    [
      'a file below a directory called cuda is mounted onto a directory',
      `${start} error mounting "/data/cuda/config.toml" to rootfs at "/etc/cuda/config.toml": not a directory: unknown`,
      'storage/invalid-mount',
    ],
    [
      'a container called after an error is waited for',
      'dependency graph: container ordering dependency [outofmemory-guard] for target [web] has timed out.',
      'app/dependency-failed',
    ],
    [
      'a directory called efs is no file system of that kind',
      `${start} error mounting "/opt/efs/app.conf" to rootfs at "/etc/app.conf": not a directory: unknown`,
      'storage/invalid-mount',
    ],
  ])('%s', (_sentence, reason, cause) => {
    expect(ofReason(reason).cause).toBe(cause);
  });

  it.each(['OutOfMemoryError', 'agent', 'CannotPullContainerError', 'RESOURCE:MEMORY', 'spot-interruption'])(
    'a container called %s ends with its own code',
    (name) => {
      const { cause, culprit } = ofInput('task', {
        stopCode: 'EssentialContainerExited',
        containers: [{ name, exitCode: 1 }],
      });
      expect({ cause, culprit }).toEqual({ cause: 'app/exited-nonzero', culprit: name });
    },
  );

  it.each(['oom-killer', 'out of memory', 'no-space-left', 'rollback', 'alarm-5xx', 'CannotPullContainerError'])(
    'a service called %s is steady',
    (name) => {
      const { cause, benign } = ofInput('service', { message: `(service ${name}) has reached a steady state.` });
      expect({ cause, benign }).toEqual({ cause: 'lifecycle/progress', benign: true });
    },
  );

  it.each([
    'Essential container in task exited',
    'OutOfMemoryError: killed it myself',
    'CannotPullContainerError in production, stopping by hand',
    'Task failed ELB health checks',
    'RESOURCE:MEMORY',
  ])('a person who stops a task may write "%s"', (stoppedReason) => {
    const { cause, benign } = ofInput('task', {
      stopCode: 'UserInitiated',
      stoppedReason,
      containers: [{ exitCode: 137 }],
    });
    expect({ cause, benign }).toEqual({ cause: 'lifecycle/stopped-by-user', benign: true });
  });
});

describe('success', () => {
  it.each([
    ['a scheduled job', { group: 'family:nightly' }, true],
    ['a task of a service, by its group', { group: 'service:api' }, false],
    ['a task of a service, by what started it', { startedBy: 'ecs-svc/1234567890123456789' }, false],
    ['a task of which nothing is known', {}, true],
  ])('of %s', (_who, origin, benign) => {
    const input = { ...origin, stopCode: 'EssentialContainerExited', containers: [{ name: 'app', exitCode: 0 }] };
    expect(ofInput('task', input)).toMatchObject({ cause: 'app/exited-zero', benign });
  });
});
