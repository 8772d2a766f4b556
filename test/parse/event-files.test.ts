import { describe, expect, it, test } from 'vitest';
import type { Parsed } from '../../shared/domain/parsed.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { readEvents } from '../../shared/parse/sqs-record.ts';
import { eventFiles, eventFileText, eventIn } from '../support/event-files.ts';
import { signalOf } from './parsed-signal.ts';

/** What every file of `events/` is, event by event. A file without a row fails, and so does a row without a file. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'ecs/container-instance-health-impaired.json': ['host-health-changed: IMPAIRED'],
  'ecs/deployment-completed.json': ['deployment-changed: completed'],
  'ecs/deployment-failed-circuit-breaker.json': ['deployment-changed: failed'],
  'ecs/deployment-in-progress.json': ['deployment-changed: in-progress'],
  'ecs/deployment-rollback-started.json': ['deployment-changed: in-progress, rollback'],
  'ecs/hook-awaiting-action.json': ['hook-changed: HOOK_AWAITING_ACTION'],
  'ecs/hook-timed-out.json': ['hook-changed: HOOK_TIMED_OUT'],
  'ecs/service-deployment-failed.json': ['deployment-changed: failed'],
  'ecs/service-placement-failure-ec2-cpu.json': ['service-acted: SERVICE_TASK_PLACEMENT_FAILURE'],
  'ecs/service-placement-failure-fargate.json': ['service-acted: SERVICE_TASK_PLACEMENT_FAILURE'],
  'ecs/service-steady-state.json': ['service-acted: SERVICE_STEADY_STATE'],
  'ecs/service-task-start-impaired.json': ['service-acted: SERVICE_TASK_START_IMPAIRED'],
  'ecs/task-deprovisioning.json': ['ignored: not-final'],
  'ecs/task-running.json': ['ignored: not-final'],
  'ecs/task-spot-warning.json': ['spot-warned: SpotInterruption'],
  'ecs/task-stop-requested-still-running.json': ['ignored: not-final'],
  'ecs/task-stopped-by-user.json': ['task-stopped: UserInitiated'],
  'ecs/task-stopped-container-health-check.json': ['task-stopped: ServiceSchedulerInitiated'],
  'ecs/task-stopped-ec2-host-terminated.json': ['task-stopped: TerminationNotice'],
  'ecs/task-stopped-elb-health-check.json': ['task-stopped: ServiceSchedulerInitiated'],
  'ecs/task-stopped-essential-exit-1-sidecar-0.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-fargate-maintenance.json': ['task-stopped: no code'],
  'ecs/task-stopped-image-not-found.json': ['task-stopped: TaskFailedToStart'],
  'ecs/task-stopped-image-pull-denied.json': ['task-stopped: TaskFailedToStart'],
  'ecs/task-stopped-in-china.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-in-govcloud.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-infrastructure-health.json': ['task-stopped: InfrastructureHealth'],
  'ecs/task-stopped-job-exit-0.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-log-group-missing.json': ['task-stopped: TaskFailedToStart'],
  'ecs/task-stopped-out-of-memory.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-scaled-in.json': ['task-stopped: ServiceSchedulerInitiated'],
  'ecs/task-stopped-secret-access-denied.json': ['task-stopped: TaskFailedToStart'],
  'ecs/task-stopped-short-arn.json': ['task-stopped: EssentialContainerExited'],
  'ecs/task-stopped-spot.json': ['task-stopped: SpotInterruption'],
  'ecs/task-stopped-unknown-stop-code.json': ['task-stopped: CapacityRebalanced'],
  'health/operational-issue-public.json': ['health-notified: open, page 1 of 1, 0 entities'],
  'health/other-service-ec2.json': ['ignored: not-ecs'],
  'health/retirement-services-backup-copy.json': ['ignored: backup-copy'],
  'health/retirement-services-legacy.json': ['health-notified: no status, page 1 of 1, 1 entities'],
  'health/retirement-services-page-1-of-2.json': ['health-notified: upcoming, page 1 of 2, 2 entities'],
  'health/retirement-services-page-2-of-2.json': ['health-notified: upcoming, page 2 of 2, 2 entities'],
  'health/retirement-services-resolved.json': ['health-notified: closed, page 1 of 1, 3 entities'],
  'health/retirement-services.json': ['health-notified: upcoming, page 1 of 1, 3 entities'],
  'health/retirement-tasks.json': ['health-notified: upcoming, page 1 of 1, 2 entities'],
  'health/security-notification.json': ['health-notified: open, page 1 of 1, 1 entities'],
  'malformed/health-without-event-arn.json': ['malformed: detail.eventArn, an AWS Health event ARN'],
  'malformed/task-containers-not-a-list.json': ['malformed: detail.containers, a list'],
  'malformed/task-without-arn.json': ['malformed: detail.taskArn, a task ARN'],
  'sqs/batch-of-two.json': ['task-stopped: TaskFailedToStart', 'deployment-changed: failed'],
  'sqs/batch-with-one-malformed.json': [
    'task-stopped: EssentialContainerExited',
    'malformed: event, a JSON object',
    'service-acted: SERVICE_STEADY_STATE',
  ],
  'sqs/dead-letter.json': ['task-stopped: EssentialContainerExited'],
  'sqs/wrapped-by-sns.json': ['task-stopped: ServiceSchedulerInitiated'],
};

describe('the recorded events', () => {
  it('have a row each', () => {
    expect(eventFiles).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.entries(EXPECTED))('%s', (path, outcomes) => {
    expect(readEvents(eventFileText(path)).map((raw) => summaryOf(parseEvent(raw)))).toEqual(outcomes);
  });

  it('tell of a failed deployment one of whose tasks is recorded', () => {
    const deployment = signalOf(eventIn('ecs/deployment-failed-circuit-breaker.json'), 'deployment-changed');
    const task = signalOf(eventIn('ecs/task-stopped-image-not-found.json'), 'task-stopped');
    expect(task.state.startedBy).toBe(deployment.deploymentId);
    expect(task.state.group).toEqual({ kind: 'service', service: deployment.service.service });
    expect(task.state.task.cluster).toBe(deployment.service.cluster);
  });
});

function summaryOf(parsed: Parsed): string {
  if (parsed.status === 'ignored') return `ignored: ${parsed.reason}`;
  if (parsed.status === 'malformed') return `malformed: ${parsed.field}, ${parsed.expected}`;
  const { signal } = parsed;
  switch (signal.kind) {
    case 'task-stopped':
    case 'spot-warned':
      return `${signal.kind}: ${signal.state.stopCode ?? 'no code'}`;
    case 'deployment-changed':
      return `${signal.kind}: ${signal.phase}${signal.isRollback ? ', rollback' : ''}`;
    case 'service-acted':
    case 'hook-changed':
      return `${signal.kind}: ${signal.eventName}`;
    case 'host-health-changed':
      return `${signal.kind}: ${signal.status}`;
    case 'health-notified': {
      const pages = `page ${signal.page} of ${signal.totalPages}`;
      return `${signal.kind}: ${signal.status ?? 'no status'}, ${pages}, ${signal.entities.length} entities`;
    }
  }
}
