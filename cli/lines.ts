import { open } from 'node:fs/promises';
import { unreadable } from './terminal.ts';

/**
 * The lines of a file, or of standard input for `-`, without their ends and in constant memory. Only a line feed ends a
 * line: JSON texts may hold U+2028, at which Node's readline would break them.
 */
export async function* readLines(name: string, stdin: NodeJS.ReadableStream): AsyncGenerator<string> {
  if (name === '-') return yield* linesOf(stdin);
  const file = await open(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  try {
    yield* linesOf(file.createReadStream({ autoClose: false }));
  } catch (error) {
    // A folder can be opened, and only reading it fails.
    throw error instanceof Error && 'code' in error ? unreadable(name, error) : error;
  } finally {
    await file.close();
  }
}

async function* linesOf(chunks: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
