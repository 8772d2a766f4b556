import { checksFor } from '../../shared/domain/diagnosis/checks.ts';
import { type Facts, known, type ServiceFacts } from '../../shared/domain/facts.ts';
import { failedDeploymentOf, runningDeployment } from '../../shared/domain/failed-deployment.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { relationOf } from '../../shared/domain/incident-life.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { observeDeployment, observeServiceAction } from '../../shared/domain/observe-service.ts';
import { observeTask } from '../../shared/domain/observe-task.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { DeploymentChanged, ServiceActed, SpotWarned, TaskStopped } from '../../shared/domain/signal.ts';
import type { Homed } from './homes.ts';
import { type EvidenceReaders, readImage, readLogs, readMemory, readService, readTargetHealth } from './reads.ts';
import type { Sighting } from './sighting.ts';

/**
 * The sightings of one problem as observations, with everything worth reading about the newest one when the problem is
 * new. A known problem has its evidence: 500 more stops cost no call.
 */
export async function gatherEvidence(
  homed: readonly Homed[],
  incident: Incident | undefined,
  readers: EvidenceReaders & { readonly policy: Policy },
): Promise<readonly Observation[]> {
  const newest = homed.reduce((a, b) => (b.home.at > a.home.at ? b : a));
  const isKnown = incident !== undefined && relationOf(incident, newest.home, readers.policy) !== 'follows';
  const worthReading = isKnown ? homed.find(({ sighting }) => tellsMore(sighting, incident)) : newest;
  if (worthReading === undefined) return homed.map(({ home }) => home);
  const enriched = settledIn(worthReading.home, await enrich(worthReading, readers));
  return homed.map((one) => (one === worthReading ? enriched : one.home));
}

/** The verdict on a deployment that was known by its stopped tasks only: what it changed may be known by now. */
const tellsMore = ({ signal }: Sighting, { details }: Incident): boolean =>
  signal.kind === 'deployment-changed' && details.change === undefined && details.deploymentFailed === undefined;

/** What was read, as an observation of the incident that the sighting belongs to. */
function settledIn(
  { subject, fingerprint, details: { deploymentId } }: Observation,
  enriched: Observation,
): Observation {
  const details = { ...enriched.details, ...(deploymentId !== undefined && { deploymentId }) };
  return { ...enriched, subject, fingerprint, details };
}

async function enrich({ sighting, home }: Homed, readers: EvidenceReaders): Promise<Observation> {
  const { signal } = sighting;
  switch (signal.kind) {
    case 'task-stopped':
    case 'spot-warned':
      return enrichTask(signal, { ...sighting, home }, readers);
    case 'deployment-changed':
      return enrichDeployment(signal, sighting, readers);
    case 'service-acted':
      return enrichServiceAction(signal, sighting, readers);
    case 'hook-changed':
    case 'host-health-changed':
      return sighting.observation;
  }
}

/** Two rounds at the most: the target group is only known once the service is. */
async function enrichTask(
  signal: TaskStopped | SpotWarned,
  { facts, diagnosis, home }: Sighting & Pick<Homed, 'home'>,
  readers: EvidenceReaders,
): Promise<Observation> {
  const checks = checksFor(diagnosis.cause);
  const [service, logs, image, memory] = await Promise.all([
    facts.service ?? readService(signal.state, readers),
    readLogs(signal.state, facts, diagnosis, readers),
    checks.includes('image') ? readImage(signal.state, diagnosis, readers) : undefined,
    checks.includes('memory') ? readMemory(signal.state, readers) : undefined,
  ]);
  const targetGroups = known(service)?.targetGroupArns ?? [];
  const [targetHealth, deployment] = await Promise.all([
    checks.includes('targetHealth')
      ? readTargetHealth(targetGroups, { ...diagnosis, at: signal.state.task }, readers)
      : undefined,
    readDeployment(home, known(service), readers),
  ]);
  const all: Facts = {
    ...facts,
    ...deployment,
    ...(service && { service }),
    ...(logs && { logs }),
    ...(image && { image }),
    ...(memory && { memory }),
    ...(targetHealth && { targetHealth }),
  };
  return observeTask(signal, diagnosis, all);
}

/** What the deployment changed and who started it, where the stop is the first sign of its trouble. */
async function readDeployment(
  { subject, at, details: { deploymentId } }: Observation,
  service: ServiceFacts | undefined,
  readers: EvidenceReaders,
): Promise<Pick<Facts, 'change' | 'actor'>> {
  if (subject.kind !== 'deployment' || deploymentId === undefined || service === undefined) return {};
  const deployment = { ...runningDeployment({ ...subject.at, service: subject.service }, deploymentId, service), at };
  const [change, actor] = await Promise.all([readers.change?.(deployment), readers.actor?.(deployment)]);
  return { ...(change && { change }), ...(actor && { actor }) };
}

async function enrichDeployment(
  signal: DeploymentChanged,
  { facts }: Sighting,
  readers: EvidenceReaders,
): Promise<Observation> {
  const deployment = failedDeploymentOf(signal, known(facts.service));
  const [change, actor] = await Promise.all([readers.change?.(deployment), readers.actor?.(deployment)]);
  return observeDeployment(signal, { ...facts, ...(change && { change }), ...(actor && { actor }) });
}

async function enrichServiceAction(
  signal: ServiceActed,
  { facts, diagnosis, observation }: Sighting,
  readers: EvidenceReaders,
): Promise<Observation> {
  if (!checksFor(diagnosis.cause).includes('targetHealth')) return observation;
  const targetGroups = [...signal.targetGroupArns, ...(known(facts.service)?.targetGroupArns ?? [])];
  const targetHealth = await readTargetHealth(targetGroups, { ...diagnosis, at: signal.service }, readers);
  return observeServiceAction(signal, { ...facts, ...(targetHealth && { targetHealth }) });
}
