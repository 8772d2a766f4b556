import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeMaintenanceWindowScheduleCommand,
  GetMaintenanceWindowCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { minutes } from '../../shared/domain/instant.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { Budget } from '../../shared/effects/budget.ts';
import { createSsmWindows } from '../../shared/effects/ssm-windows.ts';
import { createTransientSsmWindowMemory, type SsmWindowMemory } from '../../shared/effects/stores/ssm-window-memory.ts';
import { anSsmWindow, aWindow, local, SSM_WINDOW, toldOpenings } from '../support/maintenance.ts';
import { awsError, never } from './failing.ts';

const START = local('2026-11-21T21:55');

const MAINTENANCE: Maintenance = { windows: [aWindow(), anSsmWindow()], freezes: [] };

/** Systems Manager with one window of four hours every night at 22:00 UTC, and a clock to set. */
function aSystemsManager() {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const mock = mockClient(ssm);
  mock
    .on(GetMaintenanceWindowCommand)
    .resolves({ Enabled: true, Duration: 4, Cutoff: 1, ModifiedDate: new Date('2026-11-01T00:00Z') });
  mock.on(DescribeMaintenanceWindowExecutionsCommand).resolves({ WindowExecutions: [] });
  const schedule = (...times: readonly string[]) =>
    mock.on(DescribeMaintenanceWindowScheduleCommand).resolves({
      ScheduledWindowExecutions: times.map((ExecutionTime) => ({ WindowId: SSM_WINDOW, ExecutionTime })),
    });
  schedule('2026-11-21T22:00Z', '2026-11-22T23:00+01:00');
  let now = START;
  const problems: string[] = [];
  const open = (memory: SsmWindowMemory = createTransientSsmWindowMemory(), budget?: Budget) =>
    createSsmWindows({
      ssm: async () => ssm,
      memory,
      clock: () => now,
      report: (because) => problems.push(because),
      ...(budget && { budget }),
    });
  const at = (time: string) => {
    now = local(time);
  };
  return { mock, schedule, open, at, problems };
}

type Windows = ReturnType<typeof createSsmWindows>;

async function importedBy(windows: Windows) {
  const [, window] = (await windows.resolve(MAINTENANCE)).windows;
  return window?.opens.kind === 'ssm' ? window.opens.imported : undefined;
}

const NIGHTS = toldOpenings('2026-11-21T22:00', '2026-11-22T22:00');

describe('a maintenance window of Systems Manager', () => {
  it('opens when Systems Manager says, and nothing else changes', async () => {
    const { open } = aSystemsManager();
    const imported = { openings: NIGHTS, until: local('2027-01-20T21:55') };
    expect(await open().resolve(MAINTENANCE)).toEqual({ windows: [aWindow(), anSsmWindow(imported)], freezes: [] });
  });

  it('is asked for by its id, for 60 days ahead and as long ago as it may be open', async () => {
    const { mock, open } = aSystemsManager();
    await open().resolve(MAINTENANCE);
    const inputs = mock.calls().map(({ args }) => args[0].input);
    expect(inputs).toEqual([
      { WindowId: SSM_WINDOW },
      {
        WindowId: SSM_WINDOW,
        Filters: [{ Key: 'ScheduledBefore', Values: ['2027-01-20T21:55:00Z'] }],
        MaxResults: 50,
      },
      { WindowId: SSM_WINDOW, Filters: [{ Key: 'ExecutedAfter', Values: ['2026-11-21T17:55:00Z'] }], MaxResults: 50 },
    ]);
  });

  it('costs nothing where the configuration names none', async () => {
    const { mock, open } = aSystemsManager();
    const maintenance = { windows: [aWindow()], freezes: [] };
    expect(await open().resolve(maintenance)).toBe(maintenance);
    expect(mock.calls()).toHaveLength(0);
  });

  it('is read to the last page', async () => {
    const { mock, open } = aSystemsManager();
    mock
      .on(DescribeMaintenanceWindowScheduleCommand)
      .resolvesOnce({ ScheduledWindowExecutions: [{ ExecutionTime: '2026-11-21T22:00Z' }], NextToken: 'more' })
      .resolvesOnce({ ScheduledWindowExecutions: [{ ExecutionTime: '2026-11-22T22:00Z' }], NextToken: '' });
    expect(await importedBy(open())).toMatchObject({ openings: NIGHTS });
    const tokens = mock
      .commandCalls(DescribeMaintenanceWindowScheduleCommand)
      .map(({ args }) => args[0].input.NextToken);
    expect(tokens).toEqual([undefined, 'more']);
  });

  it('with pages without end is known as far as ten of them tell', async () => {
    const { mock, open } = aSystemsManager();
    let hour = 0;
    mock.on(DescribeMaintenanceWindowScheduleCommand).callsFake(() => {
      hour += 1;
      return {
        ScheduledWindowExecutions: [{ ExecutionTime: new Date(START + minutes(60 * hour)).toISOString() }],
        NextToken: 'more',
      };
    });
    const imported = await importedBy(open());
    expect(imported?.openings).toHaveLength(10);
    expect(imported?.until).toBe(START + minutes(600));
  });

  it('that runs now is known by its execution, but not by one that was skipped', async () => {
    const { mock, open, at } = aSystemsManager();
    at('2026-11-21T23:00');
    mock.on(DescribeMaintenanceWindowExecutionsCommand).resolves({
      WindowExecutions: [
        { StartTime: new Date('2026-11-21T22:00:04Z'), Status: 'SUCCESS' },
        { StartTime: new Date('2026-11-21T22:30:04Z'), Status: 'SKIPPED_OVERLAPPING' },
        { Status: 'PENDING' },
      ],
    });
    expect(await importedBy(open())).toMatchObject({ openings: NIGHTS });
  });

  it('that somebody has stopped is closed', async () => {
    const { mock, schedule, open, at } = aSystemsManager();
    const windows = open();
    await windows.resolve(MAINTENANCE);
    schedule('2026-11-22T22:00Z');
    mock.on(DescribeMaintenanceWindowExecutionsCommand).resolves({
      WindowExecutions: [{ StartTime: new Date('2026-11-21T22:00:04Z'), Status: 'CANCELLING' }],
    });
    at('2026-11-21T22:30');
    expect(await importedBy(windows)).toMatchObject({ openings: toldOpenings('2026-11-22T22:00') });
  });

  it.each([
    ['is disabled', { Enabled: false, Duration: 4, Cutoff: 1 }],
    ['says nothing of itself', {}],
  ])('that %s never opens', async (_, answer) => {
    const { mock, open } = aSystemsManager();
    mock.on(GetMaintenanceWindowCommand).resolves(answer);
    expect(await importedBy(open())).toMatchObject({ openings: [], problem: 'it is disabled there' });
  });

  it('that does not exist never opens, and says so', async () => {
    const { mock, open, problems } = aSystemsManager();
    mock.on(GetMaintenanceWindowCommand).rejects(awsError('DoesNotExistException'));
    const problem = `Systems Manager has no maintenance window ${SSM_WINDOW}`;
    expect(await importedBy(open())).toEqual({ openings: [], until: local('2027-01-20T21:55'), problem });
    expect(problems).toEqual([problem]);
  });

  it('that two windows of the configuration name is asked for once', async () => {
    const { mock, open } = aSystemsManager();
    const { windows } = await open().resolve({
      windows: [anSsmWindow(), anSsmWindow(undefined, { name: 'other' })],
      freezes: [],
    });
    expect(windows.map(({ opens }) => opens.kind === 'ssm' && opens.imported?.openings)).toEqual([NIGHTS, NIGHTS]);
    expect(mock.commandCalls(GetMaintenanceWindowCommand)).toHaveLength(1);
  });
});

describe('what Systems Manager has said', () => {
  it('is trusted for a quarter of an hour, also after a cold start', async () => {
    const { mock, open, at } = aSystemsManager();
    const memory = createTransientSsmWindowMemory();
    const asked = () => mock.commandCalls(GetMaintenanceWindowCommand).length;
    const windows = open(memory);
    for (const [time, calls] of [
      ['2026-11-21T21:55', 1],
      ['2026-11-21T22:09', 1],
      ['2026-11-21T22:10', 2],
    ] as const) {
      at(time);
      await windows.resolve(MAINTENANCE);
      expect(asked()).toBe(calls);
    }
    at('2026-11-21T22:24');
    expect(await importedBy(open(memory))).toMatchObject({ openings: NIGHTS });
    expect(asked()).toBe(2);
  });

  it('is remembered from the beginning of an opening until its close, across cold starts', async () => {
    const { schedule, open, at } = aSystemsManager();
    const memory = createTransientSsmWindowMemory();
    await open(memory).resolve(MAINTENANCE);
    schedule('2026-11-22T22:00Z');
    for (const time of ['2026-11-21T22:11', '2026-11-21T23:30', '2026-11-22T01:59']) {
      at(time);
      expect(await importedBy(open(memory))).toMatchObject({ openings: NIGHTS });
    }
    at('2026-11-22T02:20');
    expect(await importedBy(open(memory))).toMatchObject({ openings: toldOpenings('2026-11-22T22:00') });
  });

  it.each([
    ['GetMaintenanceWindow', GetMaintenanceWindowCommand],
    ['DescribeMaintenanceWindowSchedule', DescribeMaintenanceWindowScheduleCommand],
    ['DescribeMaintenanceWindowExecutions', DescribeMaintenanceWindowExecutionsCommand],
  ] as const)('holds on while %s fails, and says so, and is asked for again a minute later', async (name, command) => {
    const { mock, open, at, problems } = aSystemsManager();
    const windows = open();
    await windows.resolve(MAINTENANCE);
    // The three commands have nothing in common but that they can fail.
    mock.on(command as typeof GetMaintenanceWindowCommand).rejects(awsError('AccessDeniedException'));
    const because = `ssm:${name} is not allowed for this function`;
    const held = { openings: NIGHTS, problem: `known as of 2026-11-21 21:55 UTC: ${because}` };
    for (const [time, times] of [
      ['2026-11-21T22:10', 1],
      ['2026-11-21T22:10', 1],
      ['2026-11-21T22:11', 2],
      ['2026-11-25T00:00', 3],
    ] as const) {
      at(time);
      expect(await importedBy(windows)).toMatchObject(held);
      expect(problems).toEqual(Array.from({ length: times }, () => because));
    }
  });

  it('is nothing as long as no question was answered', async () => {
    const { mock, open } = aSystemsManager();
    mock.on(GetMaintenanceWindowCommand).rejects(awsError('ThrottlingException'));
    const windows = open();
    const expected = { openings: [], until: START, problem: 'AWS throttled ssm:GetMaintenanceWindow' };
    expect(await importedBy(windows)).toEqual(expected);
  });

  it('waits for no answer that comes too late', async () => {
    const { mock, open, problems } = aSystemsManager();
    const isLate = new AbortController();
    mock.on(GetMaintenanceWindowCommand).callsFake(() => {
      isLate.abort(new DOMException('too late', 'TimeoutError'));
      return never();
    });
    const windows = open(createTransientSsmWindowMemory(), () => isLate.signal);
    expect(await importedBy(windows)).toMatchObject({ openings: [] });
    expect(problems).toEqual(['ssm:GetMaintenanceWindow did not answer in time']);
  });

  it('holds for who has asked even if it cannot be remembered', async () => {
    const { open, at, problems } = aSystemsManager();
    const failure = new AdapterError({ code: 'store-failed', message: 'dynamodb failed', retryable: true });
    const windows = open({
      load: () => Promise.reject(failure),
      save: () => Promise.reject(failure),
    });
    expect(await importedBy(windows)).toMatchObject({ openings: NIGHTS });
    at('2026-11-21T22:30');
    expect(await importedBy(windows)).toMatchObject({ openings: NIGHTS });
    expect(new Set(problems)).toEqual(new Set(['dynamodb failed']));
    expect(problems).toHaveLength(4);
  });
});
