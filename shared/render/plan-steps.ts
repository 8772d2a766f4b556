import type { Choice } from '../domain/plan/checks/verdict.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import { countOf, countToDo, isMoving, isWell, tasksAt } from './plan-words.ts';

/** What people can decide about a plan, and the commands that decide it. */
export function planSteps(plan: PlanSummary): readonly string[] {
  const { id, phase } = plan;
  const show = `See everything that is known of it: \`slackwater plan show ${id}\`.`;
  if (phase === 'over') return isWell(plan) ? [] : [WHAT_IS_LEFT, show];
  return [...choices(plan), ...approval(plan), ...objection(plan), ...ofTasks(plan), show];
}

const WHAT_IS_LEFT =
  'Look at why it was not done, then ask for it anew: `slackwater redeploy CLUSTER/SERVICE… --by YOU`.';

/** Each once, whichever service offers it. */
function choices(plan: PlanSummary): readonly string[] {
  const offered = new Set(plan.rows.flatMap((row) => row.choices ?? []));
  return CHOICES.filter(([choice]) => offered.has(choice)).map(([, words]) => words(plan));
}

const CHOICES: readonly (readonly [Choice, (plan: PlanSummary) => string])[] = [
  [
    'run-now',
    ({ id, hash }) =>
      `Replace it now, whatever the windows say: \`slackwater plan run-now ${id} CLUSTER/SERVICE… --hash ${hash} --by YOU\`.`,
  ],
  ['add-window', () => 'Or give it a maintenance window that opens in time: it is found within the hour.'],
  [
    'lift-freeze',
    ({ id }) => `Or lift the freeze for this plan: \`slackwater plan lift-freeze ${id} FREEZE --by YOU\`.`,
  ],
  [
    'hand-over',
    ({ id, occasion }) =>
      `Or ${occasion === 'retirement' ? 'leave it to AWS knowingly' : 'give it up'}: \`slackwater plan hand-over ${id} CLUSTER/SERVICE… --by YOU\`.`,
  ],
];

function approval(plan: PlanSummary): readonly string[] {
  if (countOf(plan, 'ask', 'failed', 'rolled-back') === 0 && plan.votes.against.length === 0) return [];
  const { id, hash } = plan;
  const approve = `Approve what is shown: \`slackwater plan approve ${id} --hash ${hash} --by YOU\`; name services after the plan to approve only those.`;
  const pin = `Or keep the images that run: \`slackwater plan pin ${id} CLUSTER/SERVICE… --by YOU\` replaces one task after the other without a deployment.`;
  return plan.rows.some(({ asks }) => asks !== undefined) ? [approve, pin] : [approve];
}

/** While there is something that it would hold back. */
function objection(plan: PlanSummary): readonly string[] {
  const isHeld = plan.votes.against.length > 0;
  const maySoonBegin = countOf(plan, 'ask', 'ready', 'blocked') > 0 || isMoving(plan);
  return isHeld || !maySoonBegin ? [] : [`Stop what has not started: \`slackwater plan object ${plan.id} --by YOU\`.`];
}

/** Beside services what becomes of each task says enough. */
const ofTasks = (plan: PlanSummary): readonly string[] =>
  countToDo(plan) === 0 && tasksAt(plan, 'notify') + tasksAt(plan, 'pressing') > 0
    ? ['Let them finish before that time, or start them again yourself; new ones run on the new revision.']
    : [];
