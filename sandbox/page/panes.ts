import { createHash } from 'node:crypto';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { windowsFor } from '../../shared/domain/windows/audience.ts';
import { nextOpening } from '../../shared/domain/windows/usable-openings.ts';
import { COMPANY } from '../estate/company.ts';
import type { Numbered } from '../journal.ts';
import type { Sandbox } from '../sandbox.ts';
import { agendaOf, type Coming } from './calendar/agenda.ts';
import { calendarOf, zonesOf } from './calendar/calendar.ts';
import { drawCalendar } from './calendar/view.ts';
import type { Desk } from './desk.ts';
import { type EstateRow, estateOf } from './estate/rows.ts';
import { drawService } from './estate/service-view.ts';
import { drawEstate } from './estate/view.ts';
import type { Knowledge } from './knowledge.ts';
import type { Look } from './look.ts';
import { drawTroubles } from './play.ts';
import { drawHome, drawPeople, drawWhispers } from './slack/chat.ts';
import { drawChannels, drawThreads } from './slack/messages.ts';
import { drawModal } from './slack/modal.ts';
import { drawClock, drawJob } from './time/view.ts';
import { timelineOf } from './timeline/rows.ts';
import { drawFilter, drawTimeline } from './timeline/view.ts';

/** The parts of the page that change. */
export const PANES = [
  'clock',
  'job',
  'troubles',
  'people',
  'channels',
  'whispers',
  'home',
  'messages',
  'estate-view',
  'calendar-view',
  'filter',
  'entries',
  'announcement',
  'modal',
] as const;
export type Pane = (typeof PANES)[number];

/** As HTML, in which every text is escaped. */
export type Panes = Readonly<Partial<Record<Pane, string>>>;

/** The page's parts as they are now, for a reader with this look: those that are `wanted`. */
export async function drawPanes(desk: Desk, look: Look, wanted: readonly Pane[] = PANES): Promise<Panes> {
  const scene = await sceneOf(desk, look);
  return Object.fromEntries(wanted.map((pane) => [pane, html(DRAWN[pane](scene))]));
}

/** What more than one pane is drawn from. */
interface Scene {
  readonly desk: Desk;
  readonly look: Look;
  readonly sandbox: Sandbox;
  readonly knowledge: Knowledge;
  readonly now: number;
  readonly zone: string;
  readonly zones: readonly string[];
  readonly agenda: readonly Coming[];
  readonly viewer: string;
}

async function sceneOf(desk: Desk, look: Look): Promise<Scene> {
  const { sandbox } = desk.stage();
  const knowledge = await desk.knowledge();
  const now = sandbox.clock.now();
  const zones = zonesOf(knowledge.policy.maintenance);
  const zone = look.zone ?? zones[0] ?? 'UTC';
  return { desk, look, sandbox, knowledge, now, zone, zones, agenda: agendaOf(knowledge, now), viewer: desk.viewer() };
}

const DRAWN: Readonly<Record<Pane, (scene: Scene) => ReactNode>> = {
  clock: ({ desk: { pace, jobs }, ...facts }) =>
    drawClock({ ...facts, speed: pace().speed(), isBusy: jobs.current() !== undefined }),
  job: ({ desk: { jobs } }) => drawJob(jobs.current(), jobs.failure()),
  troubles: ({ sandbox, desk: { troubles } }) => drawTroubles(sandbox, troubles),
  people: ({ viewer }) => drawPeople(viewer),
  channels: ({ sandbox, look }) => drawChannels(sandbox.messages(), look),
  whispers: ({ sandbox, viewer }) => drawWhispers(sandbox, viewer),
  home: ({ sandbox, viewer }) => drawHome(sandbox, viewer),
  messages: ({ sandbox, look }) => drawThreads(sandbox.messages(), look.channel),
  'estate-view': drawEstateView,
  'calendar-view': drawCalendarView,
  filter: ({ look }) => drawFilter(look),
  entries: ({ sandbox: { journal }, look, zone }) => drawTimeline(timelineOf(journal.entries(), look.shown), zone),
  announcement: ({ sandbox: { journal }, viewer }) => announcementOf(journal.entries(), viewer),
  modal: ({ sandbox, viewer }) => sandbox.slack.screen(viewer).modals.slice(-1).map(drawModal),
};

function drawEstateView({ sandbox, knowledge, now, zone, look }: Scene): ReactNode {
  const survey = sandbox.survey();
  const clusters = estateOf(survey, knowledge);
  const row = [...clusters.values()].flat().find(({ name }) => name === look.service);
  const opening = openingOf(row, knowledge, now);
  return [drawService({ row, opening, now, zone, look }), drawEstate({ clusters, survey, now, look })];
}

/** The line that is now moves with every minute, and not oftener. */
function drawCalendarView({ knowledge: { policy, plans }, now, zone, agenda }: Scene): ReactNode {
  const minute = Math.floor(now / 60_000) * 60_000;
  return drawCalendar(calendarOf({ maintenance: policy.maintenance, plans, now: minute, zone }), agenda);
}

const html = (node: ReactNode): string => renderToStaticMarkup(node);

/** When the service may be replaced next. */
function openingOf(row: EstateRow | undefined, { policy: { maintenance } }: Knowledge, now: number) {
  if (row === undefined) return undefined;
  const { cluster, service, tags } = row.service;
  const subject = { account: COMPANY.account, region: COMPANY.region, cluster, service, tags };
  if (windowsFor(maintenance.windows, subject).windows.length === 0) return undefined;
  const opening = nextOpening(maintenance, subject, now);
  return opening && { at: opening.opens, what: opening.windows.join(' and ') };
}

/** The last thing that a screen reader should say by itself: what Slack showed. */
function announcementOf(entries: readonly Numbered[], viewer: string): string {
  const last = entries.findLast(
    (entry) =>
      (entry.kind === 'slack' && entry.action === 'posted') || (entry.kind === 'shown' && entry.person === viewer),
  );
  return last !== undefined && 'firstLine' in last ? last.firstLine : '';
}

/** Tells whether a pane has changed. */
export const stampOf = (pane: string): string => createHash('sha256').update(pane).digest('base64url').slice(0, 12);
