import { present } from '../domain/present.ts';
import { parseArn, parseClusterArn } from './arn.ts';
import { deploymentPhase, saysRollback } from './deployment-phase.ts';
import { envelopeOf, parserOf } from './event.ts';
import { malformed, parsed } from './outcome.ts';
import { isoInstant, lenient, lenientList, shape, text, textOf, wholeNumber } from './schema.ts';
import { serviceAmong } from './service-resource.ts';

const DETAIL = shape({
  eventType: text,
  eventName: text,
  clusterArn: lenient(textOf('a cluster ARN', parseClusterArn)),
  reason: lenient(text),
  createdAt: lenient(isoInstant),
  capacityProviderArns: lenientList(text),
  targetGroupArns: lenientList(text),
  containerPort: lenient(wholeNumber),
  desiredCount: lenient(wholeNumber),
});

/**
 * Reads `ECS Service Action`. The names of deployments appear here too, without the deployment's id and often without
 * a reason; they become the same signal as those of `ECS Deployment State Change`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export const parseServiceAction = parserOf(DETAIL, (detail, event) => {
  const { eventType, eventName, reason } = detail;
  const service = serviceAmong(event.resources, detail.clusterArn?.cluster);
  if (service === undefined) return malformed('resources[0]', 'a service ARN', event.id);
  const told = { envelope: envelopeOf(event, service.partition), service, eventName };

  const phase = deploymentPhase(eventName);
  if (phase !== undefined) {
    const said = reason ?? '';
    const updatedAt = detail.createdAt ?? event.time;
    return parsed({
      kind: 'deployment-changed',
      ...told,
      phase,
      reason: said,
      isRollback: saysRollback(said),
      updatedAt,
    });
  }
  return parsed({
    kind: 'service-acted',
    ...told,
    eventType,
    ...present({ reason, containerPort: detail.containerPort, desiredCount: detail.desiredCount }),
    capacityProviders: detail.capacityProviderArns.map(capacityProviderName),
    targetGroupArns: detail.targetGroupArns,
  });
});

/** `FARGATE_SPOT` of `arn:…:capacity-provider/FARGATE_SPOT`. */
const capacityProviderName = (arn: string): string =>
  parseArn(arn)?.resource.replace(/^capacity-provider\//, '') ?? arn;
