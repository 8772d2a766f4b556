import { describe, expect, it } from 'vitest';
import type { DeploymentFacts, ServiceFacts } from '../../shared/domain/facts.ts';
import { homeOf } from '../../shared/domain/home.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { openIncident } from '../../shared/domain/incident-life.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { anObservation, aStep, CHECKOUT, HARBOR, NOON } from '../support/observations.ts';
import { aDeployment } from '../support/revisions.ts';

const OLD = 'ecs-svc/1';
const NEW = 'ecs-svc/2';

const serviceWith = (...deployments: readonly Partial<DeploymentFacts>[]): ServiceFacts => ({
  status: 'ACTIVE',
  desired: 2,
  running: 1,
  pending: 0,
  deployments: deployments.map(aDeployment),
  events: [],
  tags: {},
  subnets: [],
  targetGroupArns: [],
});

const ROLLING = serviceWith(
  { id: NEW, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
  { id: OLD, status: 'ACTIVE', rolloutState: 'COMPLETED' },
);
const STEADY = serviceWith({ id: NEW, status: 'PRIMARY', rolloutState: 'COMPLETED' });
const FAILED = serviceWith({ id: NEW, rolloutState: 'FAILED' }, { id: OLD, rolloutState: 'IN_PROGRESS' });

const aStopOf = (deploymentId: string | undefined): Observation =>
  anObservation(deploymentId === undefined ? {} : { details: { deploymentId } });

const report: Observation = aStep({ subject: CHECKOUT, diagnosis: { cause: 'deployment/tasks-failed-to-start' } });

const subject: Subject = { kind: 'deployment', at: HARBOR, service: 'checkout' };
const aDeploymentIncident = (deploymentId: string, changes: Partial<Incident> = {}): Incident => ({
  ...openIncident(aStep({ subject, details: { deploymentId } })),
  ...changes,
});
const aCauseIncident = (deploymentId: string, changes: Partial<Incident> = {}): Incident => ({
  ...openIncident(aStopOf(deploymentId)),
  ...changes,
});
const RESOLVED: Pick<Incident, 'state'> = { state: { status: 'resolved', at: NOON, how: 'recovered' } };

type Row = readonly [sentence: string, Observation, readonly Incident[], ServiceFacts | null | undefined, string];

const ROWS: readonly Row[] = [
  ['a stop of a task without a deployment is that of its cause', aStopOf(undefined), [], undefined, 'service'],
  ['the first stop of a deployment asks the service', aStopOf(NEW), [], undefined, 'ask-service'],
  ['a stop of the deployment under way is the deployment’s', aStopOf(NEW), [], ROLLING, 'deployment'],
  ['a stop of a deployment that ECS gave up is the deployment’s', aStopOf(NEW), [], FAILED, 'deployment'],
  ['a stop of the revision before it is that of its cause', aStopOf(OLD), [], ROLLING, 'service'],
  ['a stop long after the deployment completed is that of its cause', aStopOf(NEW), [], STEADY, 'service'],
  ['a stop is that of its cause where the service cannot be asked', aStopOf(NEW), [], null, 'service'],
  [
    'a stop of a deployment in trouble is the deployment’s, without asking',
    aStopOf(NEW),
    [aDeploymentIncident(NEW)],
    undefined,
    'deployment',
  ],
  [
    'a late stop of a deployment that was rolled back is still the deployment’s',
    aStopOf(NEW),
    [aDeploymentIncident(NEW, RESOLVED)],
    undefined,
    'deployment',
  ],
  [
    'a stop of another deployment than the one in trouble asks the service',
    aStopOf(OLD),
    [aDeploymentIncident(NEW)],
    undefined,
    'ask-service',
  ],
  [
    'the next stop of a known problem joins it without asking',
    aStopOf(NEW),
    [aCauseIncident(NEW)],
    undefined,
    'service',
  ],
  [
    'the same problem in a new deployment asks the service',
    aStopOf(NEW),
    [aCauseIncident(OLD)],
    undefined,
    'ask-service',
  ],
  [
    'a known problem that was resolved asks the service',
    aStopOf(NEW),
    [aCauseIncident(NEW, RESOLVED)],
    undefined,
    'ask-service',
  ],
  ['a report asks the service', report, [], undefined, 'ask-service'],
  ['a report during a deployment is about the deployment', report, [], ROLLING, 'deployment'],
  ['a report of a steady service is that of its cause', report, [], STEADY, 'service'],
  [
    'a report while a deployment is in trouble is about the deployment',
    report,
    [aDeploymentIncident(NEW)],
    undefined,
    'deployment',
  ],
  [
    'a report long after a deployment was in trouble asks the service',
    { ...report, at: NOON + minutes(90) },
    [aDeploymentIncident(NEW)],
    undefined,
    'ask-service',
  ],
];

describe('the home of a sighting', () => {
  it.each(ROWS)('%s', (_, observation, about, service, expected) => {
    const home = homeOf(observation, about, service);
    expect(home === 'ask-service' ? home : home.subject.kind).toBe(expected);
  });

  const verdict = aStep({ subject, details: { deploymentId: NEW } });
  const ofCause = '111122223333#eu-west-1#harbor-prod#service#checkout|incident#memory/container-oom';
  const ofDeployment = '111122223333#eu-west-1#harbor-prod#service#checkout|incident#deployment';

  it.each<readonly [string, Observation, readonly Incident[], string]>([
    ['has a place of its own', verdict, [], ofDeployment],
    ['joins the stops that were told before anybody knew of it', verdict, [aCauseIncident(NEW)], ofCause],
    ['leaves the stops of another deployment alone', verdict, [aCauseIncident(OLD)], ofDeployment],
    ['leaves what is over alone', verdict, [aCauseIncident(NEW, RESOLVED)], ofDeployment],
    ['joins its own incident first', verdict, [aCauseIncident(NEW), aDeploymentIncident(NEW)], ofDeployment],
    [
      'without an id joins the deployment that was last heard of',
      aStep({ subject }),
      [aDeploymentIncident(OLD)],
      ofDeployment,
    ],
  ])('the verdict on a deployment %s', (_, step, about, fingerprint) => {
    expect(homeOf(step, about, undefined)).toMatchObject({ fingerprint, subject: { kind: 'deployment' } });
  });

  it('a stop follows its deployment into the incident of its cause', () => {
    const converted = { ...aCauseIncident(NEW), subject };
    const other = anObservation({ details: { deploymentId: NEW }, diagnosis: { cause: 'app/exited-nonzero' } });
    expect(homeOf(other, [converted], undefined)).toMatchObject({ fingerprint: ofCause, subject });
  });

  it('names the deployment of a report that has no id', () => {
    expect(homeOf(report, [], ROLLING)).toMatchObject({
      details: { deploymentId: NEW },
      fingerprint: '111122223333#eu-west-1#harbor-prod#service#checkout|incident#deployment',
    });
  });

  it('leaves what is shared by many services where it is', () => {
    const host = anObservation({ subject: { kind: 'host', at: HARBOR, host: 'a1' }, details: { deploymentId: NEW } });
    expect(homeOf(host, [aDeploymentIncident(NEW)], ROLLING)).toBe(host);
  });
});
