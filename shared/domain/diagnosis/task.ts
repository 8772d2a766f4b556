import type { CauseId } from './causes.ts';
import { firstToEnd, type Suspect, suspects } from './culprit.ts';
import type { Confidence, Evidence } from './diagnosis.ts';
import { exitRuleFor } from './exit-code.ts';
import { confidenceOf, type Finding, findingOf, isFallback, nothingKnown, type Reading, read } from './finding.ts';
import { normalise } from './normalise.ts';
import type { ObservedTask } from './observed.ts';
import { decision } from './rules/decision.ts';
import { health } from './rules/health.ts';

/** Why a task stopped: what ECS decided, else what it said, else what the exit code says, else the bare stop code. */
export function findTask(task: ObservedTask): Finding {
  const candidates = suspects(task.containers);
  return (
    stoppedByPerson(task) ??
    decidedByEcs(task, candidates) ??
    told(task, candidates) ??
    coded(task) ??
    exited(task, candidates) ??
    untold(task)
  );
}

/** The reason of StopTask is free text: whatever it says, the stop code decides. */
function stoppedByPerson(task: ObservedTask): Finding | undefined {
  if (task.stopCode !== 'UserInitiated') return undefined;
  const reading = readStoppedReason(task);
  // ECS's own words for an operator's forced deregistration; anything else is what somebody typed.
  if (reading !== undefined && /deregistration forced by user/i.test(reading.evidence.text)) return findingOf(reading);
  return { cause: 'lifecycle/stopped-by-user', confidence: 'certain', evidence: taskEvidence(task) };
}

/** Health checks are a decision too, but a container that ran out of memory explains why it failed them. */
function decidedByEcs(task: ObservedTask, candidates: readonly Suspect[]): Finding | undefined {
  const reading = readStoppedReason(task);
  if (reading === undefined || isFallback(reading)) return undefined;
  if (!decision.rules.includes(reading.rule) && !health.rules.includes(reading.rule)) return undefined;
  const outOfMemory = readReasons(candidates).find(({ rule }) => rule.cause === 'memory/container-oom');
  if (outOfMemory === undefined || !reading.rule.cause.startsWith('health/')) return findingOf(reading);
  return {
    ...findingOf(outOfMemory),
    confidence: 'likely',
    evidence: [outOfMemory.evidence, reading.evidence],
  };
}

/** The most specific text: a container's reason beats an attachment's and the task's, a fallback beats nothing. */
function told(task: ObservedTask, candidates: readonly Suspect[]): Finding | undefined {
  const ofContainers = readReasons(candidates);
  const ofAttachments = (task.attachmentReasons ?? []).map((text, index) =>
    read({ field: `attachments[${index}].statusReason`, text }),
  );
  const readings = [...ofContainers, ...ofAttachments, readStoppedReason(task)].filter(
    (reading) => reading !== undefined,
  );
  const best = readings.find((reading) => !isFallback(reading)) ?? readings[0];
  if (best === undefined) return undefined;
  return { ...findingOf(best), confidence: isContested(ofContainers, best) ? 'likely' : confidenceOf(best.rule) };
}

/** Two containers that each name a cause, of which neither is known to be the essential one: either may be right. */
const isContested = (ofContainers: readonly Reading[], best: Reading): boolean =>
  confidenceOf(best.rule) === 'certain' &&
  ofContainers.includes(best) &&
  ofContainers.some((other) => !isFallback(other) && other.rule.cause !== best.rule.cause);

function exited(task: ObservedTask, candidates: readonly Suspect[]): Finding | undefined {
  const first = firstToEnd(candidates);
  const exitCode = first?.container.exitCode;
  if (first === undefined || exitCode === undefined) return undefined;
  const { cause, confidence } = exitRuleFor(exitCode);
  return {
    cause,
    confidence: confidence === 'certain' && wasAnotherKilled(first, candidates) ? 'likely' : confidence,
    exitCode,
    evidence: [{ field: `${first.path}.exitCode`, text: String(exitCode) }, ...taskEvidence(task)],
    ...(first.container.name !== undefined && { culprit: first.container.name }),
  };
}

/** A container that was killed may have been the first to end: the other code is then how its neighbour gave up. */
const wasAnotherKilled = (first: Suspect, candidates: readonly Suspect[]): boolean =>
  candidates.some((other) => other !== first && other.container.exitCode === 137);

interface StopCodeRow {
  readonly cause: CauseId;
  readonly confidence: Confidence;
}

/**
 * Stop codes that are a decision of ECS; exit codes that follow are consequences.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
const DECISION_CODES: Readonly<Record<string, StopCodeRow>> = {
  SpotInterruption: { cause: 'platform/spot-interruption', confidence: 'certain' },
  ServiceSchedulerInitiated: { cause: 'lifecycle/replaced-or-scaled-in', confidence: 'unclear' },
  // The code that Spot notices had before `SpotInterruption`; also seen when a host goes away.
  TerminationNotice: { cause: 'platform/host-removed', confidence: 'unclear' },
  InfrastructureHealth: { cause: 'platform/agent-disconnected', confidence: 'unclear' },
};

function coded(task: ObservedTask): Finding | undefined {
  const code = task.stopCode ?? '';
  const row = Object.hasOwn(DECISION_CODES, code) ? DECISION_CODES[code] : undefined;
  return row && { ...row, evidence: taskEvidence(task) };
}

function untold(task: ObservedTask): Finding {
  const evidence = taskEvidence(task);
  const { readable } = normalise(task.stoppedReason ?? '');
  if (task.stopCode !== 'EssentialContainerExited' && !/essential container/i.test(readable))
    return nothingKnown(evidence);
  // Some tools put the exit code into the text and leave it out of the containers.
  const written = /\bexit(?:ed with)? (?:code|status):? (\d{1,3})\b/i.exec(readable)?.[1];
  if (written === undefined) return { cause: 'app/exit-unknown', confidence: 'unclear', evidence };
  const exitCode = Number(written);
  const { cause, confidence } = exitRuleFor(exitCode);
  return { cause, confidence, exitCode, evidence };
}

const readStoppedReason = ({ stoppedReason }: ObservedTask): Reading | undefined =>
  stoppedReason === undefined ? undefined : read({ field: 'stoppedReason', text: stoppedReason });

const readReasons = (candidates: readonly Suspect[]): readonly Reading[] =>
  candidates.flatMap(({ path, container }) =>
    container.reason === undefined
      ? []
      : (read({ field: `${path}.reason`, text: container.reason }, container.name) ?? []),
  );

function taskEvidence({ stopCode, stoppedReason }: ObservedTask): readonly Evidence[] {
  return [
    ...(stopCode === undefined ? [] : [{ field: 'stopCode', text: stopCode }]),
    ...(stoppedReason === undefined ? [] : [{ field: 'stoppedReason', text: stoppedReason }]),
  ];
}
