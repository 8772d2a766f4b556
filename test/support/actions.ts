import { type ActionAsked, type ActionRequest, ask, type Wanted } from '../../shared/domain/chat/action-request.ts';
import { hours, minutes } from '../../shared/domain/instant.ts';
import { createMemoryActionStore } from '../../shared/effects/stores/memory-action-store.ts';
import { anIncident, CLUSTER, SEEN_AT } from './records.ts';

export const ASKED_AT = SEEN_AT + minutes(3);
export const DEPLOYMENT = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/harbor-prod/checkout/r9i4-_X';
export const HOOK_ID = 'ecs-pause-8mR2tD5kLx_Vz3Pw7YqB6cH1nJfSgA9uEi-oX4lCyTb';

/** A deployment of checkout in trouble that ECS has not given up. */
export const aDeploymentIncident = (overrides: Parameters<typeof anIncident>[0] = {}) =>
  anIncident({
    subject: { kind: 'deployment', at: CLUSTER, service: 'checkout' },
    announcements: [
      { status: 'untold', destination: { kind: 'slack-channel', channel: 'C0OPS' }, attempts: 0, notBefore: 0 },
    ],
    ...overrides,
  });

export const aHook = (overrides: object = {}) => ({
  id: HOOK_ID,
  deployment: DEPLOYMENT,
  expiresAt: SEEN_AT + hours(4),
  status: 'waiting' as const,
  ...overrides,
});

const asked = {
  service: { ...CLUSTER, service: 'checkout' },
  by: 'U0ADA',
  at: ASKED_AT,
  notAfter: ASKED_AT + minutes(10),
  about: aDeploymentIncident().fingerprint,
  deployment: DEPLOYMENT,
};

/** What can be asked for, each kind once. */
export const ASKED = {
  rollBack: { ...asked, kind: 'roll-back' },
  rollBackHook: { ...asked, kind: 'roll-back-hook', hookId: HOOK_ID },
  continueHook: { ...asked, kind: 'continue-hook', hookId: HOOK_ID },
} as const satisfies Readonly<Record<string, ActionAsked>>;

/** Asked for and not begun. */
export function aWanted(given: ActionAsked = ASKED.rollBack, known?: ActionRequest): Wanted {
  const request = ask(given, known);
  if ('already' in request || request.status !== 'wanted') throw new Error('it was asked for before');
  return request;
}

const unexpected = () => Promise.reject(new Error('nobody has asked for anything'));

/** For runs in which nobody has asked for anything. */
export const noActions = () => ({
  actions: createMemoryActionStore(),
  look: unexpected,
  act: unexpected,
  audit: { append: unexpected },
});
