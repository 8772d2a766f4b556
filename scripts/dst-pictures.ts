/**
 * Draws what becomes of windows in the nights in which clocks change, from the project's own arithmetic, to
 * docs/images/dst-*.svg; a test holds the pictures to it.
 *
 *     node scripts/dst-pictures.ts
 */
import { writeFileSync } from 'node:fs';
import { hours, type Instant, minutes } from '../shared/domain/instant.ts';
import type { Opening } from '../shared/domain/windows/opening.ts';
import { localTime } from '../shared/domain/zone.ts';
import { inWords } from '../shared/render/duration.ts';
import { type DstNight, type NightRow, nights } from './dst-nights.ts';

export const PICTURES = new URL('../docs/images/', import.meta.url);

const WIDTH = 860;
/** Where the time begins and ends. */
const [LEFT, RIGHT] = [150, 820];
const [TOP, ROW] = [86, 40];

/** A card with its own background, so that it is readable wherever a page puts it. */
const STYLE = `
    .card { fill: #ffffff; stroke: #d0d7de }
    text { fill: #1f2328; font: 13px ui-sans-serif, system-ui, sans-serif }
    .title { font-size: 15px; font-weight: 600 }
    .minor { fill: #59636e; font-size: 12px }
    .tick { stroke: #d8dee4 }
    .bar { fill: #0969da }
    .inside { fill: #ffffff; font-weight: 600 }
    .beside { stroke: #ffffff; stroke-width: 5px; paint-order: stroke }
    .none { fill: none; stroke: #59636e; stroke-dasharray: 4 4 }
    .change { stroke: #bc4c00; stroke-width: 2 }
    .note { fill: #bc4c00; font-weight: 600 }
    @media (prefers-color-scheme: dark) {
      .card { fill: #0d1117; stroke: #3d444d }
      text { fill: #f0f6fc }
      .minor { fill: #9198a1 }
      .tick { stroke: #3d444d }
      .bar { fill: #1f6feb }
      .beside { stroke: #0d1117 }
      .none { stroke: #9198a1 }
      .change { stroke: #f0883e }
      .note { fill: #f0883e }
    }`;

/** The whole file. Widths are time that passes, so that a skipped hour has none. */
export function pictureOf(night: DstNight): string {
  const x = scaleOf(night);
  const bottom = TOP + night.rows.length * ROW;
  const change = x(night.changesAt);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 44}" role="img" aria-labelledby="title description">
  <title id="title">${night.title}</title>
  <desc id="description">${[night.description, ...night.rows.map(sentenceOf(night))].join(' ')}</desc>
  <style>${STYLE}
  </style>
  <rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${bottom + 43}" rx="8"/>
  <text class="title" x="16" y="26">${night.title}</text>
  <text class="minor" x="16" y="${TOP - 14}">on the wall</text>
  <text class="minor" x="16" y="${bottom + 24}">UTC</text>
${ticks(night, { x, bottom }).join('\n')}
  <line class="change" x1="${change}" y1="${TOP - 8}" x2="${change}" y2="${bottom + 4}"/>
  <text class="note" text-anchor="middle" x="${change}" y="${TOP - 32}">${night.change}</text>
${night.rows.map((row, index) => drawn(row, { night, x, y: TOP + index * ROW })).join('\n')}
</svg>
`;
}

type Scale = (at: Instant) => number;

const scaleOf =
  ({ from, to }: DstNight): Scale =>
  (at) =>
    Math.round((LEFT + ((at - from) / (to - from)) * (RIGHT - LEFT)) * 10) / 10;

/** One for each full hour on the wall and for the change, with the time of UTC below it. */
function ticks({ zone, from, to, changesAt }: DstNight, { x, bottom }: { readonly x: Scale; readonly bottom: number }) {
  const instants = Array.from({ length: (to - from) / minutes(30) + 1 }, (_, index) => from + index * minutes(30));
  const isCrowded = (at: Instant): boolean => at !== changesAt && Math.abs(at - changesAt) < hours(1);
  const full = instants.filter((at) => at === changesAt || (localTime(at, zone) % hours(1) === 0 && !isCrowded(at)));
  return full.map((at) => {
    const wall = `<text class="minor" text-anchor="middle" x="${x(at)}" y="${TOP - 14}">${clock(localTime(at, zone))}</text>`;
    const utc = `<text class="minor" text-anchor="middle" x="${x(at)}" y="${bottom + 24}">${clock(at)}</text>`;
    return `  <line class="tick" x1="${x(at)}" y1="${TOP - 8}" x2="${x(at)}" y2="${bottom + 8}"/>\n  ${wall}\n  ${utc}`;
  });
}

interface Where {
  readonly night: DstNight;
  readonly x: Scale;
  readonly y: number;
}

function drawn({ label, opening }: NightRow, { night, x, y }: Where): string {
  const name = `  <text x="16" y="${y + 25}">${label}</text>`;
  if (opening === undefined) {
    const at = x(night.changesAt);
    return `${name}
  <rect class="none" x="${at}" y="${y + 6}" width="150" height="28" rx="4"/>
  <text class="minor beside" x="${at + 12}" y="${y + 25}">not in this night</text>`;
  }
  const [start, end] = [x(opening.opens), x(opening.closes)];
  const text = shownOf(opening, night);
  const isRoomy = end - start > text.length * 8;
  const words = isRoomy
    ? `<text class="inside" text-anchor="middle" x="${(start + end) / 2}" y="${y + 25}">${text}</text>`
    : `<text class="beside" x="${end + 8}" y="${y + 25}">${text}</text>`;
  return `${name}
  <rect class="bar" x="${start}" y="${y + 6}" width="${Math.round((end - start) * 10) / 10}" height="28" rx="4"/>
  ${words}`;
}

/** `22:00 to 05:00, 6 h`: on the wall, and in time that passes. */
const shownOf = ({ opens, closes }: Opening, { zone }: DstNight): string =>
  `${clock(localTime(opens, zone))} to ${clock(localTime(closes, zone))}, ${inWords(closes - opens)}`;

const sentenceOf =
  (night: DstNight) =>
  ({ label, opening }: NightRow): string =>
    opening === undefined ? `${label}: not in this night.` : `${label}: open ${shownOf(opening, night)}.`;

const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

if (import.meta.main) {
  for (const night of nights()) writeFileSync(new URL(`${night.file}.svg`, PICTURES), pictureOf(night));
}
