import type { Hook, Incident } from '../domain/incident.ts';
import { describeSubject, serviceOf } from '../domain/subject.ts';
import { utcMinute } from '../domain/utc.ts';
import type { CardButton } from './button.ts';

/** What people can do about an incident. Where to look further is among its links. */
export function incidentButtons(incident: Incident): readonly CardButton[] {
  const { state, details } = incident;
  if (state.status === 'resolved') return [];
  return [
    details.hook?.status === 'waiting' ? hookButtons(incident, details.hook) : [],
    state.acknowledged === undefined ? { action: 'acknowledge' as const, label: 'Acknowledge' } : [],
    { action: 'mute' as const, label: 'Mute…' },
    canRedeploy(incident) ? { action: 'redeploy' as const, label: 'Redeploy…' } : [],
    canRollBack(incident) ? rollBackButton(incident) : [],
  ].flat();
}

function hookButtons(incident: Incident, hook: Hook): readonly CardButton[] {
  const name = describeSubject(incident.subject);
  const expiry =
    hook.expiresAt === undefined
      ? 'When the hook expires, ECS does what it says, by default a rollback.'
      : `Without an answer by ${utcMinute(hook.expiresAt)} ECS does what the hook says, by default a rollback.`;
  return [
    {
      action: 'continue-hook',
      label: 'Continue',
      style: 'primary',
      more: hook.id,
      confirm: {
        title: 'Continue the deployment?',
        text: `The deployment of ${name} goes on to its next stage. ${expiry}`,
        yes: 'Continue it',
      },
    },
    {
      action: 'roll-back-hook',
      label: 'Roll back',
      style: 'danger',
      more: hook.id,
      confirm: {
        title: 'Roll the deployment back?',
        text: `ECS ends the deployment of ${name} and returns to the service revision before it. ${expiry}`,
        yes: 'Roll it back',
      },
    },
  ];
}

/** A deployment that ECS has not given up is not replaced by another one: it is rolled back. */
function canRedeploy({ subject, details }: Incident): boolean {
  if (serviceOf(subject) === undefined) return false;
  return subject.kind === 'service' || (details.deploymentFailed === true && details.rollback === undefined);
}

/**
 * ECS stops what it has not given up, and returns to the revision before it. What has failed without a rollback has ended:
 * going back from there is another deployment, of a revision that somebody has to choose.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
function canRollBack({ subject, details: { deploymentFailed, rollback, hook } }: Incident): boolean {
  const isUnderWay = subject.kind === 'deployment' && deploymentFailed === undefined && rollback === undefined;
  return isUnderWay && hook?.status !== 'waiting';
}

function rollBackButton({ subject, details: { taskDefinition, servingTaskDefinition } }: Incident): CardButton {
  const of = taskDefinition === undefined ? '' : ` of ${taskDefinition}`;
  const to = servingTaskDefinition === undefined ? 'the service revision before it' : servingTaskDefinition;
  return {
    action: 'roll-back',
    label: 'Roll back…',
    style: 'danger',
    confirm: {
      title: 'Roll the deployment back?',
      text: `ECS stops the deployment${of} on ${describeSubject(subject)} and returns to ${to}. You are shown which one before it is done.`,
      yes: 'Go on',
    },
  };
}
