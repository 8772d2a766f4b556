import type { FrozenSpan } from './freeze-spans.ts';
import type { Because, Opening } from './opening.ts';
import { freezeText } from './rule-text.ts';

/** Openings that overlap or touch become one. The result is in order, and no two of it touch. */
export function merged(openings: readonly Opening[]): readonly Opening[] {
  const result: Opening[] = [];
  for (const opening of openings.toSorted((a, b) => a.opens - b.opens || a.closes - b.closes)) {
    const last = result.at(-1);
    if (last === undefined || last.closes < opening.opens) result.push(opening);
    else result[result.length - 1] = joined(last, opening);
  }
  return result;
}

function joined(first: Opening, second: Opening): Opening {
  const because = second.because.map((reason): Because => ({ ...reason, rule: 'merged' }));
  const isNew = (reason: Because): boolean =>
    !first.because.some(({ rule, by, text }) => rule === 'merged' && by === reason.by && text === reason.text);
  return {
    ...first,
    windows: united(first.windows, second.windows),
    closes: Math.max(first.closes, second.closes),
    cutoffs: united(first.cutoffs, second.cutoffs),
    because: because.some(isNew) ? [...first.because, ...because.filter(isNew)] : first.because,
  };
}

/** What is there already, when nothing is new: thousands of openings may become one. */
const united = <Value>(first: readonly Value[], second: readonly Value[]): readonly Value[] =>
  second.every((value) => first.includes(value)) ? first : [...new Set([...first, ...second])];

export interface Cut {
  /** What is left. */
  readonly openings: readonly Opening[];
  /** What is gone, each piece with the freeze that took it. */
  readonly frozen: readonly Opening[];
}

/** Takes the spans, which may overlap, out of the openings, which do not. */
export function withoutFrozen(openings: readonly Opening[], spans: readonly FrozenSpan[]): Cut {
  const inOrder = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const cuts = openings.map((opening) =>
    cutBy(
      opening,
      inOrder.filter(({ from, to }) => from < opening.closes && opening.opens < to),
    ),
  );
  return { openings: cuts.flatMap((cut) => cut.openings), frozen: cuts.flatMap((cut) => cut.frozen) };
}

function cutBy(opening: Opening, spans: readonly FrozenSpan[]): Cut {
  const openings: Opening[] = [];
  const frozen: Opening[] = [];
  let free = opening.opens;
  let before: readonly FrozenSpan[] = [];
  for (const span of spans) {
    if (free < span.from) openings.push(piece(opening, free, span.from, [...before, span]));
    if (free < span.to) {
      frozen.push(piece(opening, Math.max(free, span.from), Math.min(span.to, opening.closes), [span]));
      free = span.to;
      before = [span];
    }
  }
  if (free < opening.closes) openings.push(piece(opening, free, opening.closes, before));
  return { openings, frozen };
}

const piece = (whole: Opening, opens: number, closes: number, spans: readonly FrozenSpan[]): Opening => ({
  ...whole,
  opens,
  closes,
  because: [...whole.because, ...[...new Set(spans.map(({ freeze }) => freeze))].map(cutText)],
});

const cutText = (freeze: FrozenSpan['freeze']): Because => ({ rule: 'cut', by: freeze.name, text: freezeText(freeze) });
