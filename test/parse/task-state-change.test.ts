import { describe, expect, it, test } from 'vitest';
import type { Parsed } from '../../shared/domain/parsed.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { signalOf } from './parsed-signal.ts';

const STOPPED = 'ecs/task-stopped-out-of-memory.json';
const WARNED = 'ecs/task-spot-warning.json';

describe('a stopped task', () => {
  it('is read whole', () => {
    const { envelope, state } = signalOf(eventIn(STOPPED), 'task-stopped');
    const at = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
    expect(envelope).toMatchObject({ at: Date.UTC(2026, 10, 17, 3, 2, 11), source: 'aws.ecs', place: at });
    expect(state).toMatchObject({
      task: { ...at, cluster: 'harbor-prod' },
      group: { kind: 'service', service: 'report-worker' },
      taskDefinition: { family: 'report-worker', revision: 12 },
      version: 8,
      stopCode: 'EssentialContainerExited',
      capacityProvider: 'FARGATE',
      cpu: 512,
      memory: 1024,
      stoppedAt: Date.UTC(2026, 10, 17, 3, 2, 11, 204),
    });
    expect(state.containers).toHaveLength(1);
    expect(state.containers[0]).toMatchObject({
      name: 'worker',
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    });
    expect(state.attachments[0]?.details).toMatchObject({ privateIPv4Address: expect.stringMatching(/^10\./) });
  });

  it('has no exit code, runtime id or start when its container never ran', () => {
    const { state } = signalOf(eventIn('ecs/task-stopped-image-not-found.json'), 'task-stopped');
    expect(state).not.toHaveProperty('startedAt');
    expect(Object.keys(state.containers[0] ?? {}).sort()).toEqual(['image', 'lastStatus', 'name']);
  });

  it('takes its cluster from clusterArn when its own ARN is a short one', () => {
    const { state } = signalOf(eventIn('ecs/task-stopped-short-arn.json'), 'task-stopped');
    expect(state.task).toMatchObject({ cluster: 'harbor-edge', taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it.each([
    ['ecs/task-stopped-in-china.json', 'aws-cn', 'cn-northwest-1'],
    ['ecs/task-stopped-in-govcloud.json', 'aws-us-gov', 'us-gov-west-1'],
  ])('is in the partition of its ARN: %s', (path, partition, region) => {
    const { envelope, state } = signalOf(eventIn(path), 'task-stopped');
    expect(envelope.place).toMatchObject({ partition, region });
    expect(state.task).toMatchObject({ partition, region });
  });

  it.each([
    ['service:web', { kind: 'service', service: 'web' }],
    ['family:nightly-export', { kind: 'family', family: 'nightly-export' }],
    ['quarter end', { kind: 'custom', name: 'quarter end' }],
    ['service:', { kind: 'custom', name: 'service:' }],
    [undefined, { kind: 'family', family: 'report-worker' }],
  ])('of group %s was started by the right thing', (group, expected) => {
    expect(signalOf(eventWith(STOPPED, { group }), 'task-stopped').state.group).toEqual(expected);
  });

  test.each([
    ['"null", as injected containers make it', 'null', undefined],
    ['a number of vCPUs', '.5 vCPU', undefined],
    ['CPU units', '2048', 2048],
  ])('whose cpu is %s', (_sentence, cpu, expected) => {
    expect(signalOf(eventWith(STOPPED, { cpu }), 'task-stopped').state.cpu).toBe(expected);
  });

  it.each([
    ['2026-11-17T03:02:11Z', 0],
    ['2026-11-17T03:02:11.2Z', 200],
    ['2026-11-17T03:02:11.204Z', 204],
    ['2026-11-17T03:02:11.204999999Z', 204],
    ['2026-11-17T04:02:11.204+01:00', 204],
  ])('has an instant to the millisecond: %s', (stoppedAt, millisecond) => {
    const { state } = signalOf(eventWith(STOPPED, { stoppedAt }), 'task-stopped');
    expect(state.stoppedAt).toBe(Date.UTC(2026, 10, 17, 3, 2, 11, millisecond));
  });

  it.each(['2026-11-17T03:02:11', '2026-11-17', 'yesterday', '2026-13-41T03:02:11Z'])(
    'has no instant where there is none: %s',
    (stoppedAt) => {
      expect(signalOf(eventWith(STOPPED, { stoppedAt }), 'task-stopped').state).not.toHaveProperty('stoppedAt');
    },
  );
});

const OPTIONAL = [
  ['clusterArn', 'attachments', 'group', 'stopCode', 'stoppedReason', 'startedBy', 'launchType', 'overrides'],
  ['capacityProviderName', 'availabilityZone', 'platformVersion', 'containerInstanceArn', 'cpu', 'memory'],
  ['createdAt', 'startedAt', 'stoppingAt', 'stoppedAt', 'connectivity', 'updatedAt'],
].flat();

describe('what a stop can be told without', () => {
  test.each(OPTIONAL)('%s, absent, null or of a wrong type', (field) => {
    const without = signalOf(eventWith(STOPPED, { [field]: undefined }), 'task-stopped');
    for (const wrong of [null, true, 7, {}, [], ['x'], '']) {
      expect(signalOf(eventWith(STOPPED, { [field]: wrong }), 'task-stopped')).toEqual(without);
    }
  });

  it('leaves out one attachment that cannot be read, and keeps the others', () => {
    const good = { id: 'a', type: 'eni', status: 'DELETED', details: [{ name: 'subnetId', value: 'subnet-1' }, {}] };
    const { state } = signalOf(eventWith(STOPPED, { attachments: [null, { id: 'b' }, good] }), 'task-stopped');
    expect(state.attachments).toEqual([{ ...good, details: { subnetId: 'subnet-1' } }]);
  });
});

const container = { name: 'worker', lastStatus: 'STOPPED' };

describe('a malformed task', () => {
  it.each([
    ['detail.taskArn', 'a task ARN', { taskArn: undefined }],
    ['detail.taskArn', 'a task ARN', { taskArn: null }],
    ['detail.taskArn', 'a task ARN', { taskArn: 'arn:aws:ecs:eu-west-1:111122223333:service/a/b' }],
    ['detail.taskDefinitionArn', 'a task definition ARN', { taskDefinitionArn: undefined }],
    ['detail.taskDefinitionArn', 'a task definition ARN', { taskDefinitionArn: 'checkout:58' }],
    ['detail.version', 'a whole number', { version: '8' }],
    ['detail.lastStatus', 'a text', { lastStatus: undefined }],
    ['detail.containers', 'a list', { containers: undefined }],
    ['detail.containers', 'a list', { containers: 'worker' }],
    ['detail.containers[0]', 'a JSON object', { containers: [null] }],
    ['detail.containers[1].name', 'a text', { containers: [container, { lastStatus: 'STOPPED' }] }],
    ['detail.containers[0].lastStatus', 'a text', { containers: [{ ...container, lastStatus: 4 }] }],
  ])('names %s and wants %s', (field, expected, detail) => {
    const event = eventWith(STOPPED, detail);
    expect(parseEvent(event)).toEqual({ status: 'malformed', field, expected, eventId: event.id });
  });

  it.each([
    ['time', 'an ISO 8601 instant', { time: 'noon' }],
    ['account', 'a text', { account: 111122223333 }],
    ['detail', 'a JSON object', { detail: 'none' }],
    ['source', 'a text', { source: undefined }],
  ])('names %s of the envelope and wants %s', (field, expected, fields) => {
    const event = { ...eventWith(STOPPED, {}), ...fields };
    expect(parseEvent(event)).toMatchObject({ status: 'malformed', field, expected });
  });

  it('has no event id when that is what is missing', () => {
    const event = { ...eventWith(STOPPED, {}), id: 5 };
    expect(parseEvent(event)).toEqual({ status: 'malformed', field: 'id', expected: 'a text' });
  });
});

describe('a task that is about to stop', () => {
  it.each([
    ['the code of today', { stopCode: 'SpotInterruption' }, 'spot-warned'],
    ['the code of older events', { stopCode: 'TerminationNotice' }, 'spot-warned'],
    ['the text alone', { stopCode: undefined, stoppedReason: 'Your Spot Task was interrupted.' }, 'spot-warned'],
    ['the code, while it is already stopping', { lastStatus: 'STOPPING' }, 'spot-warned'],
    ['the code, once it is STOPPED', { lastStatus: 'STOPPED' }, 'task-stopped'],
    ['the code, once it is DELETED', { lastStatus: 'DELETED' }, 'not-final'],
    ['the code, but nobody wants it stopped', { desiredStatus: 'RUNNING' }, 'not-final'],
    ['another code and text', { stopCode: 'UserInitiated', stoppedReason: 'A spot check' }, 'not-final'],
    [
      'the older code on a container instance, which is a lost host',
      { stopCode: 'TerminationNotice', stoppedReason: 'Host EC2 terminated.', containerInstanceArn: 'arn:aws:ecs:x' },
      'not-final',
    ],
  ])('with %s', (_sentence, detail, expected) => {
    const parsed = parseEvent(eventWith(WARNED, detail));
    expect(kindOrReason(parsed)).toBe(expected);
  });
});

function kindOrReason(parsed: Parsed): string {
  if (parsed.status === 'parsed') return parsed.signal.kind;
  return parsed.status === 'ignored' ? parsed.reason : parsed.field;
}
