import { describe, expect, it } from 'vitest';
import { objectsIn, pathOf, run } from './command.ts';

const NOTICE = pathOf('health/retirement-services.json');
const SERVICES = 'infra/simulation.example.yaml';
const ALONE = (fields: string) =>
  `version: 1\nservices:\n${['checkout', 'ledger', 'report-worker'].map((name) => `  - { service: harbor-prod/${name}, ${fields} }`).join('\n')}`;
const simulate = (args: readonly string[] = [], stdin = ALONE('desired: 2')) =>
  run(
    [
      'plan',
      'simulate',
      '--notice',
      NOTICE,
      '--services',
      '-',
      '--config',
      'infra/configuration.example.yaml',
      ...args,
    ],
    { stdin },
  );

describe('slackwater plan simulate', () => {
  it('shows what happens until AWS is done, and answers 1 where something is left to AWS', async () => {
    const { code, out, err } = await run(
      `plan simulate --notice ${NOTICE} --services ${SERVICES} --config infra/configuration.example.yaml --approve-at 2026-11-17T09:00Z`.split(
        ' ',
      ),
    );
    expect(err).toBe('');
    expect(out).toContain('Plan pln-');
    expect(out).toContain(
      '  harbor-prod/checkout  ASK  4 of 6 tasks are on the old revision. Window nights opens 2026-11-16 21:00 UTC.',
    );
    expect(out).toContain('2026-11-17 21:01 UTC  harbor-prod/checkout: UpdateService, forceNewDeployment');
    expect(out).toMatch(/ {2}harbor-prod\/checkout {2}DONE {2}2026-11-17 21:21 UTC .* Took 20 min\.\n/);
    expect(out).toMatch(/ {2}harbor-prod\/ledger {2}HANDED-OVER {2}/);
    expect(code).toBe(1);
  });

  it('answers 0 where everything is replaced in time', async () => {
    const { code, out } = await simulate(['--approve-at', '2026-11-17T09:00:00Z']);
    expect(out.match(/ {2}DONE {2}/g)).toHaveLength(3);
    expect(code).toBe(0);
  });

  it('prints objects for programs', async () => {
    const { out } = await simulate(['--json', '--approve-at', '2026-11-17T09:00:00Z']);
    const objects = objectsIn(out);
    expect(objects[0]).toMatchObject({ kind: 'plan', deadline: '2026-11-24T10:00:00.000Z', boundaryFrom: 'delivery' });
    expect(objects.filter(({ kind }) => kind === 'service')).toHaveLength(3);
    expect(objects.filter(({ kind }) => kind === 'step')).toHaveLength(3);
    expect(objects.at(-1)).toMatchObject({
      kind: 'end',
      end: 'done',
      proof: { old: 0, running: 2, desired: 2, changes: [] },
    });
    expect(objects.every(({ at }) => typeof at === 'string')).toBe(true);
  });

  it('escalates without windows, and says so before AWS begins', async () => {
    const { code, out } = await run(['plan', 'simulate', '--notice', NOTICE, '--services', SERVICES]);
    expect(out).toContain(
      'ESCALATED  4 of 6 tasks are on the old revision. No maintenance window selects the service.',
    );
    expect(out).toContain('You can: run-now, add-window, hand-over.');
    expect(code).toBe(1);
  });

  it('lists tasks of no service', async () => {
    const { out } = await run([
      'plan',
      'simulate',
      '--notice',
      pathOf('health/retirement-tasks.json'),
      '--services',
      SERVICES,
    ]);
    expect(out).toContain(
      'harbor-batch/6f530510f3fb67e2c5bf2050dc9453a2  NOTIFY  Somebody started it. AWS stops it on or after 2026-11-24 10:00 UTC',
    );
  });

  it('reads the pages of a notice in any order', async () => {
    const pages = [2, 1].map((page) => pathOf(`health/retirement-services-page-${page}-of-2.json`));
    const { err } = await run([
      'plan',
      'simulate',
      ...pages.flatMap((page) => ['--notice', page]),
      '--services',
      SERVICES,
    ]);
    // Both pages are read before the description is looked at.
    expect(err).toMatch(/services: expected an entry for \S+, which the notice names/);
  });

  it('plays every way in which a deployment can end', async () => {
    for (const [ends, end] of [
      ['succeeded', 'DONE'],
      ['failed', 'HANDED-OVER'],
      ['rolled-back', 'HANDED-OVER'],
      ['never', 'ESCALATED'],
    ]) {
      const { out } = await simulate(['--approve-at', '2026-11-17T09:00:00Z'], ALONE(`deployment: { ends: ${ends} }`));
      expect(out).toContain(`harbor-prod/checkout  ${end}  `);
    }
  });

  it('knows of services that are gone', async () => {
    const { out, code } = await simulate([], ALONE('exists: false'));
    expect(out).toContain('harbor-prod/checkout  GONE  harbor-prod has no service checkout.');
    expect(code).toBe(0);
  });
});

describe('slackwater plan answers 2', () => {
  it.each([
    ['without an action', [], 'give one of list, show, approve'],
    ['for another action', ['run'], 'give one of list, show, approve'],
    ['without a notice', ['simulate', '--services', SERVICES], '--notice'],
    ['without services', ['simulate', '--notice', NOTICE], '--services'],
    [
      'for an argument too many',
      ['simulate', 'now', '--notice', NOTICE, '--services', SERVICES],
      "Unexpected argument 'now'",
    ],
    [
      'for a time without its zone',
      ['simulate', '--notice', NOTICE, '--services', SERVICES, '--approve-at', '9:00'],
      '--approve-at takes an instant',
    ],
    [
      'for a file that is not there',
      ['simulate', '--notice', NOTICE, '--services', 'no-such.yaml'],
      'cannot read no-such.yaml (ENOENT)',
    ],
    [
      'for an event of something else',
      ['simulate', '--notice', pathOf('ecs/task-stopped-spot.json'), '--services', SERVICES],
      'expected an AWS Health event',
    ],
    [
      'for a notice of something else',
      ['simulate', '--notice', pathOf('health/security-notification.json'), '--services', SERVICES],
      'retires no tasks',
    ],
    [
      'for a malformed notice',
      ['simulate', '--notice', pathOf('malformed/health-without-event-arn.json'), '--services', SERVICES],
      'detail.eventArn',
    ],
    [
      'for a notice of another service',
      ['simulate', '--notice', pathOf('health/other-service-ec2.json'), '--services', SERVICES],
      'the notice is about EC2',
    ],
  ])('%s', async (_, args, problem) => {
    const { code, err } = await run(['plan', ...args]);
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });

  it.each([
    ['a mistyped key', ALONE('desird: 2'), 'standard input:3: services[0].desird: expected one of the keys'],
    ['no YAML', 'version: 1\n  a: [', 'standard input:2:7: expected YAML or JSON'],
    [
      'a service left out',
      'version: 1\nservices: [{ service: harbor-prod/checkout }]',
      'expected an entry for harbor-prod/ledger',
    ],
  ])('for a description with %s, naming the key', async (_, stdin, problem) => {
    const { code, err } = await simulate([], stdin);
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });

  it('for a configuration with a problem, naming the key', async () => {
    const { code, err } = await run(['plan', 'simulate', '--notice', NOTICE, '--services', SERVICES, '--config', '-'], {
      stdin: 'version: 1\nwindws: []',
    });
    expect(err).toContain('standard input:2: windws: expected one of the keys');
    expect(code).toBe(2);
  });
});
