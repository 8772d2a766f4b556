import type { Slot } from '../../shared/domain/plan/candidates.ts';
import { nameOf, type PlannedService, type Work } from '../../shared/domain/plan/plan.ts';
import type { Attempt, FlightStage, Proof, Run, Stage } from '../../shared/domain/plan/stage.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { inWords } from '../../shared/render/duration.ts';
import { oneLine } from '../../shared/render/escape.ts';

/** A key and what there is to say of it. */
export type Row = readonly [key: string, text: string];

/** Rows under a title of some parts, as all listings of the command line have them; safe to print. */
export function paragraph(title: readonly string[], rows: readonly Row[]): string {
  const keyed = rows.map(([key, text], index) => [rows[index - 1]?.[0] === key ? '' : key, oneLine(text)] as const);
  return [title.map(oneLine).join('  '), ...keyed.map(([key, text]) => `    ${key.padEnd(8)}  ${text}`)].join('\n');
}

/** `harbor-prod/checkout  ASK  4 of 6 tasks are on the old revision. …` */
export function verdictTitle(service: PlannedService): readonly string[] {
  const { verdict } = service;
  const choices = verdict.kind === 'escalated' ? ` You can: ${verdict.choices.join(', ')}.` : '';
  return [nameOf(service), verdict.kind.toUpperCase(), `${verdict.because}${choices}`];
}

/** What somebody agrees to who agrees to the service as it is; of the openings so many. */
export function termRows({ work, hash }: PlannedService, most = Number.POSITIVE_INFINITY): readonly Row[] {
  if (work === undefined) return [];
  const { revision, mode, expected, latestSafeStart, slots, checks, digests } = work;
  const left = slots.length - most;
  return [
    ['deploys', `${revision}, ${howOf(work)}, mode ${mode}, hash ${hash}`],
    ['takes', `${inWords(expected.length)} (${expected.from}), so it has to begin by ${utcMinute(latestSafeStart)}`],
    ...Object.entries(digests).map(([container, digest]): Row => ['runs', `${container} ${digest}`]),
    ...slots.slice(0, most).map((slot): Row => ['opening', slotText(slot)]),
    ...(left > 0 ? [['opening', `and ${left} more`] as const] : []),
    ...checkRows(checks),
  ];
}

const howOf = ({ isPinned, controller, strategy }: Work): string =>
  isPinned ? 'one task after the other by the same image' : `${strategy} by ${controller}`;

const checkRows = (checks: Work['checks']): readonly Row[] =>
  checks.map(({ id, answer, because }) => [answer, `${id}: ${because}`]);

const slotText = ({ windows, opens, closes, cutoff }: Slot): string =>
  `${utcMinute(opens)} to ${utcMinute(closes)} (${windows.join(' and ')}), last start ${utcMinute(cutoff)}`;

/** How far it is, what became of the attempts, and the proof. */
export function runRows({ run }: PlannedService): readonly Row[] {
  const { stage, failures, last } = run;
  return [
    ['stage', stageText(stage)],
    ...(last === undefined ? [] : [['attempts', attemptText(last, failures)] as const]),
    ...(stage.kind === 'ended' && stage.proof !== undefined ? proofRows(stage.proof) : []),
  ];
}

function stageText(stage: Stage): string {
  switch (stage.kind) {
    case 'waiting':
      if (stage.held !== undefined) return `waiting, although the window is open: ${stage.held.because}`;
      return stage.aim === undefined ? 'waiting' : `waiting for ${utcMinute(stage.aim.opens)}`;
    case 'handing-over':
      return `left alone since ${utcMinute(stage.since)} (${stage.why}), and watched`;
    case 'ended':
      return `${stage.end} ${utcMinute(stage.at)}: ${stage.because}`;
    case 'starting':
    case 'running':
    case 'replacing':
    case 'verifying': {
      const { kind, startedAt } = stage;
      const trouble = 'trouble' in stage && stage.trouble !== undefined ? `: ${stage.trouble}` : '';
      return `${kind}, begun ${utcMinute(startedAt)}${whichOf(stage)}${trouble}`;
    }
  }
}

/** The deployment that is awaited, or the task. */
function whichOf(stage: FlightStage): string {
  const which = 'taskId' in stage ? `task ${stage.taskId}` : 'deployment' in stage ? stage.deployment : undefined;
  return which === undefined ? '' : `, ${which}`;
}

function attemptText({ end, at, deployment }: Attempt, failures: Run['failures']): string {
  const which = deployment === undefined ? '' : `, ${deployment}`;
  return `${failures} failed; the last ${end} ${utcMinute(at)}${which}`;
}

function proofRows({ old, running, desired, deployment, took, changes }: Proof): readonly Row[] {
  const length = took === undefined ? '' : `, took ${inWords(took)}`;
  const which = deployment === undefined ? '' : `, ${deployment}`;
  return [
    ['proof', `${old} old, ${running} of ${desired} tasks run${length}${which}`],
    ...changes.map((change): Row => ['changed', change]),
  ];
}
