import { type ActionAsked, notAfterFor } from '../../shared/domain/chat/action-request.ts';
import type { Button } from '../../shared/domain/chat/button.ts';
import type { RightName } from '../../shared/domain/chat/rights.ts';
import type { Hook, Incident } from '../../shared/domain/incident.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import { aboutOf, GONE } from './about.ts';
import { askFor, NOT_HERE } from './action-asked.ts';
import { type ChatAnswer, says } from './answer.ts';
import { perform, refused } from './perform.ts';
import { aboutIncident, serviceRefOf } from './subjects.ts';
import type { Visit, WorkerDeps } from './visit.ts';

type HookAction = 'continue-hook' | 'roll-back-hook';

const RIGHTS = { 'continue-hook': 'continue-hook', 'roll-back-hook': 'roll-back' } as const satisfies Readonly<
  Record<HookAction, RightName>
>;
const WORDS: Readonly<Record<HookAction, string>> = {
  'continue-hook': 'is to go on',
  'roll-back-hook': 'is to be rolled back',
};

/** Answers the hook that holds a deployment. */
export async function clickHook(kind: HookAction, button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record, stale } = about;
  const wanted = { action: kind, rights: [RIGHTS[kind]], ...aboutIncident(record) } as const;
  const asked = askedOf(kind, { button, record }, visit);
  const obstacle = deps.mayRedeploy ? stale : NOT_HERE;
  const text = `The deployment of ${describeSubject(record.subject)} ${WORDS[kind]}`;
  const act = async () => ('because' in asked ? refused(asked.because) : askFor(asked, text, deps));
  const { decision, because } = await perform({ ...wanted, obstacle, act }, visit, deps);
  return says(decision, because);
}

interface Asking {
  readonly button: Button;
  readonly record: Incident;
}

function askedOf(
  kind: HookAction,
  { button, record }: Asking,
  { now, request }: Visit,
): ActionAsked | { readonly because: string } {
  const service = serviceRefOf(record);
  const { hook } = record.details;
  const obstacle = obstacleOf(hook, button, now);
  if (service === undefined || hook === undefined || obstacle !== undefined)
    return { because: obstacle ?? 'No hook holds this deployment any more.' };
  const notAfter = notAfterFor(now, hook.expiresAt);
  const { deployment, id: hookId } = hook;
  return { kind, deployment, hookId, service, by: request.user.id, at: now, notAfter, about: record.fingerprint };
}

function obstacleOf(hook: Hook | undefined, { more }: Button, now: number): string | undefined {
  if (hook?.status !== 'waiting') return 'No hook holds this deployment any more: nothing was changed.';
  if (more !== undefined && more !== hook.id) return 'Another hook holds the deployment now: its message shows it.';
  const isOver = hook.expiresAt !== undefined && hook.expiresAt <= now;
  return isOver ? 'The hook has expired: ECS does what it says.' : undefined;
}
