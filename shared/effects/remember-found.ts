import type { Gathered } from '../domain/facts.ts';

/**
 * Remembers what was found for the life of the process, at most `limit` answers, the oldest forgotten first. Concurrent
 * calls for one key share a request. What is missing is asked for again. Only for things that never change.
 */
export function rememberFound<Key, Value>(
  read: (key: Key) => Promise<Gathered<Value>>,
  limit: number,
): (key: Key) => Promise<Gathered<Value>> {
  const answers = new Map<Key, Promise<Gathered<Value>>>();

  async function ask(key: Key): Promise<Gathered<Value>> {
    const answer = await read(key);
    if (answer.status === 'missing') answers.delete(key);
    return answer;
  }

  return (key) => {
    const remembered = answers.get(key);
    if (remembered !== undefined) return remembered;
    const [oldest] = answers.keys();
    if (answers.size >= limit && oldest !== undefined) answers.delete(oldest);
    const answer = ask(key);
    answers.set(key, answer);
    return answer;
  };
}
