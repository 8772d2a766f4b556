import { describe, expect, it } from 'vitest';
import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import { type Facts, found, type ImageFacts, known, type TaskDefinitionFacts } from '../../shared/domain/facts.ts';
import { observedTask, observeTask } from '../../shared/domain/observe-task.ts';
import { signalOf } from '../parse/parsed-signal.ts';
import { eventIn, eventWith } from '../support/event-files.ts';

function observe(event: unknown, facts: Facts = {}) {
  const signal = signalOf(event, 'task-stopped');
  return observeTask(signal, diagnose(observedTask(signal, known(facts.taskDefinition))), facts);
}

const UNHEALTHY = 'ecs/task-stopped-container-health-check.json';
const NOT_FOUND = 'ecs/task-stopped-image-not-found.json';

const ledger = (stopTimeout?: number): TaskDefinitionFacts => ({
  family: 'ledger',
  revision: 32,
  containers: [
    {
      name: 'ledger',
      image: 'ledger:5.0.6',
      isEssential: true,
      logOptions: {},
      containerPorts: [],
      environmentNames: [],
      secrets: [],
      ...(stopTimeout !== undefined && { stopTimeout }),
    },
  ],
});

describe('exit code 137 after a stop that ECS decided on', () => {
  const timeoutIn = (event: unknown, facts?: Facts) =>
    /Container \w+ was then killed .*stop timeout of (\d+) s/.exec(observe(event, facts).diagnosis.summary)?.[1];

  it('is the end of the stop timeout, and the cause stays', () => {
    expect(observe(eventIn(UNHEALTHY)).diagnosis).toMatchObject({
      cause: 'health/container-check-failed',
      summary: expect.stringContaining(
        'Container ledger was then killed (exit code 137): its stop timeout of 30 s explains that',
      ),
    });
  });

  it.each([
    ['30 s where the task definition says nothing', { taskDefinition: found(ledger()) }, '30'],
    ['what the task definition says', { taskDefinition: found(ledger(45)) }, '45'],
    ['not it when the task was gone before', { taskDefinition: found(ledger(120)) }, undefined],
  ])('is %s', (_, facts, expected) => {
    expect(timeoutIn(eventIn(UNHEALTHY), facts)).toBe(expected);
  });

  it.each([
    ['the times are not known', { stoppingAt: undefined }],
    ['the code is another', { containers: [{ name: 'ledger', lastStatus: 'STOPPED', exitCode: 143 }] }],
    [
      'the container ended by itself',
      { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
    ],
  ])('is not explained when %s', (_, detail) => {
    expect(timeoutIn(eventWith(UNHEALTHY, detail))).toBeUndefined();
  });
});

describe("AWS's runbook", () => {
  const RUNBOOK = /TroubleshootECSTaskFailedToStart .*ClusterName=harbor-prod,TaskId=3ced7978c97d3104214a0f126781b9eb/;

  it('is the last step for a task that never ran', () => {
    expect(observe(eventIn(NOT_FOUND)).diagnosis.fix.at(-1)).toMatch(RUNBOOK);
  });

  it('is not for a task that ran', () => {
    const ran = eventWith(NOT_FOUND, { startedAt: '2026-11-17T09:15:00Z' });
    expect(observe(ran).diagnosis.fix.join()).not.toMatch(RUNBOOK);
  });
});

it('what further reads find changes the diagnosis and never the fingerprint', () => {
  const image: ImageFacts = { repository: 'checkout', reference: '2.31.0', exists: false };
  const event = eventWith(NOT_FOUND, {
    stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref',
  });
  const sharpened = observe(event, { image: found(image) });
  expect(observe(event).diagnosis.cause).toBe('image/pull-failed');
  expect(sharpened.diagnosis.cause).toBe('image/not-found');
  expect(sharpened.fingerprint).toBe(observe(event).fingerprint);
});
