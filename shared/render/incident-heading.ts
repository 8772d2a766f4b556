import type { Incident } from '../domain/incident.ts';
import type { Severity } from '../domain/severity.ts';
import { type Subject, subjectName } from '../domain/subject.ts';
import type { Card } from './card.ts';
import { rollbackOf, type Stage, servingRevision, stageOf } from './incident-stage.ts';
import { plural } from './listing.ts';

/** Squares for deployments, circles for everything else. */
const TASK_ICONS: Readonly<Record<Severity, string>> = { high: '🔴', medium: '🟠', low: '🟡', none: '⚪' };
const DEPLOYMENT_ICONS: Readonly<Record<Severity, string>> = { high: '🟥', medium: '🟧', low: '🟨', none: '⬜' };

const STAGE_ICONS: Readonly<Record<Exclude<Stage, 'open'>, string>> = {
  acknowledged: '👀',
  recovering: '⏳',
  resolved: '✅',
  superseded: '⏭️',
};

/** Icon, state and headline: what one reads of an incident on a phone. */
export function incidentHeading(incident: Incident): Pick<Card, 'icon' | 'state' | 'headline'> {
  const { subject, severity } = incident;
  const icons = subject.kind === 'deployment' ? DEPLOYMENT_ICONS : TASK_ICONS;
  const stage = stageOf(incident);
  const state = stateWords(incident, stage);
  return {
    icon: stage === 'open' ? icons[severity] : STAGE_ICONS[stage],
    ...(state !== undefined && { state }),
    headline: [
      titleOf(incident),
      spokenName(subject),
      subject.at.cluster ?? subject.at.region,
      rollbackWords(incident),
    ],
  };
}

function stateWords({ state, reopened }: Incident, stage: Stage): string | undefined {
  switch (stage) {
    case 'open':
      return reopened === 0 ? undefined : `Reopened${reopened > 1 ? ` ${plural(reopened, 'time')}` : ''}`;
    case 'acknowledged':
      return takenWords(state);
    case 'recovering':
      return 'Recovering';
    case 'resolved':
      return 'Resolved';
    case 'superseded':
      return 'Superseded';
  }
}

/** A headline is plain text, in which the id of a user of Slack means nothing: the lead says who. */
function takenWords(state: Incident['state']): string {
  const taker = takerOf(state);
  return typeof taker === 'string' ? `Taken by ${taker}` : 'Taken';
}

/** `@name` as plain text, which notifies nobody; or somebody whom Slack knows. */
export function takerOf(state: Incident['state']): string | { readonly person: string } | undefined {
  if (state.status !== 'open' || state.acknowledged === undefined) return undefined;
  const { by, via } = state.acknowledged;
  return via === 'slack' ? { person: by } : `@${by.replace(/^@/, '')}`;
}

/** The id of an instance says nothing by itself. */
const spokenName = (subject: Subject): string =>
  subject.kind === 'host' ? `instance ${subject.host}` : subjectName(subject);

/** A cause found in a deployment's tasks is told as what troubles the deployment, while ECS still tries. */
function titleOf({ subject, diagnosis: { cause, title }, details }: Incident): string {
  if (subject.kind !== 'deployment' || cause.startsWith('deployment/')) return title;
  const hasFailed = details.deploymentFailed ?? details.rollback !== undefined;
  return `Deployment ${hasFailed ? 'failed' : 'in trouble'}: ${title}`;
}

/** Empty when there is nothing to say of a rollback. */
function rollbackWords(incident: Incident): string {
  switch (rollbackOf(incident)) {
    case 'in progress':
      return 'rolling back';
    case 'completed': {
      const serving = servingRevision(incident);
      return serving === undefined ? 'rolled back' : `rolled back to ${serving}`;
    }
    case 'not confirmed':
    case undefined:
      return '';
  }
}
