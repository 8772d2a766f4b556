import type { Diagnosis } from './diagnosis.ts';
import { type Finding, findingOf, nothingKnown, read } from './finding.ts';
import type { ObservedDeployment } from './observed.ts';

/** A deployment's reason is a symptom: the cause of its stopped tasks is the one to show. */
export function findDeployment(deployment: ObservedDeployment): Finding {
  const verdict = verdictOf(deployment);
  const isSymptom =
    verdict.cause === 'deployment/tasks-failed-to-start' ||
    verdict.cause === 'deployment/rolled-back' ||
    verdict.cause === 'platform/unspecified-failure';
  return (isSymptom && causeOfTasks(deployment.tasks ?? [], verdict)) || verdict;
}

function verdictOf({ reason, phase, isRollback }: ObservedDeployment): Finding {
  const reading = reason === undefined ? undefined : read({ field: 'reason', text: reason });
  if (reading !== undefined) return findingOf(reading);
  const evidence = [
    ...(phase === undefined ? [] : [{ field: 'phase', text: phase }]),
    ...(reason === undefined ? [] : [{ field: 'reason', text: reason }]),
  ];
  if (isRollback) return { cause: 'deployment/rolled-back', confidence: 'likely', evidence };
  if (phase === 'failed') return { cause: 'deployment/tasks-failed-to-start', confidence: 'likely', evidence };
  if (phase !== undefined) return { cause: 'lifecycle/progress', confidence: 'certain', evidence };
  return nothingKnown(evidence);
}

/** The cause that most of the tasks share; without agreement it is only likely to be that of the deployment. */
function causeOfTasks(tasks: readonly Diagnosis[], verdict: Finding): Finding | undefined {
  const telling = tasks.filter(({ benign, cause }) => !benign && cause !== 'platform/unspecified-failure');
  const count = (cause: string) => telling.filter((task) => task.cause === cause).length;
  const [best] = telling.toSorted((a, b) => count(b.cause) - count(a.cause));
  if (best === undefined) return undefined;
  const isAgreed = count(best.cause) === telling.length;
  return {
    cause: best.cause,
    confidence: isAgreed || best.confidence === 'unclear' ? best.confidence : 'likely',
    evidence: [
      ...best.evidence.map(({ field, text }) => ({ field: `tasks[${tasks.indexOf(best)}].${field}`, text })),
      ...verdict.evidence,
    ],
    ...(best.culprit !== undefined && { culprit: best.culprit }),
    advice: { summary: best.summary, fix: best.fix },
  };
}
