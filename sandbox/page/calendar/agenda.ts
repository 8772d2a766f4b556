import { dueAt } from '../../../shared/effects/stores/due-first.ts';
import { nextClockChange } from '../../next-clock-change.ts';
import type { Knowledge } from '../knowledge.ts';
import { spansOf } from './openings.ts';

/** Something that happens by itself. `at`: milliseconds since 1970. */
export interface Coming {
  readonly at: number;
  readonly what: string;
  readonly isOpening?: true;
}

const DAY = 86_400_000;
/** What is due within the next run of the schedules is as good as now. */
const SOON = 60_000;
const AHEAD = 60 * DAY;

/** What comes after `now`, the next first: openings, deadlines, looks at plans, what is owed, changes of clocks. */
export function agendaOf({ policy: { maintenance }, plans, records }: Knowledge, now: number): readonly Coming[] {
  const spans = spansOf(maintenance, { from: now, to: now + AHEAD });
  const zones = new Set(maintenance.windows.map(({ zone }) => zone));
  const coming: readonly Coming[] = [
    ...spans.flatMap(({ kind, name, opens, closes }): readonly Coming[] =>
      kind === 'open'
        ? [
            { at: opens, what: `window ${name} opens`, isOpening: true },
            { at: closes, what: `window ${name} closes` },
          ]
        : [],
    ),
    ...plans.flatMap(({ id, plan, dueAt: due }): readonly Coming[] =>
      due === undefined
        ? []
        : [
            { at: due, what: `${id} is looked at` },
            ...(plan === undefined ? [] : [{ at: plan.deadline, what: `deadline of ${id}` }]),
          ],
    ),
    ...records.flatMap((record): readonly Coming[] => {
      const due = dueAt(record);
      return due === undefined ? [] : [{ at: due, what: `${record.id} is looked at` }];
    }),
    ...[...zones].flatMap((zone): readonly Coming[] => {
      const at = nextClockChange(now, zone);
      return at === undefined || at > now + 400 * DAY ? [] : [{ at, what: `clocks change in ${zone}` }];
    }),
  ];
  return coming.filter(({ at }) => at > now + SOON).toSorted((a, b) => a.at - b.at);
}
