import type { KnownBlock } from '@slack/types';
import { type Fields, wordOf } from '../json-object.ts';
import { problemsOf } from './limits.ts';
import { type Refusal, refuse } from './reply.ts';
import type { Revision } from './workspace.ts';

/** What a message is to say; Slack wants text, which stands for the blocks in notifications. */
export function readContent(body: Fields): Revision | Refusal {
  const problems = problemsOf(body['blocks']);
  if (problems.length > 0) return refuse('invalid_blocks', problems);
  const text = wordOf(body['text']);
  return text === '' ? refuse('no_text') : { text, blocks: blocksOf(body['blocks']) };
}

// True for what `problemsOf` let pass, as far as this sandbox draws it.
export const blocksOf = (blocks: unknown): readonly KnownBlock[] => (blocks ?? []) as readonly KnownBlock[];

export const firstLineOf = ({ text }: Pick<Revision, 'text'>): string => text.split('\n')[0] ?? '';
