import type { RichTextBlock } from '@slack/types';
import { days, type Instant, minutes } from '../domain/instant.ts';
import { utcMinute } from '../domain/utc.ts';
import { audiencesOf, freezesFor, type WindowSubject, windowsFor } from '../domain/windows/audience.ts';
import { type FrozenSpan, frozenAt, frozenSpans } from '../domain/windows/freeze-spans.ts';
import type { Freeze, Maintenance } from '../domain/windows/maintenance.ts';
import type { Opening, Range } from '../domain/windows/opening.ts';
import { freezeText } from '../domain/windows/rule-text.ts';
import { latestStart, nextOf, timetable } from '../domain/windows/usable-openings.ts';
import { localText } from '../domain/zone.ts';
import { answerMessage } from './answer-message.ts';
import { groupList } from './blocks.ts';
import { plural } from './listing.ts';
import type { SlackMessage } from './message.ts';

/** Of one window; further ones are counted. */
const MOST = 5;

/** When each window opens within the range, with what freezes it, and the freezes of that time. */
export function renderTimetable({ windows, freezes }: Maintenance, range: Range): SlackMessage {
  if (windows.length === 0) return answerMessage(['There is no maintenance window, so nothing is replaced.']);
  const spans = freezes.flatMap((freeze) => frozenSpans(freeze, range));
  const lists = audiencesOf(windows, freezes).map((audience) => {
    const { openings } = timetable(audience.windows, audience.freezes, range);
    return groupList({ title: audience.windows.map(({ name }) => name).join(', '), entries: openingEntries(openings) });
  });
  const lead = `${plural(windows.length, 'maintenance window')} and ${plural(spans.length, 'freeze')} within ${Math.round((range.to - range.from) / days(1))} days.`;
  return answerMessage([lead], { blocks: [...lists, ...freezeList(spans)] });
}

function openingEntries(openings: readonly Opening[]) {
  const left = openings.length - MOST;
  const entries = openings.slice(0, MOST).map((opening) => ({ text: spanText(opening) }));
  if (entries.length === 0) return [{ text: 'does not open' }];
  return left > 0 ? [...entries, { text: `and ${left} more` }] : entries;
}

const freezeList = (spans: readonly FrozenSpan[]): readonly RichTextBlock[] =>
  spans.length === 0
    ? []
    : [
        groupList({
          title: 'Freezes',
          entries: spans.slice(0, 3 * MOST).map(({ freeze, from, to }) => ({
            term: freeze.name,
            text: `${utcMinute(from)} to ${utcMinute(to)}: ${freeze.reason}${ownerText(freeze)}`,
          })),
        }),
      ];

/** An id of Slack names a person, and calls nobody here. */
const ownerText = ({ owner }: Freeze): string => (owner === undefined ? '' : ` (${owner})`);

/** `Wed 2026-11-25 02:00 to 05:00 Europe/Prague, 01:00 to 04:00 UTC`. */
function spanText({ opens, closes, zone }: Opening): string {
  const utc = `${utcMinute(opens)} to ${utcMinute(closes)}`;
  return zone === 'UTC' ? utc : `${wall(opens, zone)} to ${wall(closes, zone)} ${zone}, which is ${utc}`;
}

const wall = (at: Instant, zone: string): string => localText(at, zone).slice(0, 16).replace('T', ' ');

/** Of a replacement that nobody knows anything about yet. */
const USUAL = minutes(30);

/** Whether a service may be replaced at an instant, why, and when next. */
export function renderHolds(
  { windows, freezes }: Maintenance,
  { subject, at, notes }: { readonly subject: WindowSubject; readonly at: Instant; readonly notes: readonly string[] },
): SlackMessage {
  const { level, windows: own, beaten } = windowsFor(windows, subject);
  const holding = freezesFor(freezes, subject);
  const [open] = timetable(own, holding, { from: at, to: at + 1 }).openings;
  const frozen = frozenAt(holding, at);
  const next = nextOf(own, holding, at);
  const entries = [
    { term: 'windows', text: `${own.map(({ name }) => name).join(', ') || 'none'}, chosen by ${level}` },
    ...beaten.map(({ name }) => ({ term: 'beaten', text: `${name} selects it too, less specifically` })),
    ...(open === undefined ? [] : [{ term: 'because', text: becauseText(open) }]),
    ...frozen.map(({ freeze, to }) => ({
      term: 'frozen',
      text: `until ${utcMinute(to)} by ${freeze.name} (${freezeText(freeze)})`,
    })),
    { term: 'next', text: next === undefined ? 'none in four years' : `${spanText(next)}; ${becauseText(next)}` },
  ];
  const name = { name: `${subject.cluster}/${subject.service ?? '*'}` };
  const lead =
    open === undefined
      ? [name, ' may not be replaced at ', { instant: at }, '.']
      : [
          name,
          ' may be replaced: the window closes ',
          { instant: open.closes },
          `, and what takes ${USUAL / minutes(1)} min starts until `,
          { instant: latestStart(open, USUAL) },
          '.',
        ];
  return answerMessage(lead, { blocks: [groupList({ title: 'Why', entries })], notes });
}

const VERBS = { made: 'made by', merged: 'merged with', cut: 'cut by freeze' } as const;

/** The rules that made, merged and cut an opening. */
const becauseText = ({ because }: Opening): string =>
  because.map(({ rule, by, text }) => `${VERBS[rule]} ${by} (${text})`).join('; ');
