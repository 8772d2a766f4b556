import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../shared/parse/index.ts';
import { aHarbour, DAY, HOUR, MINUTE, PIER, SECOND, START } from './a-harbour.ts';

const MAINTENANCE = 'ECS is performing maintenance on the underlying infrastructure hosting the task';
const DEADLINE = START + 7 * DAY;

function aRetirement(spec: Parameters<typeof aHarbour>[0] = {}) {
  const pier = aHarbour(spec);
  pier.ecs.retire({ boundary: START, deadline: DEADLINE });
  pier.pass(7 * DAY + HOUR);
  return pier;
}

describe('what AWS retires', () => {
  it('is left alone until then, and replaced one by one with the same image', () => {
    const pier = aRetirement({ desired: 3 });
    expect(pier.view().older(START)).toBe(3);
    const { digests } = pier.view();
    pier.ecs.moveTag(PIER.cluster, PIER.service);
    pier.pass(HOUR + 10 * SECOND);
    expect(pier.counts()).toEqual({ live: 4, running: 3 });
    pier.pass(90 * SECOND);
    expect([pier.view().older(START), pier.counts().running]).toEqual([2, 3]);
    pier.pass(10 * MINUTE);
    expect([pier.view().older(START), pier.view().running, pier.view().digests]).toEqual([0, 3, digests]);
    expect(pier.events()).toEqual([MAINTENANCE, MAINTENANCE, MAINTENANCE, 'SERVICE_STEADY_STATE']);
    expect(pier.view().deployments[0]?.createdAt).toBeLessThan(START);
  });

  it('is stopped first where nothing may be added', () => {
    const pier = aRetirement({ desired: 2, minimumHealthyPercent: 100, maximumPercent: 100 });
    pier.pass(HOUR + SECOND);
    expect(pier.counts()).toEqual({ live: 1, running: 1 });
    pier.pass(HOUR);
    expect([pier.view().older(START), pier.view().running]).toEqual([0, 2]);
  });

  it('is stopped in the end even if no replacement can start', () => {
    const pier = aRetirement();
    pier.ecs.forgetImage(PIER.cluster, PIER.service);
    pier.pass(2 * HOUR);
    expect(pier.view().older(START)).toBe(2);
    pier.pass(8 * HOUR);
    expect([pier.view().older(START), pier.view().running]).toEqual([0, 0]);
  });

  it('and is no part of a service is not started again', () => {
    const pier = aHarbour();
    const arn = pier.ecs.addTask({ createdAt: START - DAY });
    pier.ecs.retire({ boundary: START, deadline: DEADLINE, after: 0 });
    pier.pass(7 * DAY);
    expect(pier.ecs.tasks()).toMatchObject([{ arn, lastStatus: 'STOPPING', stoppedReason: MAINTENANCE }]);
    pier.pass(MINUTE);
    expect(pier.ecs.tasks()).toMatchObject([{ arn, lastStatus: 'STOPPED' }]);
  });

  it('is nothing that was deployed since', () => {
    const pier = aHarbour();
    pier.ecs.retire({ boundary: START, deadline: DEADLINE });
    pier.deploy();
    pier.pass(10 * MINUTE);
    pier.events();
    pier.pass(9 * DAY);
    expect(pier.events()).toEqual([]);
  });
});

describe('the notice of AWS Health', () => {
  const pier = aHarbour();
  for (let index = 2; index <= 5; index += 1) pier.ecs.add({ ...PIER, service: `pier-00${index}` });
  pier.ecs.add({ ...PIER, service: 'pier-new', createdAt: START + HOUR });
  const task = pier.ecs.addTask({ createdAt: START - DAY });
  pier.pass(2 * HOUR);
  const parsed = (spec: Partial<Parameters<typeof pier.ecs.notices>[0]> = {}) =>
    pier.ecs.notices({ startsAt: DEADLINE, boundary: START, ...spec }).map((event) => parseEvent(event));

  it('names what is older than the boundary, services and other tasks apart', () => {
    const [services, tasks, ...others] = parsed();
    expect(others).toEqual([]);
    expect(services).toMatchObject({
      status: 'parsed',
      signal: {
        kind: 'health-notified',
        page: 1,
        totalPages: 1,
        startsAt: DEADLINE,
        affected: { region: 'eu-west-1' },
      },
    });
    expect(JSON.stringify(services)).toContain('pier-005');
    expect(JSON.stringify(services)).not.toContain('pier-new');
    expect(tasks).toMatchObject({ signal: { entities: [{ kind: 'task', taskId: task.split('/').at(-1) }] } });
  });

  it('comes in pages of one event, as often as it is asked for', () => {
    const pages = parsed({ services: ['a|b', 'a|c', 'a|d'], pageSize: 2, copies: 2 });
    expect(pages).toMatchObject([1, 1, 2, 2].map((page) => ({ signal: { page, totalPages: 2 } })));
    const arns = pages.map((page) => ('signal' in page && 'eventArn' in page.signal ? page.signal.eventArn : ''));
    expect(new Set(arns).size).toBe(1);
  });

  it('has a copy for the backup Region', () => {
    expect(parsed({ services: ['a|b'], backupRegion: 'us-west-2' })).toMatchObject([
      { status: 'parsed' },
      { status: 'ignored', reason: 'backup-copy' },
    ]);
  });
});
