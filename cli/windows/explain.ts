import { days, type Instant, minutes } from '../../shared/domain/instant.ts';
import { audiencesOf, freezesFor, type WindowSubject, windowsFor } from '../../shared/domain/windows/audience.ts';
import { frozenAt } from '../../shared/domain/windows/freeze-spans.ts';
import type { Freeze, Maintenance, MaintenanceWindow } from '../../shared/domain/windows/maintenance.ts';
import { freezeText } from '../../shared/domain/windows/rule-text.ts';
import { latestStart, nextOf, timetable } from '../../shared/domain/windows/usable-openings.ts';
import type { Terminal } from '../terminal.ts';
import { type Given, instantIn, subjectIn } from './given.ts';
import { becauseText, momentText, selectText, spanText, utcText } from './text.ts';

/** What holds at one instant: for a service, or for the services of each window. Answers 1 where nothing is open. */
export async function explainWindows(maintenance: Maintenance, given: Given, terminal: Terminal): Promise<number> {
  const at = given.at === undefined ? terminal.clock() : instantIn(given.at, '--at');
  const subject = subjectIn(given, maintenance);
  const asked = subject ? [chosenFor(subject, maintenance)] : chosenWithout(maintenance);
  const told = asked.map(({ heading, windows, freezes }) => ({ heading, ...stateAt(at, windows, freezes) }));
  const sections = told.map(({ heading, lines }) => [heading, ...lines.map((line) => `  ${line}`)].join('\n'));
  terminal.out([`at ${utcText(at)}`, ...(sections.length > 0 ? sections : ['there is no window'])].join('\n\n'));
  return told.some(({ isOpen }) => isOpen) ? 0 : 1;
}

interface Asked {
  readonly heading: string;
  readonly windows: readonly MaintenanceWindow[];
  readonly freezes: readonly Freeze[];
}

function chosenFor(subject: WindowSubject, maintenance: Maintenance): Asked {
  const { level, windows, beaten } = windowsFor(maintenance.windows, subject);
  const names = windows.map(({ name }) => name).join(', ') || 'none';
  const losers = beaten.length > 0 ? `, before ${beaten.map(({ name }) => name).join(', ')}` : '';
  return {
    heading: `windows of level ${level}: ${names}${losers}`,
    windows,
    freezes: freezesFor(maintenance.freezes, subject),
  };
}

const chosenWithout = ({ windows, freezes }: Maintenance): readonly Asked[] =>
  audiencesOf(windows, freezes).map((audience) => ({
    ...audience,
    heading: `${audience.windows.map(({ name }) => name).join(', ')} for ${selectText(audience.select)}`,
  }));

/** Of a replacement that nobody knows anything about yet. */
const USUAL = minutes(30);

function stateAt(at: Instant, windows: readonly MaintenanceWindow[], freezes: readonly Freeze[]) {
  const { openings } = timetable(windows, freezes, { from: at, to: at + 1 });
  const frozen = frozenAt(freezes, at);
  const next = nextOf(windows, freezes, at);
  const lines = [
    ...openings.flatMap((opening) => [
      `open    ${spanText(opening)}`,
      `because ${becauseText(opening)}`,
      `starts  something that takes 30 min until ${momentText(latestStart(opening, USUAL), opening.zone)}`,
    ]),
    ...(openings.length === 0 ? ['closed'] : []),
    ...frozen.map(
      ({ freeze, to }) => `frozen  until ${momentText(to, freeze.zone)} by ${freeze.name} (${freezeText(freeze)})`,
    ),
    next === undefined
      ? 'next    none in four years'
      : `next    ${spanText(next)}, in ${Math.floor((next.opens - at) / days(1))} days; ${becauseText(next)}`,
  ];
  return { isOpen: openings.length > 0, lines };
}
