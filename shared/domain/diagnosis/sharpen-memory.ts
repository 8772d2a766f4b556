import { type Facts, known, type MemoryFacts, type TaskDefinitionFacts } from '../facts.ts';
import { utcMinute } from '../utc.ts';
import type { CauseId } from './causes.ts';
import { confirm } from './confirm.ts';
import type { Diagnosis } from './diagnosis.ts';

const READ = 'cloudwatch:GetMetricData';

/** Percent of the limit from which memory is the likely reason of a kill. CloudWatch rarely sees the last step to 100. */
const NEARLY_FULL = 90;

/**
 * What memory use says about a kill. An exit code with a high peak stays `memory/sigkill-unexplained`: only ECS's own
 * words make it out of memory.
 */
export function sharpenMemory(diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const memory = known(facts.memory);
  const sharpen = BY_CAUSE[diagnosis.cause];
  if (memory === undefined || sharpen === undefined) return diagnosis;
  const measured = measure(memory, known(facts.taskDefinition));
  return confirm(sharpen(diagnosis, measured), READ, `${memory.namespace}: memory at ${measured.words}`);
}

interface Measured {
  /** `97 % of 1024 MiB at 2026-11-17 03:01 UTC`. */
  readonly words: string;
  readonly isNearlyFull: boolean;
}

const BY_CAUSE: Readonly<Partial<Record<CauseId, (diagnosis: Diagnosis, measured: Measured) => Diagnosis>>> = {
  'memory/sigkill-unexplained': (diagnosis, { words, isNearlyFull }) => {
    const { culprit } = diagnosis;
    const killed = `${culprit === undefined ? 'A container' : `Container ${culprit}`} was killed (exit code 137)`;
    return isNearlyFull
      ? { ...diagnosis, confidence: 'likely', summary: `${killed}; memory stood at ${words}: probably out of memory.` }
      : {
          ...diagnosis,
          summary: `${killed} and ECS does not say why; memory, read once a minute, peaked at ${words}, which does not explain it.`,
        };
  },
  'memory/container-oom': (diagnosis, { words }) => ({
    ...diagnosis,
    summary: `${diagnosis.summary} Memory peaked at ${words}.`,
  }),
  'app/exit-unknown': (diagnosis, { words, isNearlyFull }) =>
    isNearlyFull
      ? { ...diagnosis, summary: `${diagnosis.summary} Memory stood at ${words}: it may have run out.` }
      : diagnosis,
};

/**
 * Where a container has a soft limit, CloudWatch measures against that and may show more than 100 %, which is no sign of
 * trouble (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html).
 */
function measure({ peak, at }: MemoryFacts, definition: TaskDefinitionFacts | undefined): Measured {
  const isSoft = definition?.containers.some(({ memoryReservation }) => memoryReservation !== undefined) ?? false;
  const of = isSoft ? 'the reservation' : definition?.memory === undefined ? 'its limit' : `${definition.memory} MiB`;
  return { words: `${Math.round(peak)} % of ${of} at ${utcMinute(at)}`, isNearlyFull: !isSoft && peak >= NEARLY_FULL };
}
