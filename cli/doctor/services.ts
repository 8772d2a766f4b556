import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Instant } from '../../shared/domain/instant.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import { primaryOf, type SweptService } from '../../shared/domain/watchdog-service.ts';
import type { CallFailure } from '../../shared/effects/metered-calls.ts';
import { createServiceSweep } from '../../shared/effects/sweep/service-sweep.ts';
import type { SweepCursor } from '../../shared/effects/sweep/service-sweep-cursor.ts';
import { listing, plural } from '../../shared/render/listing.ts';
import { type Finding, notChecked, ok, warn } from './finding.ts';

/** The active services of the account and Region, as far as ECS answered. */
export interface ReadServices {
  readonly services: readonly SweptService[];
  readonly failures: readonly CallFailure[];
}

/** Some clusters may refuse; an ECS that refuses everything is not asked for ever. */
const MOST_FAILURES = 5;

/** `onSlice` hears how many services were found so far. */
export async function readServices(
  client: ECSClient,
  now: Instant,
  onSlice: (count: number) => void,
): Promise<ReadServices> {
  const sweep = createServiceSweep({ client });
  const services: SweptService[] = [];
  const failures: CallFailure[] = [];
  let cursor: SweepCursor | undefined;
  do {
    const slice = await sweep.next(cursor, now);
    services.push(...slice.services.filter(({ facts }) => facts.status === 'ACTIVE'));
    if (slice.failed) failures.push(slice.failed);
    onSlice(services.length);
    cursor = slice.cursor;
  } while (cursor !== undefined && failures.length < MOST_FAILURES);
  return { services, failures };
}

/** Whether ECS lets whoever runs this look, which says nothing of the functions' own roles. */
export function checkReads({ services, failures }: ReadServices): readonly Finding[] {
  const clusters = new Set(services.map(({ at }) => at.cluster)).size;
  const seen = `${plural(services.length, 'active service')} in ${plural(clusters, 'cluster')}`;
  if (failures.length === 0) return [ok('ecs-reads', `${seen}, read with your own credentials`)];
  const refusals = [...new Set(failures.map(({ action, name }) => `${action} (${name})`))].join(', ');
  return [
    notChecked(
      'ecs-reads',
      `only ${seen} could be read; ECS did not answer ${refusals}`,
      'allow it to whoever runs this; what follows is of the services that were read',
    ),
  ];
}

/** Whether ECS gives up a deployment that fails. Task sets of CodeDeploy and others have their own ways. */
export function checkFailing({ services }: ReadServices): readonly Finding[] {
  const rolling = services.filter(({ facts }) => primaryOf(facts) !== undefined);
  if (rolling.length === 0) return [notChecked('failing-deployments', 'no service with deployments of ECS was read')];
  const endless = rolling.filter(({ detectsFailures }) => !detectsFailures);
  if (endless.length === 0)
    return [ok('failing-deployments', 'every service has a circuit breaker or deployment alarms')];
  return [
    warn(
      'failing-deployments',
      `${endless.length} of ${plural(rolling.length, 'service')} have neither a circuit breaker nor deployment alarms, so a deployment that fails goes on for ever: ${listing(endless.map(nameOf))}`,
      'set deploymentConfiguration.deploymentCircuitBreaker to {"enable": true, "rollback": true}',
    ),
  ];
}
