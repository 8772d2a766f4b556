import { type Facts, type Gathered, known, type LogTail, missing } from '../../shared/domain/facts.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { continues } from '../../shared/domain/incident-life.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { culpritOf, observeTask } from '../../shared/domain/observe-task.ts';
import type { TaskState } from '../../shared/domain/signal.ts';
import type { EcsReader } from '../../shared/effects/ecs-reader.ts';
import type { LogReader } from '../../shared/effects/log-reader.ts';
import type { Sighting } from './sighting.ts';

export interface EvidenceReaders {
  readonly ecs: EcsReader;
  /** Absent where the installation does not quote container logs. */
  readonly logs?: LogReader;
}

/** Long enough to hold a stack trace's cause, short enough to be read in a chat. */
const LOG_LINES = 20;

/**
 * The sightings of one problem as observations, with the service and the culprit's last log lines for the newest
 * stopped task when the problem is new. A known problem has its evidence: 500 more stops cost no call.
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

async function enrich({ signal, facts, observation }: Sighting, { ecs, logs }: EvidenceReaders): Promise<Observation> {
  if (signal.kind !== 'task-stopped' && signal.kind !== 'spot-warned') return observation;
  const { state } = signal;
  const [service, tail] = await Promise.all([
    state.group.kind === 'service'
      ? ecs.describeService({ ...observation.subject.at, service: state.group.service })
      : undefined,
    readLogs(state, facts, observation, logs),
  ]);
  const all: Facts = { ...facts, ...(service && { service }), ...(tail && { logs: tail }) };
  return observeTask(signal, observation.diagnosis, all);
}

async function readLogs(
  state: TaskState,
  facts: Facts,
  { diagnosis }: Observation,
  logs: LogReader | undefined,
): Promise<Gathered<LogTail> | undefined> {
  const definition = known(facts.taskDefinition);
  if (definition === undefined || logs === undefined) return undefined;
  const name = culpritOf(state, diagnosis, definition);
  const container = definition.containers.find((candidate) => candidate.name === name);
  if (container === undefined)
    return missing(
      'not-applicable',
      `container ${name ?? '?'} is not in the task definition, so its logs are not known`,
    );
  const { runtimeId, exitCode } = state.containers.find((candidate) => candidate.name === name) ?? {};
  if (runtimeId === undefined && exitCode === undefined) return undefined;
  return logs.tail({
    container,
    taskId: state.task.taskId,
    taskRegion: state.task.region,
    lines: LOG_LINES,
    ...(runtimeId !== undefined && { runtimeId }),
  });
}
