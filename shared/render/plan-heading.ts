import type { Notice } from '../domain/incident.ts';
import { isRunNow } from '../domain/plan/candidates.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import { affectedBy, countAffected } from './affected.ts';
import type { Card } from './card.ts';
import { plural } from './listing.ts';
import { utcHeadline } from './moment.ts';
import { countOf, countToDo, countUndecided, isMoving, isWell, tasksAt } from './plan-words.ts';

type Heading = Pick<Card, 'icon' | 'headline'>;

/** The headline of a notice with a plan: what is to come, then how far it is, then what came of it. */
export function planHeading(notice: Notice, plan: PlanSummary): Heading {
  switch (plan.phase) {
    case 'planned':
      return planned(notice, plan);
    case 'under-way':
      return underWay(notice, plan);
    case 'over':
      return over(notice, plan);
  }
}

function planned(notice: Notice, plan: PlanSummary): Heading {
  const undecided = countUndecided(plan);
  const isRequest = notice.request !== undefined;
  return {
    icon: undecided > 0 ? '🚨' : isRequest ? '🔁' : '🛠',
    headline: [
      ...subject(notice),
      undecided > 0 ? `${undecided} ${undecided === 1 ? 'needs' : 'need'} a decision` : [],
      isRequest ? `to be done by ${utcHeadline(plan.deadline)}` : `AWS starts ${utcHeadline(plan.deadline)}`,
    ].flat(),
  };
}

function underWay(notice: Notice, plan: PlanSummary): Heading {
  return { icon: '▶️', headline: [progress(notice, plan), what(notice), opening(plan) ?? []].flat() };
}

function progress(notice: Notice, plan: PlanSummary): string {
  const undecided = worthSaying(countUndecided(plan), 'to be decided');
  if (countToDo(plan) === 0)
    return [
      `${tasksAt(plan, 'done')} of ${plural(plan.tasks.length + plan.tasksLeftOut, 'standalone task')} replaced`,
      `${tasksAt(plan, 'running')} running`,
      `${tasksAt(plan, 'failed')} failed`,
      ...undecided,
    ].join(', ');
  return [
    `${countOf(plan, 'done')}/${countToDo(plan)} done`,
    `${countOf(plan, 'running', 'verifying')} running`,
    `${countOf(plan, 'failed', 'rolled-back')} failed`,
    ...undecided,
    ...worthSaying(countOf(plan, 'handed-over'), byOthers(notice)),
  ].join(', ');
}

function opening(plan: PlanSummary): string | undefined {
  if (plan.slot === undefined) return undefined;
  if (isRunNow(plan.slot)) return 'ordered to run now';
  return isMoving(plan) ? `closes ${utcHeadline(plan.slot.closes)}` : `window ${utcHeadline(plan.slot.opens)}`;
}

/** What has ended otherwise than well is said; that nothing has, too. */
function over(notice: Notice, plan: PlanSummary): Heading {
  if (countToDo(plan) === 0) return { icon: isWell(plan) ? '✅' : '⚠️', headline: [...subject(notice), 'over'] };
  const ends = [
    `${countOf(plan, 'done')} done`,
    worthSaying(countOf(plan, 'rolled-back'), 'rolled back'),
    worthSaying(countOf(plan, 'failed'), 'failed'),
    worthSaying(countOf(plan, 'superseded'), 'deployed by somebody else'),
    worthSaying(countOf(plan, 'handed-over'), byOthers(notice)),
    worthSaying(countOf(plan, 'escalated'), 'not replaced'),
  ].flat();
  return {
    icon: isWell(plan) ? '✅' : '⚠️',
    headline: [`${what(notice)} finished`, ends.join(', '), `${plural(plan.old, 'old task')} left`],
  };
}

const worthSaying = (count: number, words: string): readonly string[] => (count === 0 ? [] : [`${count} ${words}`]);

const byOthers = ({ request }: Notice): string => (request === undefined ? 'replaced by AWS' : 'replaced otherwise');

const what = ({ request }: Notice): string => (request === undefined ? 'Fargate retirement' : 'Redeployment');

function subject(notice: Notice): readonly string[] {
  const { request, entities } = notice;
  return [
    request === undefined ? what(notice) : `Redeployment asked for by ${request.by}`,
    countAffected(affectedBy(entities)) || [],
  ].flat();
}
