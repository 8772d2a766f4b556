import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../shared/domain/diagnosis/diagnosis.ts';
import { type Facts, type Gathered, known, type LogTail } from '../../../shared/domain/facts.ts';
import type { Incident } from '../../../shared/domain/incident.ts';
import { openIncident } from '../../../shared/domain/incident-life.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import { culpritOf, observedTask, observeTask } from '../../../shared/domain/observe-task.ts';
import type { TaskRef } from '../../../shared/domain/place.ts';
import { present } from '../../../shared/domain/present.ts';
import type { TaskState, TaskStopped } from '../../../shared/domain/signal.ts';
import type { TaskDetail } from '../../../shared/effects/readers/task-detail.ts';
import { taskEvent } from '../../../shared/effects/readers/task-event.ts';
import { parseEvent } from '../../../shared/parse/index.ts';
import type { CommandDeps } from './command.ts';

/** Why a task stopped, by what ECS and the logs say now. Nothing of it is stored. */
export type Fresh =
  /** As it would be opened for this one stop. */
  | { readonly status: 'problem'; readonly incident: Incident }
  /** A sentence: it has not stopped, or nobody has to act. */
  | { readonly status: 'quiet'; readonly because: string };

type Readers = Pick<CommandDeps, 'ecs' | 'logs'>;

/** Three requests at the most beside the one that gave `detail`: the task definition, the log stream and its next page. */
export async function freshDiagnosis(ref: TaskRef, detail: TaskDetail, readers: Readers, now: Instant): Promise<Fresh> {
  const parsed = parseEvent(taskEvent(ref, detail, now));
  if (parsed.status !== 'parsed' || parsed.signal.kind !== 'task-stopped')
    return { status: 'quiet', because: `Task ${ref.taskId} is ${detail.lastStatus} and has not stopped.` };
  const { signal } = parsed;
  // The text alone is asked first: an expected stop costs no request.
  const fromText = diagnose(observedTask(signal));
  if (fromText.benign) return expected(fromText);
  const taskDefinition = await readers.ecs.describeTaskDefinition(signal.state.taskDefinition.arn);
  const diagnosis = diagnose(observedTask(signal, known(taskDefinition)));
  if (diagnosis.benign) return expected(diagnosis);
  const logs = await tailOf(signal, { taskDefinition }, diagnosis, readers);
  const facts: Facts = { taskDefinition, ...(logs && { logs }) };
  return { status: 'problem', incident: openIncident(observeTask(signal, diagnosis, facts)) };
}

const expected = ({ summary }: Diagnosis): Fresh => ({ status: 'quiet', because: `Nobody has to act: ${summary}` });

/** The culprit's last lines, unless it never ran or the task definition is not known. */
async function tailOf(
  { state }: TaskStopped,
  facts: Facts,
  diagnosis: Diagnosis,
  { logs }: Readers,
): Promise<Gathered<LogTail> | undefined> {
  const definition = known(facts.taskDefinition);
  const name = culpritOf(state, diagnosis, definition);
  const container = definition?.containers.find((one) => one.name === name);
  const ran = ranAs(state, name);
  if (container === undefined || ran === undefined) return undefined;
  return logs.tail({ container, taskId: state.task.taskId, at: state.task, ...ran });
}

/** `undefined` for a container that never ran and so wrote nothing. */
function ranAs({ containers }: TaskState, name: string | undefined) {
  const { runtimeId, exitCode } = containers.find((one) => one.name === name) ?? {};
  return runtimeId === undefined && exitCode === undefined ? undefined : present({ runtimeId });
}
