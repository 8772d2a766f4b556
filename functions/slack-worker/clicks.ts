import { type Button, CHAT_ACTIONS, type ChatAction, readButtonValue } from '../../shared/domain/chat/button.ts';
import type { ChatAct } from '../../shared/domain/chat/request.ts';
import { clickAcknowledge } from './acknowledge.ts';
import { type ChatAnswer, IGNORED, says } from './answer.ts';
import { openApproveSome } from './approve-some.ts';
import { openChangeWindow } from './change-window.ts';
import { clickHook } from './hook-action.ts';
import { openMute } from './mute.ts';
import { clickPlan, type PlanClick } from './plan-clicks.ts';
import { openRedeploy } from './redeploy.ts';
import { openRollBack } from './roll-back.ts';
import { openRunNow } from './run-now.ts';
import { clickUnfold } from './unfold.ts';
import type { Visit, WorkerDeps } from './visit.ts';

type Click = (button: Button, visit: Visit, deps: WorkerDeps) => Promise<ChatAnswer>;

const onPlan =
  (click: PlanClick): Click =>
  (button, visit, deps) =>
    clickPlan(click, button, visit, deps);

/** What each button does. Those of `open…` have had a modal opened for them, which they fill. */
const CLICKS: Readonly<Record<ChatAction, Click>> = {
  acknowledge: clickAcknowledge,
  mute: openMute,
  // A link: Slack reports the click all the same.
  logs: async () => IGNORED,
  redeploy: openRedeploy,
  'roll-back': openRollBack,
  'continue-hook': (button, visit, deps) => clickHook('continue-hook', button, visit, deps),
  'roll-back-hook': (button, visit, deps) => clickHook('roll-back-hook', button, visit, deps),
  approve: onPlan('approve'),
  'approve-some': openApproveSome,
  object: onPlan('object'),
  'change-window': openChangeWindow,
  'run-now': openRunNow,
  'hand-over': onPlan('hand-over'),
  pin: onPlan('pin'),
  retry: onPlan('retry'),
  unfold: clickUnfold,
};

type Clicked = Extract<ChatAct, { readonly kind: 'click' }>;

/** Does what a button says that Slackwater has made; other clicks, on links, ask for nothing. */
export async function answerClick({ actionId, value }: Clicked, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const name = /^(?:act|modal):(.+)$/.exec(actionId)?.[1];
  const action = CHAT_ACTIONS.find((one) => one === name);
  if (action === undefined) return IGNORED;
  const button = readButtonValue(value);
  if (button?.action !== action) return says('refused', UNREADABLE);
  return CLICKS[action](button, visit, deps);
}

const UNREADABLE =
  'This button is of another version of Slackwater: nothing was changed. The command line can do the same.';
