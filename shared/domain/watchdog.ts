import { revisionName } from './failed-deployment.ts';
import type { Instant } from './instant.ts';
import type { ServiceRef } from './place.ts';
import { present } from './present.ts';
import type { Recovery } from './recovery.ts';
import { bounded, recall, remember, type SweepMemory, type Watched, watchedName } from './watchdog-memory.ts';
import { isUnfinished, primaryOf, type SweptService } from './watchdog-service.ts';
import { suspicionOf, type Trouble, troubleOf } from './watchdog-trouble.ts';

export interface Finding {
  readonly service: SweptService;
  readonly trouble: Trouble;
  /** When the sweep saw it. */
  readonly at: Instant;
}

/** A service that was suspected of trouble and is well now. */
export interface Healthy {
  readonly service: ServiceRef;
  readonly recovery: Recovery;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  /** Told again by every sweep for two hours, so that an answer that got lost is made good by the next. */
  readonly healthy: readonly Healthy[];
  readonly memory: SweepMemory;
}

/**
 * Finds trouble in one slice of a sweep, against what is remembered of the sweeps before. A service has one finding at
 * the most. What is remembered of services outside the slice stays.
 */
export function inspect(services: readonly SweptService[], previous: SweepMemory, now: Instant): Inspection {
  const memory = recall(previous, now);
  const findings: Finding[] = [];
  const healthy: Healthy[] = [];
  for (const service of services) {
    const name = watchedName(service.at);
    const before = memory.get(name);
    const suspicion = suspicionOf(service, now);
    if (suspicion !== undefined) {
      const watched = remember(suspicion, before, now);
      memory.set(name, watched);
      findings.push(...findingsOf(service, watched, now));
    } else if (before !== undefined && isWell(service)) {
      memory.set(name, { ...before, isOver: true });
      healthy.push({ service: service.at, recovery: recoveryOf(service, now) });
    }
  }
  return { findings, healthy, memory: bounded(memory) };
}

function findingsOf(service: SweptService, watched: Watched, at: Instant): readonly Finding[] {
  const trouble = troubleOf(service, watched, at);
  return trouble === undefined ? [] : [{ service, trouble, at }];
}

/** It has what it wants, also when it wants nothing any more. */
function isWell({ facts }: SweptService): boolean {
  const primary = primaryOf(facts);
  return facts.running >= facts.desired && (primary === undefined || !isUnfinished(primary));
}

function recoveryOf({ facts }: SweptService, at: Instant): Recovery {
  const primary = primaryOf(facts);
  const arn = primary?.taskDefinitionArn ?? facts.taskDefinitionArn;
  return {
    kind: 'steady-state',
    at,
    ...present({ deploymentId: primary?.id, taskDefinition: arn && revisionName(arn) }),
  };
}
