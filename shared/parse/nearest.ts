/**
 * The known word that was probably meant by one that is not known: at most a third of it is mistyped, counted in letters
 * put in, left out, changed or swapped with their neighbour. `undefined` when none is that near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.ceil(word.length / 3);
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = mistakes(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** ` (did you mean "severity"?)`, or nothing. */
export function suggestion(word: string, known: readonly string[]): string {
  // Nobody mistypes a word into a long text; comparing one would cost its square.
  const meant = word.length <= 64 ? nearest(word, known) : undefined;
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** The optimal string alignment distance. https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
function mistakes(a: string, b: string): number {
  let before: readonly number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(changed, at(above, j) + 1, at(row, j - 1) + 1, ...(swapped ? [at(before, j - 2) + 1] : [])));
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
