import { accountLabel } from '../domain/accounts.ts';
import type { Notice, Request } from '../domain/incident.ts';
import { TASK_RETIREMENT } from '../domain/signal.ts';
import { type Affected, affectedBy, byCluster, countAffected, stillAffected } from './affected.ts';
import { type Card, type Fact, facts, type Group, type Link, links, type Phrase, sentences } from './card.ts';
import { healthEventUrl } from './links.ts';
import { plural } from './listing.ts';
import { utcHeadline } from './moment.ts';
import { planCard } from './plan-card.ts';
import { requestLead } from './plan-lead.ts';

/** What AWS calls the kinds of Health events. https://docs.aws.amazon.com/health/latest/APIReference/API_Event.html */
const CATEGORIES: ReadonlyMap<string, { readonly icon: string; readonly sentence: string }> = new Map([
  ['issue', { icon: '🚨', sentence: 'AWS reports a problem with Amazon ECS' }],
  ['investigation', { icon: '🔎', sentence: 'AWS is looking into a possible problem with Amazon ECS' }],
  ['scheduledChange', { icon: '🛠', sentence: 'AWS plans a change to Amazon ECS' }],
]);
const OTHER_CATEGORY = { icon: '📣', sentence: 'AWS has a message about Amazon ECS' };

const TASKS = 'Tasks by cluster';
const RETIREMENT_GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/prepare-task-retirement.html';

/** One AWS Health notice, or a person's request, with the plan for it once there is one. */
export function noticeCard(notice: Notice): Card {
  const { plan, request, typeCode } = notice;
  if (plan !== undefined) return planCard(notice, plan, beside(notice));
  if (request !== undefined) return requestCard(notice, request);
  return typeCode === TASK_RETIREMENT ? retirementCard(notice) : healthCard(notice);
}

/** What a notice has to say beside its plan. */
const beside = (notice: Notice): Pick<Card, 'facts' | 'missing' | 'links' | 'footer'> => ({
  facts: facts({
    Notice: notice.phase === 'closed' ? closedLead(notice) : undefined,
    'Pages of the notice': pagesFact(notice),
  }),
  missing: unreadParts(notice),
  links: notice.request === undefined ? retirementLinks(notice) : [],
  footer: noticeFooter(notice),
});

/** Somebody asked, and nobody has looked at the services yet. */
function requestCard(notice: Notice, request: Request): Card {
  const affected = affectedBy(notice.entities);
  return {
    icon: '🔁',
    headline: [`Redeployment asked for by ${request.by}`, countAffected(affected)],
    lead: sentences(requestLead(request), ['The plan for it follows within minutes.']),
    facts: [],
    groups: groupsOf(affected, TASKS),
    steps: [],
    quotes: [],
    missing: [],
    links: [],
    footer: noticeFooter(notice),
  };
}

function retirementCard(notice: Notice): Card {
  const affected = affectedBy(notice.entities);
  const isClosed = notice.phase === 'closed';
  const starts = notice.startsAt === undefined ? [] : `AWS starts ${utcHeadline(notice.startsAt)}`;
  return {
    icon: isClosed ? '✅' : '🛠',
    headline: ['Fargate retirement', countAffected(affected) || [], isClosed ? 'closed by AWS' : starts].flat(),
    lead: isClosed ? closedLead(notice) : retirementLead(affected, notice),
    facts: progressFacts(notice, affected),
    groups: groupsOf(affected, isClosed ? TASKS : 'Standalone tasks: AWS stops them and nothing replaces them'),
    steps: isClosed ? [] : retirementSteps(affected),
    quotes: [],
    missing: unreadParts(notice),
    links: retirementLinks(notice),
    footer: noticeFooter(notice),
  };
}

const retirementLinks = ({ affected: { partition }, eventArn }: Notice): readonly Link[] =>
  links({ 'Health Dashboard': healthEventUrl(partition, eventArn), Documentation: RETIREMENT_GUIDE });

const retirementLead = (affected: Affected, { startsAt }: Notice): Phrase => [
  `AWS will stop ${tasksOf(affected)} to patch the platform under them, `,
  ...(startsAt === undefined ? ['at a time that the notice does not tell.'] : ['from ', { instant: startsAt }, ' on.']),
];

function tasksOf({ services, standaloneTasks }: Affected): string {
  const tasks = [
    services.length > 0 ? `the Fargate tasks of ${plural(services.length, 'service')}` : [],
    standaloneTasks.length > 0 ? plural(standaloneTasks.length, 'standalone Fargate task') : [],
  ].flat();
  return tasks.length === 0 ? 'Fargate tasks of this account' : tasks.join(' and ');
}

const closedLead = ({ endsAt }: Notice): Phrase => [
  'AWS closed this notice',
  ...(endsAt === undefined ? ['.'] : [', ', { instant: endsAt }, '.']),
];

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-maintenance.html */
function retirementSteps({ services, standaloneTasks }: Affected): readonly string[] {
  return [
    services.length === 0
      ? []
      : [
          'Redeploy each service before that time, when it suits you: aws ecs update-service --cluster CLUSTER --service SERVICE --force-new-deployment.',
          'Services that were not redeployed are replaced by AWS, within their minimum and maximum healthy percent. A task that cannot be started again is stopped all the same.',
        ],
    standaloneTasks.length === 0
      ? []
      : 'Let standalone tasks finish before that time, or start them again yourself; new tasks run on the patched platform.',
  ].flat();
}

function healthCard(notice: Notice): Card {
  const { region } = notice.affected;
  const affected = affectedBy(notice.entities);
  const isClosed = notice.phase === 'closed';
  const { icon, sentence } = CATEGORIES.get(notice.category) ?? OTHER_CATEGORY;
  return {
    icon: isClosed ? '✅' : icon,
    headline: [
      typeInWords(notice.typeCode),
      `ECS in ${region}`,
      isClosed ? 'closed by AWS' : (notice.phase ?? []),
    ].flat(),
    lead: isClosed ? closedLead(notice) : [`${sentence} in ${region}.`],
    facts: [...timeFacts(notice), ...progressFacts(notice, affected)],
    groups: groupsOf(affected, TASKS),
    steps: [],
    quotes:
      notice.description === '' ? [] : [{ title: 'What AWS says', lines: [notice.description], keeps: 'beginning' }],
    missing: unreadParts(notice),
    links: links({ 'Health Dashboard': healthEventUrl(notice.affected.partition, notice.eventArn) }),
    footer: noticeFooter(notice),
  };
}

function groupsOf(affected: Affected, tasksTitle: string): readonly Group[] {
  const { services, standaloneTasks, others } = stillAffected(affected);
  return [
    ...byCluster('Services by cluster', 'service', services),
    ...byCluster(tasksTitle, 'task', standaloneTasks),
    ...byCluster('Also affected', 'resource', others),
  ];
}

/** `AWS_ECS_OPERATIONAL_ISSUE` -> `Operational issue`. */
function typeInWords(typeCode: string): string {
  const words = typeCode
    .replace(/^AWS_(ECS_)?/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words === '' ? 'AWS Health notice' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** How much of the notice is there, and how much of it is over. */
function progressFacts({ pages }: Notice, { services, standaloneTasks, others }: Affected): readonly Fact[] {
  const all = [...services, ...standaloneTasks, ...others];
  const resolved = all.filter(({ isResolved }) => isResolved).length;
  return facts({
    Resolved:
      resolved === 0 || resolved === all.length ? undefined : [`${resolved} of ${all.length}, not listed below`],
    'Pages of the notice': pagesFact({ pages }),
  });
}

const pagesFact = ({ pages }: Pick<Notice, 'pages'>): Phrase | undefined =>
  pages.total > 1 ? [pagesReceived(pages)] : undefined;

function timeFacts({ phase, startsAt, endsAt }: Notice): readonly Fact[] {
  return facts({
    [phase === 'upcoming' ? 'Starts' : 'Started']: startsAt === undefined ? undefined : [{ instant: startsAt }],
    Ends: endsAt === undefined || phase === 'closed' ? undefined : [{ instant: endsAt }],
  });
}

function pagesReceived({ seen, total }: Notice['pages']): string {
  return seen.length < total ? `${seen.length} of ${total} received, more may be affected` : `all ${total} received`;
}

const unreadParts = ({ isTruncated }: Notice): readonly string[] =>
  isTruncated ? ['the full list of what is affected (AWS shortened the notice)'] : [];

const noticeFooter = ({ affected, id, severity, accountName }: Notice): readonly string[] => [
  `${severity} severity`,
  affected.region,
  `account ${accountLabel(affected.account, accountName)}`,
  id,
];
