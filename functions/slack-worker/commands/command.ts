import type { Instant } from '../../../shared/domain/instant.ts';
import type { EcsReader } from '../../../shared/effects/readers/ecs-reader.ts';
import type { LogReader } from '../../../shared/effects/readers/log-reader.ts';
import type { TaskReader } from '../../../shared/effects/readers/task-reader.ts';
import type { Records } from '../../../shared/effects/stores/open-records.ts';
import { answerMessage } from '../../../shared/render/answer-message.ts';
import type { SlackMessage } from '../../../shared/render/message.ts';
import type { ChatAnswer } from '../answer.ts';
import type { Visit, WorkerDeps } from '../visit.ts';

/** What commands read beside what the worker has for every request. */
export interface CommandDeps extends WorkerDeps {
  /** What is open; bounded. */
  readonly loadOpen: () => Promise<Records>;
  /** ECS as it is now, and its logs. They never throw, and say what they could not read. */
  readonly ecs: Pick<EcsReader, 'describeService' | 'describeTaskDefinition'>;
  readonly tasks: TaskReader;
  readonly logs: LogReader;
}

/** One command under way. */
export interface Asked {
  readonly visit: Visit;
  readonly deps: CommandDeps;
  /** With its slash, as people typed it. */
  readonly slash: string;
  readonly now: Instant;
  /** Of times without an offset. */
  readonly zone: string;
}

/** What was typed is not how the command is used. `misuse` is a sentence, which may hold words of the asker. */
export interface Misuse {
  readonly misuse: string;
}

export interface Command {
  readonly name: string;
  /** What stands behind the name: `SERVICE TIME [REASON]`; empty for nothing. */
  readonly form: string;
  /** Words behind the name that work. */
  readonly example: string;
  /** What it does, for `help`; without a full stop. */
  readonly does: string;
  readonly run: (words: readonly string[], asked: Asked) => Promise<ChatAnswer | Misuse>;
}

/** An answer to a question: nothing was to be changed. */
export const answered = ({ text, blocks }: SlackMessage): ChatAnswer => ({
  decision: 'answered',
  because: 'a question was answered',
  show: { kind: 'words', text, blocks },
});

/** One sentence, which may hold words of others, with small print below it. */
export function sentence(decision: ChatAnswer['decision'], because: string, notes: readonly string[] = []): ChatAnswer {
  const { text, blocks } = answerMessage([because], { notes });
  return { decision, because, show: { kind: 'words', text, blocks } };
}
