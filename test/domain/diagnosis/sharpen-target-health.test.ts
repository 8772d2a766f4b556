import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import { sharpen } from '../../../shared/domain/diagnosis/sharpen.ts';
import { type Facts, found, type TargetHealthFacts, type TaskDefinitionFacts } from '../../../shared/domain/facts.ts';

const failed = diagnose({
  kind: 'task',
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'Task failed ELB health checks in (target-group api)',
  containers: [],
});

type Target = TargetHealthFacts['targets'][number];
const healthy: Target = { id: '10.0.0.1', port: 8080, state: 'healthy' };
const target = (reason: string, description?: string, state = 'unhealthy'): Target => ({
  id: '10.0.0.2',
  port: 8080,
  state,
  reason,
  ...(description !== undefined && { description }),
});
const health = (...targets: Target[]): TargetHealthFacts => ({
  targetGroup: 'api',
  protocol: 'HTTP',
  port: 'traffic-port',
  path: '/healthz',
  matcher: '200-299',
  timeout: 5,
  interval: 30,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  targets,
});
const sharpened = (facts: TargetHealthFacts, more: Facts = {}) =>
  sharpen(failed, { targetHealth: found(facts), ...more });

const definition = (containerPorts: readonly number[], networkMode = 'awsvpc'): Facts => {
  const container = {
    name: 'api',
    image: 'api:1',
    isEssential: true,
    logOptions: {},
    environmentNames: [],
    secrets: [],
  };
  const facts: TaskDefinitionFacts = {
    family: 'api',
    revision: 1,
    networkMode,
    containers: [{ ...container, containerPorts }],
  };
  return { taskDefinition: found(facts) };
};
const graceOf = (healthCheckGracePeriod: number): Facts => ({
  service: found({
    status: 'ACTIVE',
    desired: 1,
    running: 1,
    pending: 0,
    deployments: [],
    events: [],
    tags: {},
    subnets: [],
    targetGroupArns: [],
    healthCheckGracePeriod,
  }),
});

describe('a failed check that ECS gives no reason for', () => {
  const MISMATCH = 'Health checks failed with these codes: [502]';

  it.each([
    ['Target.Timeout', 'health/lb-timeout'],
    ['Target.ResponseCodeMismatch', 'health/lb-unexpected-status'],
    ['Target.NotInUse', 'health/lb-target-misconfigured'],
    ['Target.IpUnusable', 'health/lb-target-misconfigured'],
    ['Target.InvalidState', 'health/lb-target-misconfigured'],
  ] as const)('likely has that of the other targets: %s is %s', (reason, cause) => {
    expect(sharpened(health(healthy, target(reason)))).toMatchObject({ cause, confidence: 'likely' });
  });

  it('says how many targets it has the reason from, with the codes', () => {
    const { summary, evidence, confirmedBy } = sharpened(
      health(healthy, target('Target.ResponseCodeMismatch', MISMATCH), target('Target.ResponseCodeMismatch', MISMATCH)),
    );
    expect(summary).toBe(
      'The health check of target group api got status 502. The load balancer says so of 2 of 3 targets now; of the stopped one ECS gave no reason.',
    );
    expect(evidence.at(-1)).toEqual({
      field: 'elasticloadbalancing:DescribeTargetHealth',
      text: `api: 1 healthy, 2 unhealthy (Target.ResponseCodeMismatch: ${MISMATCH})`,
    });
    expect(confirmedBy).toEqual(['elasticloadbalancing:DescribeTargetHealth']);
  });

  it.each([
    ['all others are healthy', [healthy]],
    ['there are no others', []],
    ['the load balancer only knows that they fail', [target('Target.FailedHealthChecks', 'Health checks failed')]],
    ['they are on their way out', [target('Target.DeregistrationInProgress', undefined, 'draining')]],
    ['they disagree', [target('Target.Timeout'), target('Target.ResponseCodeMismatch', MISMATCH)]],
    ['the reason is new to us', [target('constructor')]],
  ])('keeps its cause when %s', (_, targets) => {
    const { cause, confidence, summary } = sharpened(health(...targets));
    expect({ cause, confidence, summary }).toEqual({
      cause: failed.cause,
      confidence: failed.confidence,
      summary: failed.summary,
    });
  });

  it('goes by most of the targets', () => {
    const timeout = target('Target.Timeout');
    const { cause } = sharpened(health(timeout, target('Target.ResponseCodeMismatch', MISMATCH), timeout));
    expect(cause).toBe('health/lb-timeout');
  });
});

it('a reason that ECS gave is not replaced', () => {
  const message = 'service api (task 1f2e) is unhealthy in (target-group api) due to (reason Request timed out)';
  const timeout = diagnose({ kind: 'service', message });
  const facts = { targetHealth: found(health(target('Target.ResponseCodeMismatch'))) };
  expect(sharpen(timeout, facts)).toMatchObject({ cause: 'health/lb-timeout', confidence: 'certain' });
});

describe('what to do', () => {
  const stepsOf = (facts: TargetHealthFacts, more?: Facts) => sharpened(facts, more).fix;

  it('begins with what the health check asks', () => {
    expect(stepsOf(health(healthy))[0]).toBe(
      'Answer HTTP on port 8080, path /healthz, with 200-299 within 5 s: target group api asks that every 30 s and gives up after 2 failures.',
    );
  });

  it('says nothing of the check that is not known', () => {
    expect(stepsOf({ targetGroup: 'api', targets: [] })).toEqual(failed.fix);
    expect(stepsOf({ targetGroup: 'api', protocol: 'TCP', port: '9000', targets: [] })[0]).toBe(
      'Answer TCP on port 9000: target group api asks that.',
    );
  });

  it.each([
    ['the check asks a port that is not mapped', '8080', definition([3000]), ['3000']],
    ['the targets have a port that is not mapped', 'traffic-port', definition([3000, 90]), ['3000 and 90']],
    ['the port is mapped', 'traffic-port', definition([8080]), []],
    ['host ports tell nothing about container ports', '8080', definition([3000], 'bridge'), []],
    ['the task definition maps no port', '8080', definition([]), []],
    ['the task definition is not known', '8080', {}, []],
  ])('makes ports agree where they do not: %s', (_, port, more, mapped) => {
    const said = stepsOf({ ...health(healthy), port }, more).filter((step) => step.includes('Make the ports agree'));
    expect(said).toEqual(
      mapped.map(
        (ports) => `Make the ports agree: the health check of api asks port 8080, the task definition maps ${ports}.`,
      ),
    );
  });

  it('replaces the general word on the grace period by numbers when it is too short', () => {
    const grace = (seconds: number) =>
      stepsOf(health(healthy), graceOf(seconds)).filter((step) => step.includes('healthCheckGracePeriodSeconds'));
    expect(grace(30)).toEqual([
      'Raise `healthCheckGracePeriodSeconds`, now 30 s: the start-up and then 5 checks at 30 s, so 150 s, pass before a new target is healthy.',
    ]);
    expect(grace(150)).toEqual(failed.fix.filter((step) => step.includes('healthCheckGracePeriodSeconds')));
  });
});
