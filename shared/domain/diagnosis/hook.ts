import type { HookChanged } from '../signal.ts';
import type { Diagnosis } from './diagnosis.ts';

/**
 * A deployment hook that waits for somebody, failed or ran out. Its event's name says all there is; no rule reads it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
 */
export function diagnoseHook({ eventName, hookId, expiresAt, lifecycleStage }: HookChanged): Diagnosis {
  const evidence = [{ field: 'detail.eventName', text: eventName }];
  const stage = lifecycleStage === undefined ? '' : ` at ${lifecycleStage}`;
  if (eventName !== 'HOOK_AWAITING_ACTION') {
    return {
      cause: 'deployment/rolled-back',
      confidence: 'likely',
      benign: false,
      severity: 'high',
      title: 'Deployment hook failed',
      summary: `The deployment's hook${stage} ended without a go-ahead (${eventName}); by default ECS rolls back.`,
      fix: [
        'Look at the service deployment: it names the hook and what ECS did after it.',
        'Deploy again once the reason is gone.',
      ],
      evidence,
    };
  }
  const until = expiresAt === undefined ? '' : ` until ${new Date(expiresAt).toISOString()}`;
  return {
    cause: 'deployment/blocked',
    confidence: 'certain',
    benign: false,
    severity: 'medium',
    title: 'Deployment waits for approval',
    summary: `A pause hook${stage} holds the deployment${until}; then ECS takes the hook's timeout action, by default a rollback.`,
    fix: [
      `Continue it: aws ecs continue-service-deployment --hook-id ${hookId} --action CONTINUE with the deployment's ARN.`,
      'Or roll it back with --action ROLLBACK.',
    ],
    evidence,
  };
}
