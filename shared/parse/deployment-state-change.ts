import { present } from '../domain/present.ts';
import { deploymentPhase, saysRollback } from './deployment-phase.ts';
import { envelopeOf, parserOf } from './event.ts';
import { ignored, malformed, parsed } from './outcome.ts';
import { isoInstant, lenient, shape, text } from './schema.ts';
import { serviceAmong, UNNAMED_CLUSTER } from './service-resource.ts';

const DETAIL = shape({
  eventName: text,
  deploymentId: lenient(text),
  reason: lenient(text),
  updatedAt: lenient(isoInstant),
});

/**
 * Reads `ECS Deployment State Change`. It names no cluster, so a service that still has its short ARN of before 2019
 * is told of without one.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export const parseDeploymentStateChange = parserOf(DETAIL, (detail, event) => {
  const { eventName, deploymentId, reason = '', updatedAt = event.time } = detail;
  const phase = deploymentPhase(eventName);
  if (phase === undefined) return ignored('not-watched', `nothing reads the deployment event ${eventName}`, event.id);
  const service = serviceAmong(event.resources, UNNAMED_CLUSTER);
  if (service === undefined) return malformed('resources[0]', 'a service ARN', event.id);
  return parsed({
    kind: 'deployment-changed',
    envelope: envelopeOf(event, service.partition),
    service,
    phase,
    eventName,
    ...present({ deploymentId }),
    reason,
    isRollback: saysRollback(reason),
    updatedAt,
  });
});
