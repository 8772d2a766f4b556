import type { Instant } from '../../instant.ts';
import type { LockView } from '../lock.ts';
import { nameOf, type Plan, type PlannedService, type Work } from '../plan.ts';
import type { ActiveService } from '../situation.ts';
import type { End, Proof, Run, Stage } from '../stage.ts';
import type { NewsKind, PlanNews, PlanStep, RunConfig, StepOutcome } from '../step.ts';

/** One look at one service: what is known of it, and of everything that it shares limits with. */
export interface Look {
  readonly plan: Plan;
  readonly service: PlannedService;
  readonly work: Work;
  readonly situation: ActiveService;
  /** What came of the last steps that did not just work, by the ARN of the service. */
  readonly outcomes: Readonly<Record<string, StepOutcome>>;
  readonly locks: LockView;
  readonly totalTasks?: number;
  readonly config: RunConfig;
  readonly now: Instant;
}

/** What follows from it; the run is the same where nothing has changed. */
export interface Move {
  readonly run: Run;
  readonly steps: readonly PlanStep[];
  readonly news: readonly PlanNews[];
}

export const stay = ({ service }: Pick<Look, 'service'>, steps: readonly PlanStep[] = []): Move => ({
  run: service.run,
  steps,
  news: [],
});

export const to = (
  { service }: Pick<Look, 'service'>,
  stage: Stage,
  { steps = [], news = [] }: Partial<Pick<Move, 'steps' | 'news'>> = {},
): Move => ({ run: { ...service.run, stage }, steps, news });

/** A sentence about the service. */
export const tell = (
  { service }: Pick<Look, 'service'>,
  kind: NewsKind,
  text: string,
  audience: PlanNews['audience'] = 'thread',
): PlanNews => ({ kind, at: service.at, text: `${nameOf(service)}: ${text}`, audience });

interface Ending {
  readonly end: End;
  readonly because: string;
  readonly proof?: Proof;
  readonly steps?: readonly PlanStep[];
}

/** The end of a service. Whatever somebody still has to look at is said to the channel. */
export function ended(look: Pick<Look, 'service' | 'now'>, { end, because, proof, steps = [] }: Ending): Move {
  const stage: Stage = { kind: 'ended', end, at: look.now, because, ...(proof && { proof }) };
  const changes = proof?.changes ?? [];
  const isQuiet = (end === 'done' || end === 'skipped' || end === 'handed-over') && changes.length === 0;
  const text = [`${end}. ${because}`, ...changes].join(' ');
  return to(look, stage, {
    steps,
    news: [tell(look, 'ended', text, isQuiet ? 'thread' : end === 'escalated' ? 'owners' : 'channel')],
  });
}
