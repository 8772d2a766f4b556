import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../shared/domain/diagnosis/diagnosis.ts';
import type { ObservedTask } from '../../../shared/domain/diagnosis/observed.ts';

const diagnoseTask = (task: Partial<ObservedTask>): Diagnosis => diagnose({ kind: 'task', containers: [], ...task });

type Outcome = Pick<Diagnosis, 'cause' | 'confidence' | 'benign'>;
const outcome = ({ cause, confidence, benign }: Diagnosis): Outcome => ({ cause, confidence, benign });
const certain = (cause: Diagnosis['cause'], benign = false): Outcome => ({ cause, confidence: 'certain', benign });
const likely = (cause: Diagnosis['cause'], benign = false): Outcome => ({ cause, confidence: 'likely', benign });
const unclear = (cause: Diagnosis['cause'], benign = false): Outcome => ({ cause, confidence: 'unclear', benign });

const OOM = 'OutOfMemoryError: Container killed due to memory usage';
const EXITED = 'Essential container in task exited';

describe('a stopped task', () => {
  it.each<[string, Partial<ObservedTask>, Outcome]>([
    [
      "a container's reason beats the reason of the task",
      { stoppedReason: 'Task failed to start', containers: [{ reason: 'CannotPullContainerError: no such image' }] },
      certain('image/not-found'),
    ],
    [
      'a specific reason of the task beats a vague one of a container',
      {
        stoppedReason: 'CannotPullContainerError: toomanyrequests',
        containers: [{ reason: 'CannotPullContainerError: inspect image has been retried 1 time(s)' }],
      },
      certain('image/rate-limited'),
    ],
    [
      'words beat the exit code',
      { stoppedReason: EXITED, containers: [{ exitCode: 1, reason: OOM }] },
      certain('memory/container-oom'),
    ],
    [
      'out of memory with exit code 0 is still out of memory',
      { containers: [{ exitCode: 0, reason: OOM }] },
      certain('memory/container-oom'),
    ],
    [
      'exit code 137 alone is not called out of memory',
      { containers: [{ exitCode: 137 }] },
      unclear('memory/sigkill-unexplained'),
    ],
    [
      'exit code 137 after a scale-in is a consequence',
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
        containers: [{ exitCode: 137 }],
      },
      certain('lifecycle/replaced-or-scaled-in', true),
    ],
    [
      'exit code 0 after a failed health check is a consequence',
      { stoppedReason: 'Task failed container health checks', containers: [{ exitCode: 0 }] },
      certain('health/container-check-failed'),
    ],
    [
      'a container that ran out of memory explains a failed health check, probably',
      {
        stoppedReason: 'Task failed ELB health checks in (target-group api)',
        containers: [{ exitCode: 137, reason: OOM }],
      },
      likely('memory/container-oom'),
    ],
    [
      'a scale-in stays a scale-in although a container ran out of memory',
      {
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
        containers: [{ exitCode: 137, reason: OOM }],
      },
      certain('lifecycle/replaced-or-scaled-in', true),
    ],
    [
      'the reason of StopTask is free text and never a cause',
      { stopCode: 'UserInitiated', stoppedReason: `testing: ${OOM}`, containers: [{ exitCode: 143 }] },
      certain('lifecycle/stopped-by-user', true),
    ],
    [
      'a forced deregistration is what it says, even with the stop code of a person',
      { stopCode: 'UserInitiated', stoppedReason: 'Container instance deregistration forced by user' },
      certain('platform/host-removed', true),
    ],
    [
      'a terminated host is nobody’s wish',
      { stoppedReason: 'Host EC2 (instance i-0a1b2c3d4e) terminated.' },
      certain('platform/host-removed'),
    ],
    [
      'a Spot interruption is not benign',
      {
        stopCode: 'SpotInterruption',
        stoppedReason: 'Your Spot Task was interrupted.',
        containers: [{ exitCode: 143 }],
      },
      certain('platform/spot-interruption'),
    ],
    [
      'the stop code alone tells a Spot interruption',
      { stopCode: 'SpotInterruption' },
      certain('platform/spot-interruption'),
    ],
    [
      'a scheduler stop without a reason is only guessed at',
      { stopCode: 'ServiceSchedulerInitiated' },
      unclear('lifecycle/replaced-or-scaled-in', true),
    ],
    [
      'lost agents have a stop code of their own',
      { stopCode: 'InfrastructureHealth', stoppedReason: 'Container instance agent disconnected' },
      certain('platform/agent-disconnected'),
    ],
    [
      'a job that ends with 0 did its work',
      { stopCode: 'EssentialContainerExited', containers: [{ exitCode: 0 }] },
      certain('app/exited-zero', true),
    ],
    [
      'a service that ends with 0 did not',
      { stopCode: 'EssentialContainerExited', belongsToService: true, containers: [{ exitCode: 0 }] },
      certain('app/exited-zero'),
    ],
    [
      'an exit without a code is unknown',
      { stopCode: 'EssentialContainerExited', stoppedReason: EXITED },
      unclear('app/exit-unknown'),
    ],
    [
      'an exit code in the text counts when containers have none',
      { stoppedReason: `${EXITED} (exit code 3)` },
      certain('app/exited-nonzero'),
    ],
    [
      '"failed to start" alone says nothing',
      { stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' },
      unclear('platform/unspecified-failure'),
    ],
    ['nothing at all says nothing', {}, unclear('platform/unspecified-failure')],
    [
      'a stop code that does not exist yet does no harm',
      { stopCode: 'toString', stoppedReason: 'New words' },
      unclear('platform/unspecified-failure'),
    ],
    [
      'volumes fail in their attachment and nowhere else',
      {
        stoppedReason: 'Task failed to start',
        attachmentReasons: ['ECS was unable to assume the configured ECS Infrastructure Role'],
      },
      certain('iam/role-assume-failed'),
    ],
    [
      'a cut message gets the fallback',
      {
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref',
      },
      unclear('image/pull-failed'),
    ],
    [
      'missing or private cannot be told apart: ECR',
      {
        stoppedReason:
          "pull access denied for 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/api, repository does not exist or may require 'docker login'",
      },
      likely('image/ecr-access-denied'),
    ],
    [
      'missing or private cannot be told apart: other registries',
      { stoppedReason: "pull access denied for api, repository does not exist or may require 'docker login'" },
      likely('image/registry-auth'),
    ],
    [
      'a login without an answer is a call to an AWS API',
      {
        stoppedReason:
          'unable to pull secrets or registry auth: unable to retrieve ecr registry auth: RequestError: send request failed',
      },
      certain('network/aws-endpoint-unreachable'),
    ],
    [
      'a pull without an answer is a request to the registry',
      {
        stoppedReason:
          'CannotPullContainerError: failed to resolve ref x:1: failed to do request: Head: dial tcp: i/o timeout',
      },
      certain('network/registry-unreachable'),
    ],
    [
      'a missing log group that a dead connection explains is the connection',
      {
        stoppedReason:
          'failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch.',
      },
      certain('network/aws-endpoint-unreachable'),
    ],
    [
      'the name of an image is not evidence, however often it is repeated',
      { stoppedReason: 'CannotPullContainerError: failed to resolve ref x/oauth-token:1: x/oauth-token:1: not found' },
      certain('image/not-found'),
    ],
    [
      'names that somebody chose are not evidence',
      {
        stoppedReason:
          'unable to retrieve secret from asm: AccessDeniedException: arn:aws:secretsmanager:eu-west-1:111122223333:secret:oom-killed-dial-tcp',
      },
      certain('secrets/access-denied'),
    ],
  ])('%s', (_sentence, task, expected) => {
    expect(outcome(diagnoseTask(task))).toEqual(expected);
  });
});

describe('the culprit', () => {
  it.each<[string, ObservedTask['containers'], string | undefined, Diagnosis['cause']]>([
    [
      'a failing container beside one that ended well',
      [
        { name: 'envoy', exitCode: 0 },
        { name: 'web', exitCode: 3 },
      ],
      'web',
      'app/exited-nonzero',
    ],
    [
      'the essential one',
      [
        { name: 'log', exitCode: 1, isEssential: false },
        { name: 'web', exitCode: 0, isEssential: true },
      ],
      'web',
      'app/exited-zero',
    ],
    [
      'not the one that was stopped in its wake',
      [
        { name: 'log', exitCode: 143 },
        { name: 'web', exitCode: 2 },
      ],
      'web',
      'app/exited-nonzero',
    ],
    [
      'a job that ended beside a sidecar that was then stopped',
      [
        { name: 'log', exitCode: 143 },
        { name: 'job', exitCode: 0 },
      ],
      'job',
      'app/exited-zero',
    ],
    [
      'a killed container beside one that ended well',
      [
        { name: 'web', exitCode: 137 },
        { name: 'log', exitCode: 0 },
      ],
      'web',
      'memory/sigkill-unexplained',
    ],
    [
      'never a sidecar of AWS',
      [
        { name: 'aws-gd-agent', exitCode: 1, reason: OOM },
        { name: 'web', exitCode: 2 },
      ],
      'web',
      'app/exited-nonzero',
    ],
    [
      'never the Service Connect proxy',
      [
        { name: 'ecs-service-connect-Ab12', exitCode: 1 },
        { name: 'web', exitCode: 0 },
      ],
      'web',
      'app/exited-zero',
    ],
    ['nobody when it has no name', [{ exitCode: 1 }], undefined, 'app/exited-nonzero'],
    [
      'another one when the essential ones show nothing',
      [
        { name: 'web', isEssential: true },
        { name: 'init', exitCode: 1, isEssential: false },
      ],
      'init',
      'app/exited-nonzero',
    ],
  ])('is %s', (_sentence, containers, culprit, cause) => {
    const diagnosis = diagnoseTask({ stopCode: 'EssentialContainerExited', stoppedReason: EXITED, containers });
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.culprit).toBe(culprit);
  });

  it('is in doubt when another container was killed', () => {
    const containers = [
      { name: 'web', exitCode: 137 },
      { name: 'log', exitCode: 1 },
    ];
    expect(outcome(diagnoseTask({ stoppedReason: EXITED, containers }))).toEqual(likely('app/exited-nonzero'));
  });

  it('is in doubt when two containers name two causes', () => {
    const diagnosis = diagnoseTask({
      containers: [
        { name: 'a', reason: OOM },
        { name: 'b', reason: 'exec format error' },
      ],
    });
    expect(outcome(diagnosis)).toEqual(likely('memory/container-oom'));
  });
});

describe('evidence', () => {
  it('names the field that decided and keeps its text as it came', () => {
    const reason = 'CannotStartContainerError: exec: \\"serve\\": executable file not found in $PATH\n';
    const { evidence } = diagnoseTask({ stoppedReason: 'Task failed to start', containers: [{ name: 'web', reason }] });
    expect(evidence).toEqual([{ field: 'containers[web].reason', text: reason }]);
  });

  it('shows exit code, stop code and stopped reason together', () => {
    const { evidence } = diagnoseTask({
      stopCode: 'EssentialContainerExited',
      stoppedReason: EXITED,
      containers: [{ exitCode: 7 }],
    });
    expect(evidence.map(({ field }) => field)).toEqual(['containers[0].exitCode', 'stopCode', 'stoppedReason']);
  });
});

describe('a service event', () => {
  it.each<[string, { message?: string; eventName?: string }, Outcome]>([
    [
      'its words beat its name',
      { eventName: 'SERVICE_TASK_PLACEMENT_FAILURE', message: 'RESOURCE:FARGATE' },
      certain('capacity/fargate-unavailable'),
    ],
    ['its name counts without words', { eventName: 'SERVICE_STEADY_STATE' }, certain('lifecycle/progress', true)],
    [
      'a placement failure without words is vague',
      { eventName: 'SERVICE_TASK_PLACEMENT_FAILURE' },
      unclear('capacity/insufficient-resources'),
    ],
    [
      'an unknown name without words is unknown',
      { eventName: 'SERVICE_SOMETHING_NEW' },
      unclear('platform/unspecified-failure'),
    ],
    [
      'a wrapper does not change the cause',
      { message: '(service CannotPullContainerError) was unable to place a task. Reason: RESOURCE:GPU.' },
      certain('capacity/insufficient-resources'),
    ],
    [
      'a failed launch is a wrapper too',
      {
        message:
          "service api failed to launch a task with (error ECS was unable to assume the role 'x' that was provided for this task.)",
      },
      certain('iam/role-assume-failed'),
    ],
    [
      'tokens are whole words: an agent in a name is no agent',
      { message: '(service agent) has started 1 tasks: (task 1).' },
      certain('lifecycle/progress', true),
    ],
    [
      'a draining target is not a draining instance',
      { message: '(service api) has begun draining connections on 1 tasks.' },
      certain('lifecycle/progress', true),
    ],
  ])('%s', (_sentence, event, expected) => {
    expect(outcome(diagnose({ kind: 'service', ...event }))).toEqual(expected);
  });
});

describe('a deployment', () => {
  const oom = diagnoseTask({ containers: [{ name: 'web', reason: OOM }] });
  const exited = diagnoseTask({ containers: [{ name: 'web', exitCode: 1 }] });
  const scaledIn = diagnoseTask({ stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' });
  const reason = 'ECS deployment circuit breaker: tasks failed to start.';

  it('has the cause of its stopped tasks', () => {
    const diagnosis = diagnose({ kind: 'deployment', phase: 'failed', reason, tasks: [oom, oom] });
    expect(outcome(diagnosis)).toEqual(certain('memory/container-oom'));
    expect(diagnosis.culprit).toBe('web');
    expect(diagnosis.summary).toBe(oom.summary);
    expect(diagnosis.evidence.map(({ field }) => field)).toEqual(['tasks[0].containers[web].reason', 'reason']);
  });

  it('has the cause that most of them share, and says that it is only likely', () => {
    const diagnosis = diagnose({ kind: 'deployment', reason, tasks: [exited, oom, scaledIn, oom] });
    expect(outcome(diagnosis)).toEqual(likely('memory/container-oom'));
  });

  it.each<[string, Parameters<typeof diagnose>[0], Outcome]>([
    [
      'says that tasks failed when none of them says why',
      { kind: 'deployment', reason, tasks: [scaledIn] },
      certain('deployment/tasks-failed-to-start'),
    ],
    [
      'keeps an alarm as the cause, whatever the tasks say',
      { kind: 'deployment', reason: '(deployment ecs-svc/1) deployment failed: alarm detected.', tasks: [oom] },
      certain('deployment/alarm-triggered'),
    ],
    [
      'rolls back',
      { kind: 'deployment', reason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.' },
      certain('deployment/rolled-back'),
    ],
    [
      'is told by its flags when there is no reason',
      { kind: 'deployment', phase: 'in-progress', isRollback: true },
      likely('deployment/rolled-back'),
    ],
    ['failed without a reason', { kind: 'deployment', phase: 'failed' }, likely('deployment/tasks-failed-to-start')],
    [
      'goes on',
      { kind: 'deployment', phase: 'in-progress', reason: 'ECS deployment ecs-svc/1 in progress.' },
      certain('lifecycle/progress', true),
    ],
    ['says nothing', { kind: 'deployment' }, unclear('platform/unspecified-failure')],
  ])('%s', (_sentence, observed, expected) => {
    expect(outcome(diagnose(observed))).toEqual(expected);
  });
});
