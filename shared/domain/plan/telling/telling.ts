import type { Notice } from '../../incident.ts';
import type { Instant } from '../../instant.ts';
import type { TimelineReason } from '../../reasons.ts';
import { sameContent } from '../../same-content.ts';
import { worse } from '../../severity.ts';
import { say } from '../../timeline.ts';
import type { NumberedNews } from '../plan-record.ts';
import type { PlanNews } from '../step.ts';
import type { PlanSummary } from './summary.ts';

/** The loudest first: what the channel is told of comes before what only the thread keeps. */
const AUDIENCES = ['page', 'owners', 'channel', 'thread'] as const satisfies readonly PlanNews['audience'][];

const REASONS: Readonly<Record<PlanNews['audience'], TimelineReason>> = {
  page: 'summons',
  owners: 'summons',
  channel: 'notable',
  thread: 'step',
};

/** Services that fail together are told together; the message and the command line have the rest. */
const MOST_SENTENCES = 15;

/**
 * The notice with its plan as it is now, and the news that it has not taken in yet, one utterance for each audience. Taking
 * in the same twice changes nothing.
 */
export function withPlan(notice: Notice, summary: PlanSummary, news: readonly NumberedNews[], now: Instant): Notice {
  const before = notice.plan;
  if (before !== undefined && summary.heard < before.heard) return notice;
  const unheard = news.filter(({ n }) => n > (before?.heard ?? 0));
  if (unheard.length === 0 && sameContent(before, summary)) return notice;
  let { timeline } = notice;
  if (before === undefined) timeline = say(timeline, { reason: 'planned', text: planned(summary) }, now);
  for (const audience of AUDIENCES) {
    const texts = unheard.filter((one) => one.audience === audience).map(({ text }) => text);
    if (texts.length > 0) timeline = say(timeline, { reason: REASONS[audience], text: joined(texts) }, now);
  }
  if (summary.phase === 'over' && before?.phase !== 'over')
    timeline = say(timeline, { reason: 'resolved', text: report(summary) }, now);
  const isUrgent = unheard.some(({ audience }) => audience === 'page');
  return {
    ...notice,
    plan: summary,
    timeline,
    revision: notice.revision + 1,
    ...(isUrgent && { severity: worse(notice.severity, 'high') }),
  };
}

function joined(texts: readonly string[]): string {
  const rest = texts.length - MOST_SENTENCES;
  return rest <= 0 ? texts.join('\n') : [...texts.slice(0, MOST_SENTENCES), `… and ${rest} more`].join('\n');
}

/** The message says the rest. */
const planned = ({ id, counts, old, of }: PlanSummary): string => {
  const services = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${id} for ${services === 1 ? 'one service' : `${services} services`}: ${old} of ${of} tasks are old`;
};

const report = ({ id, old, of }: PlanSummary): string => `${id} is over: ${old} of ${of} tasks are old`;
