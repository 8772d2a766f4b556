import { found, missing } from '../../shared/domain/facts.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { days, type Instant, minutes } from '../../shared/domain/instant.ts';
import type { ServiceRef } from '../../shared/domain/place.ts';
import { allowanceOf } from '../../shared/domain/plan/allowance.ts';
import { boundaryOf } from '../../shared/domain/plan/boundary.ts';
import type { ServiceImage } from '../../shared/domain/plan/situation.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import type { Simulation, SimulationEntry } from '../../shared/parse/simulation.ts';
import { UsageError } from '../terminal.ts';
import type { PlayedService } from './ecs.ts';

interface Described {
  readonly notice: Notice;
  readonly deadline: Instant;
  readonly maintenance: Maintenance;
}

/** The services of the notice, as the file describes them. Throws a UsageError for one that it does not describe. */
export function playedServices({ services }: Simulation, described: Described): readonly PlayedService[] {
  const named = described.notice.entities.flatMap((entity) => (entity.kind === 'service' ? [entity.at] : []));
  return named.map((at) => {
    const name = `${at.cluster}/${at.service}`;
    const entry = services.find(({ service }) => service === name);
    if (entry === undefined)
      throw new UsageError(`--services: services: expected an entry for ${name}, which the notice names`);
    return played(entry, at, described);
  });
}

function played(entry: SimulationEntry, at: ServiceRef, { notice, deadline, maintenance }: Described): PlayedService {
  const { desired = 2, onNewRevision = 0, taskDefinition = `${at.service}:1`, tags = {}, past = [] } = entry;
  const { takes = past[0] ?? minutes(10), ends = 'succeeded' } = entry.deployment ?? {};
  const boundary = boundaryOf(notice).at;
  const began = boundary - days(30);
  const subject = { account: at.account, region: at.region, cluster: at.cluster, service: at.service, tags };
  return {
    at,
    allowance: allowanceOf(maintenance, subject, { from: notice.firstSeen, to: deadline }),
    tasks: Array.from({ length: desired }, (_, index) => (index < desired - onNewRevision ? began : boundary)),
    deployments: [{ id: 'ecs-svc/0', createdAt: began, status: 'SUCCESSFUL', revision: taskDefinition }],
    takes,
    ends,
    ...(entry.exists !== false && { service: factsOf(entry, at, { desired, taskDefinition, past }) }),
  };
}

function factsOf(
  entry: SimulationEntry,
  at: ServiceRef,
  {
    desired,
    taskDefinition,
    past,
  }: { readonly desired: number; readonly taskDefinition: string; readonly past: readonly number[] },
): NonNullable<PlayedService['service']> {
  const { controller, strategy, minimumHealthyPercent, maximumPercent, circuitBreaker = true, alarms = true } = entry;
  return {
    ...PLAIN,
    ...(controller && { controller }),
    ...(controller === 'CODE_DEPLOY' && {
      codeDeploy: found({ application: at.cluster, group: at.service, appSpec: '' }),
    }),
    ...(strategy && { strategy }),
    ...(minimumHealthyPercent !== undefined && { minimumHealthyPercent }),
    ...(maximumPercent !== undefined && { maximumPercent }),
    desired,
    running: desired,
    revision: taskDefinition,
    durations: { past },
    images: found([image(taskDefinition, entry.imageMoved ?? false)]),
    alarms: alarms ? found([{ name: 'errors', state: 'OK' }]) : missing('not-applicable', 'it has none'),
    hasCircuitBreaker: circuitBreaker,
  };
}

const image = (taskDefinition: string, isMoved: boolean): ServiceImage => ({
  container: 'app',
  reference: `${taskDefinition.split(':')[0]}:stable`,
  registry: 'ecr',
  isFixed: false,
  digest: RUNNING,
  latest: found({ digest: isMoved ? PUSHED : RUNNING }),
  isKept: found(true),
  isUnpinned: false,
});

const RUNNING = `sha256:${'1'.repeat(64)}`;
const PUSHED = `sha256:${'2'.repeat(64)}`;

const NOT_THERE = missing('not-applicable', 'it has none');

/** A service that is well and has nothing special, for what nobody describes. */
const PLAIN = {
  controller: 'ECS',
  strategy: 'ROLLING',
  desired: 2,
  running: 2,
  pending: 0,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  revision: 'app:1',
  revisionStatus: found('ACTIVE'),
  codeDeploy: NOT_THERE,
  durations: { past: [] },
  images: found([]),
  targets: NOT_THERE,
  alarms: NOT_THERE,
  blockers: found([]),
  stack: NOT_THERE,
  protectedUntil: NOT_THERE,
  headroom: NOT_THERE,
  hasCircuitBreaker: true,
  pauseHooks: [],
  isSpotOnly: false,
  defersCleanup: false,
} as const satisfies NonNullable<PlayedService['service']>;
