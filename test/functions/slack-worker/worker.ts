import type { ModalView } from '@slack/types';
import { createHandler, type Deps } from '../../../functions/slack-worker/handler.ts';
import type { Outcome } from '../../../functions/slack-worker/report.ts';
import { actionId, type Button, bindOf, buttonValue, type ChatAction } from '../../../shared/domain/chat/button.ts';
import type { ChatRequest, ChatSender } from '../../../shared/domain/chat/request.ts';
import type { Right } from '../../../shared/domain/chat/rights.ts';
import type { AnnouncedRecord } from '../../../shared/domain/incident.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import { newPlanRecord, type PlanRecord } from '../../../shared/domain/plan/plan-record.ts';
import type { ServiceSituation } from '../../../shared/domain/plan/situation.ts';
import { summarize } from '../../../shared/domain/plan/telling/summary.ts';
import type { Policy } from '../../../shared/domain/policy.ts';
import type { Words } from '../../../shared/effects/slack/slack-answers.ts';
import type { FoundPerson } from '../../../shared/effects/slack/slack-people.ts';
import { createMemoryActionStore } from '../../../shared/effects/stores/memory-action-store.ts';
import { createMemoryAuditStore } from '../../../shared/effects/stores/memory-audit-store.ts';
import { createMemoryChatTurns } from '../../../shared/effects/stores/memory-chat-turns.ts';
import { createMemoryStandingStore } from '../../../shared/effects/stores/memory-standing-store.ts';
import { POLICY } from '../../support/observations.ts';
import { aPipeline } from '../../support/pipeline.ts';
import { aNotice, aPlan, aSituation, DELIVERED, type Given } from '../../support/plans.ts';

export const ADA = 'U0ADA';
export const BOB = 'U0BOB';
export const CHANNEL = 'C0OPS';

/** Ada and Bob may do all there is. */
export const ALL_RIGHTS: readonly Right[] = [
  {
    may: [
      'acknowledge',
      'mute',
      'approve',
      'object',
      'run-now',
      'hand-over',
      'pin',
      'redeploy',
      'roll-back',
      'continue-hook',
    ],
    who: [ADA, BOB],
  },
];

const CONTEXT = {
  getRemainingTimeInMillis: () => 60_000,
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:slack-worker',
};

interface Setting {
  readonly rights?: readonly Right[];
  readonly policy?: Partial<Policy>;
  readonly situation?: ServiceSituation;
  readonly mayRedeploy?: boolean;
  /** Who somebody is; a member of the workspace in no group unless it says otherwise. */
  readonly person?: (id: string) => FoundPerson;
  /** What becomes of everything that is told in Slack. */
  readonly reply?: 'ok' | 'failed';
  readonly change?: (deps: Deps) => Deps;
}

/** The worker over stores in memory, with a Slack that notes what it is shown and an ECS that stands still. */
export function aWorker(setting: Setting = {}) {
  const pipeline = aPipeline();
  const shown: { readonly to: string; readonly words?: Words; readonly view?: ModalView }[] = [];
  const outcomes: Outcome[] = [];
  let woken = 0;
  let requests = 0;
  const policy: Policy = { ...POLICY, chat: { rights: setting.rights ?? ALL_RIGHTS }, ...setting.policy };
  const note = async (one: (typeof shown)[number]) => {
    shown.push(one);
    return setting.reply === 'failed'
      ? ({ status: 'failed', name: 'not_found' } as const)
      : ({ status: 'ok', body: {} } as const);
  };
  const own: Deps = {
    ...pipeline.deps,
    audit: createMemoryAuditStore(pipeline.deps),
    standing: createMemoryStandingStore(),
    actions: createMemoryActionStore(),
    turns: createMemoryChatTurns(),
    locks: { load: async () => [] },
    reader: { services: async () => [setting.situation ?? aSituation()] },
    maintenanceOf: async ({ maintenance }) => maintenance,
    mayRedeploy: setting.mayRedeploy ?? true,
    tz: '2026a',
    policy: async () => policy,
    people: {
      find: async ({ id }) =>
        setting.person?.(id) ?? {
          status: 'known',
          person: { id, groups: [], isBot: false, isGuest: false, isForeign: false },
        },
    },
    wake: async () => {
      woken += 1;
      return 'woken';
    },
    answers: {
      respond: (_url, words) => note({ to: 'response', words }),
      whisper: ({ channel }, words) => note({ to: channel, words }),
      replaceModal: (viewId, view) => note({ to: viewId, view }),
      publishHome: (user) => note({ to: user }),
    },
    command: async () => ({ decision: 'answered', because: 'a command' }),
    home: async () => ({ type: 'home', blocks: [] }),
    report: (outcome) => {
      outcomes.push(outcome);
    },
  };
  const deps = setting.change?.(own) ?? own;
  const handler = createHandler(deps);

  const sender = (by: string): ChatSender => {
    requests += 1;
    return {
      id: requests.toString(16).padStart(64, '0'),
      at: deps.clock(),
      team: 'T0HARBOR',
      user: { id: by },
      channel: CHANNEL,
      responseUrl: 'https://hooks.slack.example/actions/1',
    };
  };
  const ask = async (request: unknown): Promise<Outcome | undefined> => {
    await handler(request, CONTEXT);
    return outcomes.at(-1);
  };
  const clickOf = (
    action: ChatAction,
    record: AnnouncedRecord,
    { by = ADA, more, bind = bindOf(record) }: { by?: string; more?: string; bind?: string } = {},
  ): ChatRequest => {
    const id = actionId(action);
    const button: Button = { action, about: record.fingerprint, bind, ...(more !== undefined && { more }) };
    const view = id.startsWith('modal:') ? { viewId: 'V0MODAL' } : {};
    return { ...sender(by), kind: 'click', actionId: id, value: buttonValue(button), ...view };
  };
  /** What the modal that was shown last would be submitted as; Slack names no channel then. */
  const submissionOf = (values: Readonly<Record<string, readonly string[]>> = {}, by = ADA): ChatRequest => {
    const view = shown.findLast((one) => one.view !== undefined)?.view;
    const { channel: _, responseUrl: __, ...rest } = sender(by);
    const { callback_id: callbackId = '', private_metadata: metadata = '' } = view ?? {};
    return { ...rest, kind: 'submission', callbackId, metadata, values, viewId: 'V0MODAL' };
  };
  return {
    ...pipeline,
    deps,
    shown,
    outcomes,
    ask,
    clickOf,
    submissionOf,
    woken: () => woken,
    click: (...given: Parameters<typeof clickOf>) => ask(clickOf(...given)),
    submit: (...given: Parameters<typeof submissionOf>) => ask(submissionOf(...given)),
    /** The verdicts of the audit trail, the oldest first. */
    trail: async () =>
      (await deps.audit.listRecent(100))
        .map(({ by, action, target, verdict }) => ({ by, action, target, verdict }))
        .toReversed(),
    modal: (): ModalView => {
      const view = shown.at(-1)?.view;
      if (view === undefined) throw new Error('no modal was shown');
      return view;
    },
    at: pipeline.at,
  };
}

export type Worker = ReturnType<typeof aWorker>;

/** Puts a plan for these services into the stores of a worker, with the notice whose message shows it. */
export async function withPlan(
  { deps, at }: Worker,
  situations: readonly ServiceSituation[] = [aSituation()],
  given: Given & { readonly now?: Instant } = {},
) {
  const now = given.now ?? DELIVERED;
  at(now);
  const plan = aPlan(situations, given);
  const base: PlanRecord = { ...newPlanRecord(plan.notice, now), plan };
  const notice = { ...(given.notice ?? aNotice()), version: 0, plan: summarize(base, POLICY.run) };
  await deps.store.save(notice, now);
  await deps.plans.save(base, now);
  const record = async (): Promise<PlanRecord> => {
    const found = await deps.plans.load(plan.id);
    if (found === undefined) throw new Error('the plan is gone');
    return found;
  };
  return { plan, notice, record };
}

export const textOf = (worker: Worker): string => {
  const { words, view } = worker.shown.at(-1) ?? {};
  return words?.text ?? JSON.stringify(view);
};
