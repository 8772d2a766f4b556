import { type AuditEntry, auditEntry } from '../../shared/domain/chat/audit.ts';
import type { RightName, RightSubject } from '../../shared/domain/chat/rights.ts';
import type { Turn } from '../../shared/domain/chat/turn.ts';
import { hours, type Instant } from '../../shared/domain/instant.ts';
import { inWords } from '../../shared/render/duration.ts';
import { permit } from './permission.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** What somebody wants, before it is known whether they may. */
export interface Wanted {
  /** For the audit trail: the name of a right, or of what needs none of its own. */
  readonly action: string;
  readonly rights: readonly RightName[];
  readonly subjects: readonly RightSubject[];
  /** For the audit trail: `harbor-prod/checkout`, the id of a plan. */
  readonly target: string;
  /** Of the plan that was shown. */
  readonly hash?: string;
}

export interface Deed extends Wanted {
  /** What is done once beside the request itself. */
  readonly once?: readonly Pick<Turn, 'name' | 'until'>[];
  /** Why it is not done although the person may, if there is such a reason. */
  readonly obstacle?: string | undefined;
  /** Decides on the record as it is now and saves it under its version. */
  readonly act: () => Promise<Result>;
}

/** What came of it, in a sentence for the person and the audit trail. */
export interface Result {
  readonly decision: AuditEntry['verdict'];
  readonly because: string;
}

export const done = (because: string): Result => ({ decision: 'done', because });
export const refused = (because: string): Result => ({ decision: 'refused', because });

/** Longer than Lambda keeps an event for another try. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const REMEMBERED = hours(24);

const CUT_OFF =
  'Slackwater was cut off while it did this, and does not do it a second time: look whether it is done, and ask again if not.';

/**
 * Does it once, if the person may, and writes down what came of it. Killed
 * - before the turn is taken, nothing has happened and Lambda's next try does all of it;
 * - after it and before the save, nothing has happened, or after the save and before the entry, all of it has: the next
 *   try cannot tell the two, finds the turn taken, does nothing and tells the person to look;
 * - after the entry, the next try says the same and adds an entry that says so.
 */
export async function perform(deed: Deed, visit: Visit, deps: WorkerDeps): Promise<Result> {
  const refusal = await refusalOf(deed, visit, deps);
  if (refusal !== undefined) return refusal;
  if (deed.obstacle !== undefined) return refuse(deed, deed.obstacle, visit, deps);
  const result = (await waitOf(deed, visit, deps)) ?? (await deed.act());
  await note(deed, result, visit, deps);
  return result;
}

/** Why the person may not, which is noted in the audit trail. */
export async function refusalOf(wanted: Wanted, visit: Visit, deps: WorkerDeps): Promise<Result | undefined> {
  const answer = await permit(wanted, visit, deps);
  return answer.allowed ? undefined : refuse(wanted, answer.because, visit, deps);
}

/** Nothing is done about it, and that is noted in the audit trail. */
export async function refuse(wanted: Wanted, because: string, visit: Visit, deps: WorkerDeps): Promise<Result> {
  const result = refused(because);
  await note(wanted, result, visit, deps);
  return result;
}

/** Takes all turns. One that is taken already says why nothing is done. */
async function waitOf(
  { once = [] }: Deed,
  { request, now }: Visit,
  { turns }: WorkerDeps,
): Promise<Result | undefined> {
  const by = request.user.id;
  for (const { name, until } of [{ name: `request#${request.id}`, until: now + REMEMBERED }, ...once]) {
    const answer = await turns.take({ name, until, request: request.id, by }, now);
    if (answer.status === 'cut-off') return { decision: 'failed', because: CUT_OFF };
    if (answer.status === 'taken') return refused(fasterText(answer, by, now));
  }
  return undefined;
}

function fasterText(taken: { readonly by: string; readonly at: Instant }, asker: string, now: Instant): string {
  const who = taken.by === asker ? 'You' : taken.by;
  return `${who} asked for this ${inWords(now - taken.at)} ago: it is done once.`;
}

async function note(
  { action, target, hash }: Wanted,
  { decision, because }: Result,
  { request, now, channel }: Visit,
  { audit }: WorkerDeps,
): Promise<void> {
  const { user, team } = request;
  const entry = { at: now, by: user.id, via: 'slack', team, action, target, verdict: decision, because } as const;
  await audit.append(auditEntry({ ...entry, ...(channel && { channel }), ...(hash && { hash }) }));
}
