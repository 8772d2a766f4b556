import type { ChatAnswer } from '../../../../functions/slack-worker/answer.ts';
import type { CommandDeps } from '../../../../functions/slack-worker/commands/command.ts';
import { answerCommand } from '../../../../functions/slack-worker/commands/index.ts';
import type { Visit } from '../../../../functions/slack-worker/visit.ts';
import type { Person } from '../../../../shared/domain/chat/rights.ts';
import { found, missing, type ServiceFacts } from '../../../../shared/domain/facts.ts';
import type { AnnouncedRecord } from '../../../../shared/domain/incident.ts';
import { type Instant, minutes } from '../../../../shared/domain/instant.ts';
import type { PlanRecord } from '../../../../shared/domain/plan/plan-record.ts';
import { defaultPolicy, type Policy } from '../../../../shared/domain/policy.ts';
import { createGate } from '../../../../shared/effects/gate.ts';
import { dueAt } from '../../../../shared/effects/stores/due-first.ts';
import { createMemoryAuditStore } from '../../../../shared/effects/stores/memory-audit-store.ts';
import { createMemoryChatTurns } from '../../../../shared/effects/stores/memory-chat-turns.ts';
import { createMemoryPlanStore } from '../../../../shared/effects/stores/memory-plan-store.ts';
import { createMemoryRecordStore } from '../../../../shared/effects/stores/memory-record-store.ts';
import { createMemoryStandingStore } from '../../../../shared/effects/stores/memory-standing-store.ts';
import type { SlackMessage } from '../../../../shared/render/message.ts';
import { PLACE, SEEN_AT } from '../../../support/records.ts';

/** Sat 21 Nov 2026, 09:05 UTC, an hour after the incidents of the tests. */
export const NOW: Instant = SEEN_AT + minutes(60);

export const A_MEMBER: Person = { id: 'U0ADA', groups: [], isBot: false, isGuest: false, isForeign: false };

const POLICY = defaultPolicy({ destinations: [], lowestSeverity: 'low' });

export const SERVICE: ServiceFacts = {
  status: 'ACTIVE',
  desired: 2,
  running: 1,
  pending: 0,
  deployments: [],
  events: [],
  tags: {},
  subnets: [],
  targetGroupArns: [],
};

interface Given {
  readonly records?: readonly AnnouncedRecord[];
  readonly plans?: readonly PlanRecord[];
  readonly policy?: Partial<Policy>;
  readonly person?: Partial<Person>;
  readonly deps?: Partial<CommandDeps>;
  readonly channel?: string;
  readonly isExternallyShared?: boolean;
}

const nobody = async (): Promise<never> => {
  throw new Error('this command has nothing to ask there');
};

/** A worker with stores in memory, and somebody who types commands to it. */
export async function aDesk({ records = [], plans = [], policy, person, deps: given, ...where }: Given = {}) {
  const clock = () => NOW;
  const store = createMemoryRecordStore({ clock });
  for (const record of records) await store.save({ ...record, version: 0 }, NOW);
  const planStore = createMemoryPlanStore({ clock });
  for (const plan of plans) await planStore.save(plan, NOW);
  const announce = async () => ({ status: 'delivered' }) as const;
  const deps: CommandDeps = {
    store,
    announce,
    gate: createGate({ store, clock, announce }),
    clock,
    people: { find: async () => ({ status: 'known', person: { ...A_MEMBER, ...person } }) },
    plans: planStore,
    locks: { load: nobody },
    standing: createMemoryStandingStore(),
    actions: { load: nobody, save: nobody, loadDue: nobody },
    audit: createMemoryAuditStore({ clock }),
    turns: createMemoryChatTurns(),
    reader: { services: nobody },
    maintenanceOf: async ({ maintenance }) => maintenance,
    wake: async () => 'woken',
    mayRedeploy: true,
    tz: '2026a',
    loadOpen: async () => {
      const all = await store.loadMany(records.map(({ fingerprint }) => fingerprint));
      return { records: all.filter((record) => dueAt(record) !== undefined), isCut: false };
    },
    ecs: {
      describeService: async () => found(SERVICE),
      describeTaskDefinition: async () => missing('denied', 'ecs:DescribeTaskDefinition is not allowed'),
    },
    tasks: {
      describeTask: async () => missing('not-found', 'ECS does not know the task'),
      stoppedTasks: async () => found([]),
    },
    logs: { tail: async () => missing('denied', 'logs:GetLogEvents is not allowed') },
    ...given,
  };
  const { channel = 'C0HARBOR', isExternallyShared } = where;
  let typed = 0;
  const ask = async (text: string) => {
    typed += 1;
    const request = {
      kind: 'command',
      id: String(typed).padStart(64, '0'),
      at: NOW,
      team: 'T0HARBOR',
      user: { id: A_MEMBER.id },
      channel,
      command: '/slackwater',
      text,
      ...(isExternallyShared !== undefined && { isExternallyShared }),
    } as const;
    return answerCommand(request, visitOf(request), deps);
  };
  const visitOf = (request: Visit['request']): Visit => ({
    request,
    now: NOW,
    deadline: NOW + minutes(1),
    policy: { ...POLICY, ...policy },
    home: PLACE,
    channel,
  });
  return { deps, ask, visitOf };
}

/** The answer as the message that it is. */
export function messageIn({ show }: ChatAnswer): SlackMessage {
  if (show?.kind !== 'words') throw new Error('it is not answered in words');
  return { text: show.text, blocks: show.blocks ?? [] };
}

/** Everything that somebody can read, in order, with single spaces. */
export const wordsIn = (shown: unknown): string => [...textsIn(shown)].join(' ').replaceAll(/\s+/g, ' ');

function* textsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if ((key === 'text' || key === 'fallback') && typeof child === 'string') yield child;
    else yield* textsIn(child);
  }
}
