import type { TaskDefinitionFacts } from '../facts.ts';
import { seconds } from '../instant.ts';
import type { TaskState } from '../signal.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Seconds. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (stopTimeout) */
const DEFAULT_STOP_TIMEOUT = 30;

/**
 * Says of an exit code 137 that follows a stop which ECS decided on that it is SIGKILL at the end of the stop timeout,
 * lest somebody takes it for memory. The cause stays the decision's.
 */
export function explainKill(
  diagnosis: Diagnosis,
  { containers, stoppingAt, stoppedAt }: TaskState,
  definition: TaskDefinitionFacts | undefined,
): Diagnosis {
  if (!/^(?:health|platform)\//.test(diagnosis.cause) || stoppingAt === undefined || stoppedAt === undefined) {
    return diagnosis;
  }
  const killed = containers.find(({ exitCode, reason }) => exitCode === 137 && !reason);
  if (killed === undefined) return diagnosis;
  const defined = definition?.containers.find(({ name }) => name === killed.name);
  const timeout = defined?.stopTimeout ?? DEFAULT_STOP_TIMEOUT;
  if (stoppedAt - stoppingAt < seconds(timeout)) return diagnosis;
  return {
    ...diagnosis,
    summary: `${diagnosis.summary} Container ${killed.name} was then killed (exit code 137): its stop timeout of ${timeout} s explains that, so it is no sign of too little memory.`,
  };
}
