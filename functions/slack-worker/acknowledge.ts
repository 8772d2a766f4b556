import { acknowledge } from '../../shared/domain/acknowledge.ts';
import type { Button } from '../../shared/domain/chat/button.ts';
import { catchUp } from '../../shared/domain/decide.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { type Settled, settle } from '../../shared/effects/settle.ts';
import { aboutOf, GONE } from './about.ts';
import { type ChatAnswer, says } from './answer.ts';
import { done, perform, type Result, refused } from './perform.ts';
import { aboutIncident } from './subjects.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** Takes an open incident. Its message says so at once, which is the answer. */
export async function clickAcknowledge(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('incident', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const wanted = { action: 'acknowledge', rights: ['acknowledge'], ...aboutIncident(about.record) } as const;
  const taker = takerOf(about.record);
  const isTaken = taker !== undefined && taker !== visit.request.user.id;
  const obstacle = isTaken ? alreadyText(about.record) : about.stale;
  let isTold = false;
  const act = async (): Promise<Result> => {
    const { result, settled } = await take(about.record, visit, deps);
    isTold = settled.deliveries.some(({ delivery }) => delivery.status === 'delivered');
    return result;
  };
  const answer = told(await perform({ ...wanted, obstacle, act }, visit, deps));
  return answer.decision === 'done' && !isTold ? says('done', `${answer.because} ${LATER}`) : answer;
}

/** Messages are not edited every second, and Slack may not take it now. */
const LATER = 'Its message says so within a minute.';

const takerOf = ({ state }: Incident): string | undefined =>
  state.status === 'open' ? state.acknowledged?.by : undefined;

const told = ({ decision, because }: Result): ChatAnswer =>
  decision === 'done' ? { decision, because } : says(decision, because);

/** Saved and told in one go, as everything that happens to an incident. */
async function take(known: Incident, { request, policy, deadline }: Visit, deps: WorkerDeps): Promise<Taken> {
  let result = done(`${known.id} is taken by ${request.user.id}.`);
  const decide = (current: Incident): Decision => {
    const now = deps.clock();
    const next = acknowledge(current, { by: request.user.id, via: 'slack' }, now);
    if (typeof next === 'string') {
      result = refused(next === 'already' ? alreadyText(current) : `${current.id} is over.`);
      return NOTHING;
    }
    return { next, ...catchUp(next, { policy, now, deadline }) };
  };
  const settled = await settle(
    known.fingerprint,
    known,
    // Another incident may have taken its place.
    (current) => {
      if (current?.kind === 'incident' && current.id === known.id) return decide(current);
      result = refused(`${known.id} is over.`);
      return NOTHING;
    },
    { ...deps, policy, deadline },
  );
  return { result, settled };
}

interface Taken {
  readonly result: Result;
  readonly settled: Settled;
}

const NOTHING: Decision = { verdicts: [], effects: [] };

const alreadyText = (incident: Incident): string => `${takerOf(incident)} was faster and has taken it already.`;
