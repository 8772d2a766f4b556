import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseObserved } from '../../../shared/domain/diagnosis/parse-observed.ts';

describe('reading what somebody observed', () => {
  it('reads a task as an event spells it', () => {
    const input = {
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      group: 'service:api',
      containers: [{ name: 'web', exitCode: 1, reason: 'gone', essential: false, lastStatus: 'STOPPED' }],
      attachments: [{ type: 'AmazonElasticBlockStorage', details: [{ name: 'statusReason', value: 'no volume' }] }],
    };
    expect(parseObserved('task', input)).toEqual({
      kind: 'task',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      belongsToService: true,
      containers: [{ name: 'web', exitCode: 1, reason: 'gone', isEssential: false }],
      attachmentReasons: ['no volume'],
    });
  });

  it.each([
    ['a group of a service', { group: 'service:api' }, true],
    ['a deployment that started it', { startedBy: 'ecs-svc/1234567890' }, true],
    ['the group of a family', { group: 'family:job' }, false],
    ['nothing', {}, undefined],
  ])('tells membership from %s', (_what, input, expected) => {
    expect(parseObserved('task', input)).toHaveProperty('containers', []);
    expect(Reflect.get(parseObserved('task', input) ?? {}, 'belongsToService')).toBe(expected);
  });

  it('reads the words of a service event from message or reason', () => {
    expect(parseObserved('service', { message: 'a' })).toEqual({ kind: 'service', message: 'a' });
    expect(parseObserved('service', { reason: 'b', eventName: 'C' })).toEqual({
      kind: 'service',
      message: 'b',
      eventName: 'C',
    });
  });

  it.each([
    [{ eventName: 'SERVICE_DEPLOYMENT_FAILED' }, 'failed'],
    [{ rolloutState: 'IN_PROGRESS' }, 'in-progress'],
    [{ phase: 'completed' }, 'completed'],
  ])('reads the phase of a deployment from %o', (input, phase) => {
    expect(parseObserved('deployment', input)).toEqual({ kind: 'deployment', phase });
  });

  it('counts what has the wrong type as absent', () => {
    const input = {
      stopCode: 7,
      stoppedReason: null,
      containers: ['web', { exitCode: '137', reason: {} }, { exitCode: 'x' }],
    };
    expect(parseObserved('task', input)).toEqual({ kind: 'task', containers: [{}, { exitCode: 137 }, {}] });
  });

  it('knows no other kind', () => {
    expect(parseObserved('cluster', {})).toBeUndefined();
  });

  it('never throws', () => {
    const kind = fc.constantFrom('task', 'service', 'deployment', 'other');
    fc.assert(
      fc.property(kind, fc.anything(), fc.anything(), (name, a, b) => {
        expect(() => parseObserved(name, a)).not.toThrow();
        expect(() => parseObserved(name, { containers: a, attachments: [b], group: a, reason: b })).not.toThrow();
      }),
    );
  });
});
