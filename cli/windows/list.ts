import { days } from '../../shared/domain/instant.ts';
import { audiencesOf, freezesFor, windowsFor } from '../../shared/domain/windows/audience.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import type { Opening, Range } from '../../shared/domain/windows/opening.ts';
import type { Cut } from '../../shared/domain/windows/pieces.ts';
import { timetable } from '../../shared/domain/windows/usable-openings.ts';
import { localText } from '../../shared/domain/zone.ts';
import type { Terminal } from '../terminal.ts';
import { countIn, type Given, instantIn, subjectIn } from './given.ts';
import { becauseText, spanText, utcText, windowNames } from './text.ts';

const DAYS = 60;
const MOST_DAYS = 1_500;

/** Every opening that shares an instant with the days asked for, and in words also what freezes take. */
export async function listWindows(maintenance: Maintenance, given: Given, terminal: Terminal): Promise<number> {
  const from = given.from === undefined ? terminal.clock() : instantIn(given.from, '--from');
  const range = { from, to: from + days(given.days === undefined ? DAYS : countIn(given.days, '--days', MOST_DAYS)) };
  const { openings, frozen } = cutsOf(maintenance, given, range);
  for (const note of notesOf(maintenance, given, range)) terminal.err(`slackwater windows: ${note}`);
  if (given.json) terminal.out(JSON.stringify(openings.map(openingLine), null, 2));
  else terminal.out(linesOf(openings, frozen).join('\n') || 'nothing opens');
  return openings.length > 0 ? 0 : 1;
}

/** Without a service, each audience has openings of its own; windows for different services are not merged. */
export function cutsOf(maintenance: Maintenance, given: Given, range: Range): Cut {
  const { windows, freezes } = maintenance;
  const subject = subjectIn(given, maintenance);
  const cuts = subject
    ? [timetable(windowsFor(windows, subject).windows, freezesFor(freezes, subject), range)]
    : audiencesOf(windows, freezes).map((audience) => timetable(audience.windows, audience.freezes, range));
  return {
    openings: cuts.flatMap(({ openings }) => openings).toSorted(inOrder),
    frozen: cuts.flatMap(({ frozen }) => frozen),
  };
}

const inOrder = (a: Opening, b: Opening): number => a.opens - b.opens || a.closes - b.closes;

const openingLine = (opening: Opening) => ({
  window: windowNames(opening),
  opens: utcText(opening.opens),
  closes: utcText(opening.closes),
  local: { opens: localText(opening.opens, opening.zone), closes: localText(opening.closes, opening.zone) },
  because: becauseText(opening),
});

const linesOf = (openings: readonly Opening[], frozen: readonly Opening[]): readonly string[] =>
  [
    ...openings.map((opening) => ({ opening, word: 'open  ' })),
    ...frozen.map((opening) => ({ opening, word: 'frozen' })),
  ]
    .toSorted((a, b) => inOrder(a.opening, b.opening))
    .map(({ opening, word }) => `${word}  ${spanText(opening)}; ${becauseText(opening)}`);

/** What the listing cannot show. */
function notesOf({ windows, freezes }: Maintenance, given: Given, { to }: Range): readonly string[] {
  const isPartial = given.service === undefined && given.select === undefined;
  const everywhere = audiencesOf(windows, freezes);
  const partial = freezes.filter((freeze) => !everywhere.every((audience) => audience.freezes.includes(freeze)));
  return [
    ...windows.flatMap(({ name, opens }) =>
      opens.kind === 'ssm' && opens.imported !== undefined && opens.imported.until < to
        ? [`what ${name} opens from ${utcText(opens.imported.until)} on is not known`]
        : [],
    ),
    ...(isPartial && windows.length > 0 ? partial : []).map(
      ({ name }) => `freeze ${name} may hold for some of these services only; ask with --service`,
    ),
  ];
}
