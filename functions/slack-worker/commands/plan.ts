import type { PlanRecord } from '../../../shared/domain/plan/plan-record.ts';
import { answerMessage } from '../../../shared/render/answer-message.ts';
import { renderPlanList } from '../../../shared/render/answer-plans.ts';
import { datedLines } from '../../../shared/render/blocks.ts';
import { listing } from '../../../shared/render/listing.ts';
import { renderSlack } from '../../../shared/render/slack.ts';
import { answered, type Command, type CommandDeps } from './command.ts';

/** Of the log, the newest. */
const LOG_LINES = 10;
const LINE_LIMIT = 200;

export const PLAN: Command = {
  name: 'plan',
  form: '[PLAN]',
  example: 'pln-4f0c2a9d1e',
  does: 'what is to be replaced and when; of one plan its message as it is now, and the end of its log',
  run: async ([name, ...rest], { deps }) => {
    if (rest.length > 0) return { misuse: 'One plan at a time.' };
    const records = await deps.plans.list();
    if (name === undefined) return answered(renderPlanList(records));
    if (!/^pln-[0-9a-f]{1,10}$/.test(name)) return { misuse: `“${name}” is not the id of a plan.` };
    const found = records.filter(({ id }) => id.startsWith(name));
    const [only] = found;
    if (only === undefined) return { misuse: `No plan is called ${name}: it was never made, or is not kept any more.` };
    if (found.length > 1) return { misuse: `Several plans begin so: ${listing(found.map(({ id }) => id))}.` };
    return answered(await planAnswer(only, deps));
  },
};

/** The message of its notice, which may have gone from the table before the plan. */
async function planAnswer(plan: PlanRecord, { store }: CommandDeps) {
  const notice = await store.load(plan.notice);
  const log = plan.log.slice(-LOG_LINES).map(({ at, by, text }) => ({ at, text: `${by}: ${text}` }));
  const lines = log.length === 0 ? [] : [datedLines(`Log of ${plan.id}`, log, LINE_LIMIT)];
  if (notice === undefined)
    return answerMessage([`${plan.id} is over, and its notice is not kept any more.`], { blocks: lines });
  return answerMessage([`${plan.id}, as its message has it:`], { blocks: [...renderSlack(notice).blocks, ...lines] });
}
