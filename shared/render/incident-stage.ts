import type { Incident } from '../domain/incident.ts';
import { isRecovering } from '../domain/recovery.ts';

/** Where an incident stands, as a reader has to tell it apart. */
export type Stage = 'open' | 'acknowledged' | 'recovering' | 'resolved' | 'superseded';

/** Evidence that it is over says more than the name of who has taken it. */
export function stageOf(incident: Incident): Stage {
  const { state } = incident;
  if (state.status === 'resolved') return state.how === 'superseded' ? 'superseded' : 'resolved';
  if (isRecovering(incident)) return 'recovering';
  return state.acknowledged === undefined ? 'open' : 'acknowledged';
}

/** There is no sign yet that it is over. */
export const isCurrent = (incident: Incident): boolean => incident.state.status === 'open' && !isRecovering(incident);

/** Nothing has to be done about it any more. */
export const isClosed = ({ state }: Incident): boolean => state.status === 'resolved';

export type RollbackStage = 'in progress' | 'completed' | 'not confirmed';

/** How far ECS is with the return to an earlier deployment; `undefined` when it did not begin one. */
export function rollbackOf(incident: Incident): RollbackStage | undefined {
  const { state, details } = incident;
  if (details.rollback === undefined) return undefined;
  if (isRecovering(incident) || (state.status === 'resolved' && state.how === 'recovered')) return 'completed';
  return state.status === 'open' ? 'in progress' : 'not confirmed';
}

/** The task definition that serves after the failed one, as far as it is known. */
export const servingRevision = ({ details, recovery }: Incident): string | undefined =>
  details.servingTaskDefinition ?? recovery?.taskDefinition;
