import type { Turn, TurnStore } from '../../domain/chat/turn.ts';
import type { Instant } from '../../domain/instant.ts';

/** The turns in memory, for tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryChatTurns(): TurnStore {
  const taken = new Map<string, Turn & { readonly takenAt: Instant }>();
  return {
    take: async (turn, now) => {
      const held = taken.get(turn.name);
      if (held === undefined || held.until <= now) {
        taken.set(turn.name, { ...turn, takenAt: now });
        return { status: 'first' };
      }
      if (held.request === turn.request) return { status: 'cut-off' };
      return { status: 'taken', by: held.by, at: held.takenAt };
    },
  };
}
