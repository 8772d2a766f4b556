import { characterCount, characters } from './characters.ts';

/**
 * Breaks a line at spaces into lines of at most `width` characters (code points). A word longer than that is broken
 * too, unless it is an address.
 */
export function wrap(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\s)(?=\S)/).flatMap((piece) => chunks(piece, width))) {
    if (current !== '' && characterCount((current + word).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += word;
  }
  return [...lines, current.trimEnd()];
}

const isAddress = (word: string): boolean => word.startsWith('https://');

function chunks(word: string, width: number): readonly string[] {
  if (isAddress(word) || characterCount(word.trimEnd()) <= width) return [word];
  const all = characters(word);
  return Array.from({ length: Math.ceil(all.length / width) }, (_, index) =>
    all.slice(index * width, (index + 1) * width).join(''),
  );
}
