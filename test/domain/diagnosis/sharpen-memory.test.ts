import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import { sharpen } from '../../../shared/domain/diagnosis/sharpen.ts';
import { found, type TaskDefinitionFacts } from '../../../shared/domain/facts.ts';

const stopped = (container: { readonly exitCode?: number; readonly reason?: string }) =>
  diagnose({
    kind: 'task',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'worker', ...container }],
  });
const killed = stopped({ exitCode: 137 });
const outOfMemory = stopped({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' });
const unknown = stopped({});

const definition = (memoryReservation?: number): TaskDefinitionFacts => ({
  family: 'report-worker',
  revision: 12,
  memory: 1024,
  containers: [
    {
      name: 'worker',
      image: 'report-worker:2',
      isEssential: true,
      logOptions: {},
      containerPorts: [],
      environmentNames: [],
      secrets: [],
      ...(memoryReservation !== undefined && { memoryReservation }),
    },
  ],
});
const at = Date.UTC(2026, 10, 17, 3, 1);
const withPeak = (diagnosis: typeof killed, peak: number, taskDefinition = definition()) =>
  sharpen(diagnosis, {
    memory: found({ namespace: 'AWS/ECS', peak, at }),
    taskDefinition: found(taskDefinition),
  });

describe('exit code 137 without words', () => {
  it('is probably out of memory when memory was nearly full, and keeps its cause', () => {
    expect(withPeak(killed, 97.3)).toMatchObject({
      cause: 'memory/sigkill-unexplained',
      confidence: 'likely',
      summary:
        'Container worker was killed (exit code 137); memory stood at 97 % of 1024 MiB at 2026-11-17 03:01 UTC: probably out of memory.',
      confirmedBy: ['cloudwatch:GetMetricData'],
    });
  });

  it.each([
    [90, 'likely'],
    [89.9, 'unclear'],
    [41, 'unclear'],
  ] as const)('at %s percent is %s', (peak, confidence) => {
    expect(withPeak(killed, peak).confidence).toBe(confidence);
  });

  it('is not explained by memory that was free', () => {
    expect(withPeak(killed, 41.2).summary).toBe(
      'Container worker was killed (exit code 137) and ECS does not say why; memory, read once a minute, peaked at 41 % of 1024 MiB at 2026-11-17 03:01 UTC, which does not explain it.',
    );
  });

  it('is not explained by use above a reservation, which is no limit', () => {
    const { confidence, summary } = withPeak(killed, 140, definition(512));
    expect(confidence).toBe('unclear');
    expect(summary).toContain('140 % of the reservation');
  });
});

it('out of memory gets its number', () => {
  const { cause, confidence, summary } = withPeak(outOfMemory, 97.3);
  expect([cause, confidence]).toEqual(['memory/container-oom', 'certain']);
  expect(summary).toMatch(/ran out of memory.*\. Memory peaked at 97 % of 1024 MiB/);
});

it('a container that ended without a code may have run out of memory, if memory was nearly full', () => {
  expect(withPeak(unknown, 95)).toMatchObject({ cause: 'app/exit-unknown', confidence: 'unclear' });
  expect(withPeak(unknown, 95).summary).toContain('95 % of 1024 MiB');
  expect(withPeak(unknown, 40).summary).toBe(unknown.summary);
});
