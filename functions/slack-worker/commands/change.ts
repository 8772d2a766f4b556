import type { ChatAnswer } from '../answer.ts';
import { type Deed, perform } from '../perform.ts';
import { type Asked, sentence } from './command.ts';

/**
 * Does it if the asker may, exactly as a button does, and says what came of it; what is said in `notes` only where it was
 * done.
 */
export async function change(deed: Deed, { visit, deps }: Asked, notes: readonly string[] = []): Promise<ChatAnswer> {
  const { decision, because } = await perform(deed, visit, deps);
  return sentence(decision, because, decision === 'done' ? notes : []);
}
