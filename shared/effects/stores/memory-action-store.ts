import type { ActionId, ActionRequest, ActionStore } from '../../domain/chat/action-request.ts';
import { actionItemOf, dueActions } from './action-item.ts';

/** The action store in memory, for tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryActionStore(): ActionStore {
  const requests = new Map<ActionId, ActionRequest>();
  return {
    load: async (id) => requests.get(id),
    save: async (request) => {
      if ((requests.get(request.id)?.version ?? 0) !== request.version) return 'conflict';
      requests.set(request.id, actionItemOf(request).request);
      return 'saved';
    },
    loadDue: async (now, limit) => dueActions([...requests.values()], now).slice(0, limit),
  };
}
