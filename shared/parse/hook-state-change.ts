import { present } from '../domain/present.ts';
import { parseServiceDeploymentArn } from './arn.ts';
import { envelopeOf, parserOf } from './event.ts';
import { malformed, parsed } from './outcome.ts';
import { isoInstant, lenient, shape, text } from './schema.ts';

const DETAIL = shape({
  eventName: text,
  hookId: text,
  serviceDeploymentArn: lenient(text),
  lifecycleStage: lenient(text),
  expiresAt: lenient(isoInstant),
});

/**
 * Reads `ECS Hook State Change`. The deployment is in `detail` and in `resources`, but AWS's samples do not always have
 * both, so either is enough.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_hook_state_change_events.html
 */
export const parseHookStateChange = parserOf(DETAIL, (detail, event) => {
  const { eventName, hookId, lifecycleStage, expiresAt } = detail;
  const candidates = [...(detail.serviceDeploymentArn ? [detail.serviceDeploymentArn] : []), ...event.resources];
  const serviceDeploymentArn = candidates.find((arn) => parseServiceDeploymentArn(arn) !== undefined);
  const deployment = serviceDeploymentArn && parseServiceDeploymentArn(serviceDeploymentArn);
  if (!serviceDeploymentArn || !deployment) {
    return malformed('detail.serviceDeploymentArn', 'a service deployment ARN', event.id);
  }
  const { partition, region, account, cluster, service } = deployment;
  return parsed({
    kind: 'hook-changed',
    envelope: envelopeOf(event, partition),
    service: { partition, region, account, cluster, service },
    eventName,
    hookId,
    serviceDeploymentArn,
    ...present({ lifecycleStage, expiresAt }),
  });
});
