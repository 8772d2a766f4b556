import type { Gathered } from '../../domain/facts.ts';
import { gathered, type Question } from '../gathered.ts';
import type { PlannedClients } from '../planning-clients.ts';

/** One request, or one page after the other. Never throws: what was not answered is missing, with its reason. */
export type Ask = <Value>(
  question: Question,
  read: (signal: AbortSignal) => Promise<Gathered<Value>>,
) => Promise<Gathered<Value>>;

/** What everything about one account and Region is read with. */
export interface Reading {
  readonly clients: PlannedClients;
  readonly ask: Ask;
}

/**
 * At most `most` questions at the same time, because ECS's request limits are those of the whole account. Once `signal`
 * aborts, whatever is still to be asked is answered as not in time, at once.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/request-throttling.html
 */
export function pacedAsk(signal: AbortSignal, most: number): Ask {
  const waiting: (() => void)[] = [];
  let free = most;

  async function takeTurn(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function endTurn(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async (question, read) => {
    await takeTurn();
    try {
      return await gathered(question, signal, read);
    } finally {
      endTurn();
    }
  };
}
