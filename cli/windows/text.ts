import type { Instant } from '../../shared/domain/instant.ts';
import type { Maintenance, MaintenanceWindow, PlaceSelector } from '../../shared/domain/windows/maintenance.ts';
import type { Because, Opening } from '../../shared/domain/windows/opening.ts';
import { lengthText } from '../../shared/domain/windows/rule-text.ts';
import { localText, localTime } from '../../shared/domain/zone.ts';

/** `2026-11-25T01:00:00Z`. */
export const utcText = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Of a merged opening, those of all its windows: `nights+weekend`. */
export const windowNames = ({ windows }: Opening): string => windows.join('+');

/** The rules that made, merged and cut an opening, in one line. */
export const becauseText = ({ because }: Opening): string => because.map(reasonText).join('; ');

const VERBS = { made: 'made by', merged: 'merged with', cut: 'cut by freeze' } as const;

const reasonText = ({ rule, by, text }: Because): string => `${VERBS[rule]} ${by} (${text})`;

/** `Tue 2026-11-24 20:00 to Wed 2026-11-25 06:00 America/New_York = 2026-11-25T01:00:00Z to 2026-11-25T11:00:00Z, 10 h`. */
export const spanText = ({ opens, closes, zone }: Opening): string =>
  `${momentText(opens, zone)} to ${momentText(closes, zone)} ${zone} = ${utcText(opens)} to ${utcText(closes)}, ${lengthText(closes - opens)}`;

/** `Tue 2026-11-24 20:00-05:00`. */
export function momentText(at: Instant, zone: string): string {
  const weekday = new Date(localTime(at, zone)).toUTCString().slice(0, 3);
  const text = localText(at, zone);
  return `${weekday} ${text.slice(0, 10)} ${text.slice(11, 16)}${text.slice(19)}`;
}

/** `clusters prod-*, tags team=payments`; `everything` for an empty one. */
export function selectText({ tags = {}, ...lists }: PlaceSelector): string {
  const said = [
    ...Object.entries(lists).map(([field, values]) => `${field} ${values.join(' or ')}`),
    ...Object.entries(tags).map(([name, values]) => `tag ${name}=${values.join(' or ')}`),
  ];
  return said.length === 0 ? 'everything' : said.join(', ');
}

/** Why openings of Systems Manager may be missing, in sentences for people. */
export const unknownOf = ({ windows }: Maintenance): readonly string[] => windows.flatMap(unknownAbout);

function unknownAbout({ name, opens }: MaintenanceWindow): readonly string[] {
  if (opens.kind !== 'ssm') return [];
  if (opens.imported === undefined) {
    return [`${name} opens when AWS Systems Manager says, which is not known here; --with-aws asks it`];
  }
  const { problem } = opens.imported;
  // The reader speaks of its ordinary caller.
  return problem === undefined ? [] : [`${name}: ${problem.replace('for this function', 'for these credentials')}`];
}
