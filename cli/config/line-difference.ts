/** Lines around a change that say where it is. */
const CONTEXT = 2;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** What has to be taken out and put in to make `after` of `before`, as diff(1) shows it; empty when nothing has. */
export function lineDifference(before: string, after: string): readonly string[] {
  const lines = aligned(linesOf(before), linesOf(after));
  const isShown = (index: number): boolean =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== ' ');
  const shown = [...lines.keys()].filter(isShown);
  return shown.flatMap((index, position) => {
    const line = lines[index];
    const isAfterGap = position > 0 && shown[position - 1] !== index - 1;
    return [...(isAfterGap ? ['  …'] : []), ...(line ? [`${line.mark} ${line.text}`] : [])];
  });
}

/** Cells of the table below; a document of three thousand lines compared with one of the same length. */
const LARGEST_TABLE = 10_000_000;

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));

/** By the longest common subsequence, or, where that would take too long, everything out and everything in. */
function aligned(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length * after.length > LARGEST_TABLE) {
    return [
      ...before.map((text) => ({ mark: '-', text }) as const),
      ...after.map((text) => ({ mark: '+', text }) as const),
    ];
  }
  const common = commonLengths(before, after);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, young] = [before[i], after[j]];
    if (old !== undefined && old === young) {
      lines.push({ mark: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (young === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ mark: '-', text: old });
      i += 1;
    } else {
      lines.push({ mark: '+', text: young ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** How many lines the rests from `i` and from `j` have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
