import type { DeploymentConfiguration, Service } from '@aws-sdk/client-ecs';
import { minutes } from '../../domain/instant.ts';
import type { ClusterRef } from '../../domain/place.ts';
import type { SweptService } from '../../domain/watchdog-service.ts';
import { serviceFacts } from '../readers/service-facts.ts';

/** What the watchdogs need of a service of DescribeServices. */
export function sweptService(at: ClusterRef, service: Service): SweptService {
  const configuration = service.deploymentConfiguration ?? {};
  return {
    at: { ...at, service: service.serviceName ?? '' },
    facts: serviceFacts(service),
    detectsFailures: detectsFailures(configuration),
    bakes: minutes(bakeMinutes(configuration)),
    pauses: (configuration.lifecycleHooks ?? []).some(({ targetType }) => targetType === 'PAUSE'),
  };
}

const detectsFailures = ({ deploymentCircuitBreaker, alarms }: DeploymentConfiguration): boolean =>
  deploymentCircuitBreaker?.enable === true || (alarms?.enable === true && (alarms.alarmNames ?? []).length > 0);

/**
 * Between and after the shifts of traffic; the defaults are those of
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function bakeMinutes({ strategy, bakeTimeInMinutes = 0, ...shifts }: DeploymentConfiguration): number {
  if (strategy === 'CANARY') return bakeTimeInMinutes + (shifts.canaryConfiguration?.canaryBakeTimeInMinutes ?? 10);
  if (strategy !== 'LINEAR') return bakeTimeInMinutes;
  const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = shifts.linearConfiguration ?? {};
  // Nothing is waited for after the last step.
  return bakeTimeInMinutes + (Math.ceil(100 / stepPercent) - 1) * stepBakeTimeInMinutes;
}
