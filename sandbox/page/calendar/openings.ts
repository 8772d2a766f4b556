import { cutsOf } from '../../../cli/windows/list.ts';
import { becauseText, windowNames } from '../../../cli/windows/text.ts';
import { frozenSpans } from '../../../shared/domain/windows/freeze-spans.ts';
import type { Maintenance } from '../../../shared/domain/windows/maintenance.ts';
import type { Range } from '../../../shared/domain/windows/opening.ts';

/** A stretch of the calendar: `opens <= t < closes`, milliseconds since 1970. */
export interface Span {
  /** `open`: something may be replaced. `frozen`: an opening that a freeze took. `freeze`: the freeze itself. */
  readonly kind: 'open' | 'frozen' | 'freeze';
  readonly name: string;
  readonly opens: number;
  readonly closes: number;
  readonly because: string;
}

/** What `slackwater windows` lists of the same range, and the freezes that cut it. */
export function spansOf(maintenance: Maintenance, range: Range): readonly Span[] {
  const { openings, frozen } = cutsOf(maintenance, {}, range);
  const freezes = maintenance.freezes.flatMap((freeze) =>
    frozenSpans(freeze, range).map(
      ({ from, to }): Span => ({
        kind: 'freeze',
        name: freeze.name,
        opens: from,
        closes: to,
        because: freeze.reason,
      }),
    ),
  );
  const cut = (kind: Span['kind'], of: typeof openings): readonly Span[] =>
    of.map((opening) => ({
      kind,
      name: windowNames(opening),
      opens: opening.opens,
      closes: opening.closes,
      because: becauseText(opening),
    }));
  return [...freezes, ...cut('open', openings), ...cut('frozen', frozen)];
}
