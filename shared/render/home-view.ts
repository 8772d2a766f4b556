import type { HomeView, KnownBlock } from '@slack/types';
import type { AuditEntry } from '../domain/chat/audit.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { PlanRecord } from '../domain/plan/plan-record.ts';
import { auditLine } from './answer-audit.ts';
import { recordList } from './answer-incidents.ts';
import { planText } from './answer-plans.ts';
import { context, datedLines, groupList, header, paragraph } from './blocks.ts';
import { utcHeadline } from './moment.ts';

/** What the app's home shows. */
export interface Home {
  /** Open incidents, the worst first. */
  readonly open: readonly AnnouncedRecord[];
  /** There are more than these. */
  readonly isCut: boolean;
  /** Plans that are not over, by deadline. */
  readonly plans: readonly PlanRecord[];
  /** The newest first. */
  readonly audit: readonly AuditEntry[];
  readonly now: Instant;
}

/** The tab as Slack takes it. */
export interface HomeTab extends HomeView {
  readonly blocks: KnownBlock[];
}

const MOST_INCIDENTS = 15;
const MOST_PLANS = 8;
const AUDIT_LIMIT = 200;

/** One screen: what is wrong, what is to come, what people did. Ten blocks at the most, of the hundred that Slack takes. */
export const homeView = ({ open, isCut, plans, audit, now }: Home): HomeTab => ({
  type: 'home',
  blocks: [
    header('What is open'),
    open.length === 0
      ? paragraph(['Nothing. ', isCut ? 'Not everything was read.' : 'Everything is told in the channels.'])
      : recordList('The worst first', open, MOST_INCIDENTS),
    ...(isCut && open.length > 0 ? [context('There are more than were read.')] : []),
    header('What is to be replaced'),
    ...planBlocks(plans),
    header('What people did'),
    audit.length === 0
      ? paragraph(['Nobody has decided anything that is kept.'])
      : datedLines('The newest first', audit.map(auditLine), AUDIT_LIMIT),
    context(`As of ${utcHeadline(now)}. It is read anew whenever you open this tab.`),
  ],
});

function planBlocks(plans: readonly PlanRecord[]): readonly KnownBlock[] {
  if (plans.length === 0)
    return [paragraph(['Nothing: AWS has announced no retirement, and nobody asked for anything.'])];
  const entries = plans.slice(0, MOST_PLANS).map((record) => ({ term: record.id, text: planText(record) }));
  const left = plans.length - MOST_PLANS;
  return [
    groupList({
      title: 'The first deadline first',
      entries: left > 0 ? [...entries, { text: `and ${left} more` }] : entries,
    }),
  ];
}

/** For those who are not told: guests, bots, people of other workspaces, and while Slack does not say who somebody is. */
export const closedHomeView = (): HomeTab => ({
  type: 'home',
  blocks: [paragraph(['Only members of this workspace see what Slackwater knows.'])],
});
