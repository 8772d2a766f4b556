import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';

const stop = (stoppedReason: string, stopCode?: string) =>
  diagnose({
    kind: 'task',
    stoppedReason,
    containers: [{ name: 'app', exitCode: 143, isEssential: true }],
    ...(stopCode !== undefined && { stopCode }),
  });

describe('a task that Slackwater stopped itself', () => {
  test.each([
    ['with the stop code of a person', 'UserInitiated'],
    ['without a stop code', undefined],
  ])('needs nobody, and says who it was: %s', (_, stopCode) => {
    expect(stop('slackwater: replaced before its task retirement (plan ret-4f0c2a9d1e)', stopCode)).toMatchObject({
      cause: 'lifecycle/stopped-by-user',
      benign: true,
      summary: expect.stringMatching(/^Slackwater stopped the task: /),
    });
  });

  test('is not one whose reason merely mentions it', () => {
    expect(stop('maintenance, see slackwater: #ops', 'UserInitiated').summary).toMatch(/^Somebody stopped the task/);
  });
});
