import { type ActionAsked, type ActionRequest, actionIdOf, ask } from '../../shared/domain/chat/action-request.ts';
import { inWords } from '../../shared/render/duration.ts';
import { done, type Result, refused } from './perform.ts';
import type { WorkerDeps } from './visit.ts';

export const NOT_HERE = 'This installation may not change ECS: its parameter Redeployments is no.';

/** Saves what is asked for, unless it was asked for before, and has the function run that may do it. */
export async function askFor(asked: ActionAsked, text: string, deps: WorkerDeps): Promise<Result> {
  const { actions, wake } = deps;
  const known = await actions.load(actionIdOf(asked));
  const answer = ask(asked, known);
  if ('already' in answer) return refused(alreadyText(answer.already, asked));
  if ((await actions.save(answer)) === 'conflict') {
    const first = await actions.load(answer.id);
    return refused(
      first === undefined ? 'Somebody else asked at the same moment: nothing was changed.' : alreadyText(first, asked),
    );
  }
  await wake();
  return done(`${text}: ECS is asked at once, and the thread of its message says what comes of it.`);
}

function alreadyText({ by, at, kind }: ActionRequest, asked: ActionAsked): string {
  const who = by === asked.by ? 'You' : by;
  return `${who} asked ${inWords(asked.at - at)} ago to ${WORDS[kind]}: that is done once.`;
}

const WORDS: Readonly<Record<ActionRequest['kind'], string>> = {
  'roll-back': 'roll it back',
  'roll-back-hook': 'roll it back',
  'continue-hook': 'continue it',
};
