import { checksFor } from '../../shared/domain/diagnosis/checks.ts';
import { type Facts, known } from '../../shared/domain/facts.ts';
import { failedDeploymentOf } from '../../shared/domain/failed-deployment.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { continues } from '../../shared/domain/incident-life.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { observeDeployment, observeServiceAction } from '../../shared/domain/observe-service.ts';
import { observeTask } from '../../shared/domain/observe-task.ts';
import type { DeploymentChanged, ServiceActed, SpotWarned, TaskStopped } from '../../shared/domain/signal.ts';
import { type EvidenceReaders, readImage, readLogs, readMemory, readService, readTargetHealth } from './reads.ts';
import type { Sighting } from './sighting.ts';

/**
 * The sightings of one problem as observations, with everything worth reading about the newest one when the problem is
 * new. A known problem has its evidence: 500 more stops cost no call.
 */
export async function gatherEvidence(
  sightings: readonly Sighting[],
  incident: Incident | undefined,
  readers: EvidenceReaders,
): Promise<readonly Observation[]> {
  const newest = sightings.reduce((a, b) => (b.observation.at > a.observation.at ? b : a));
  const isKnown = incident !== undefined && continues(incident, newest.observation);
  const enriched = isKnown ? newest.observation : await enrich(newest, readers);
  return sightings.map((sighting) => (sighting === newest ? enriched : sighting.observation));
}

async function enrich(sighting: Sighting, readers: EvidenceReaders): Promise<Observation> {
  const { signal } = sighting;
  switch (signal.kind) {
    case 'task-stopped':
    case 'spot-warned':
      return enrichTask(signal, sighting, readers);
    case 'deployment-changed':
      return enrichDeployment(signal, sighting, readers);
    case 'service-acted':
      return enrichServiceAction(signal, sighting, readers);
    case 'hook-changed':
      return sighting.observation;
  }
}

/** Two rounds at the most: the target group is only known once the service is. */
async function enrichTask(
  signal: TaskStopped | SpotWarned,
  { facts, diagnosis }: Sighting,
  readers: EvidenceReaders,
): Promise<Observation> {
  const checks = checksFor(diagnosis.cause);
  const [service, logs, image, memory] = await Promise.all([
    readService(signal.state, readers),
    readLogs(signal.state, facts, diagnosis, readers),
    checks.includes('image') ? readImage(signal.state, diagnosis, readers) : undefined,
    checks.includes('memory') ? readMemory(signal.state, readers) : undefined,
  ]);
  const targetGroups = known(service)?.targetGroupArns ?? [];
  const targetHealth = checks.includes('targetHealth')
    ? await readTargetHealth(targetGroups, diagnosis, readers)
    : undefined;
  const all: Facts = {
    ...facts,
    ...(service && { service }),
    ...(logs && { logs }),
    ...(image && { image }),
    ...(memory && { memory }),
    ...(targetHealth && { targetHealth }),
  };
  return observeTask(signal, diagnosis, all);
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
  const targetHealth = await readTargetHealth(targetGroups, diagnosis, readers);
  return observeServiceAction(signal, { ...facts, ...(targetHealth && { targetHealth }) });
}
