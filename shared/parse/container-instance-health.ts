import { present } from '../domain/present.ts';
import { parseContainerInstanceArn } from './arn.ts';
import { envelopeOf, parserOf } from './event.ts';
import { parsed } from './outcome.ts';
import { lenient, lenientList, shape, text, textOf } from './schema.ts';

const CHECK = shape({ type: text, status: text, statusReason: lenient(text) });

const DETAIL = shape({
  containerInstanceArn: textOf('a container instance ARN', parseContainerInstanceArn),
  overallStatus: text,
  ec2InstanceId: lenient(text),
  capacityProviderName: lenient(text),
  healthChecks: lenientList(CHECK),
});

/**
 * Reads `ECS Container Instance Health Change`: what ECS itself finds wrong with an instance. `capacityProviderName` may
 * be null.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_health_events.html
 */
export const parseContainerInstanceHealth = parserOf(DETAIL, (detail, event) => {
  const { containerInstanceArn: instance, overallStatus, ec2InstanceId, capacityProviderName, healthChecks } = detail;
  const { partition, region, account, cluster, id } = instance;
  return parsed({
    kind: 'host-health-changed',
    envelope: envelopeOf(event, partition),
    at: { partition, region, account, cluster },
    host: id,
    status: overallStatus,
    impairments: healthChecks
      .filter(({ status }) => status === 'IMPAIRED')
      .map(({ type, statusReason }) => ({ type, ...present({ reason: statusReason }) })),
    ...present({ ec2InstanceId, capacityProvider: capacityProviderName }),
  });
});
