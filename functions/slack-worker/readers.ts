import { missing } from '../../shared/domain/facts.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { clientSettings, type Environment } from '../../shared/effects/clients.ts';
import { reachPlaces } from '../../shared/effects/places/reach.ts';
import { createPlannedClients } from '../../shared/effects/planning-clients.ts';
import { createEcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import { createLogReader, type LogReader } from '../../shared/effects/readers/log-reader.ts';
import { createTaskReader } from '../../shared/effects/readers/task-reader.ts';
import { createSituationReader } from '../../shared/effects/situation/situation-reader.ts';
import type { CommandDeps } from './commands/command.ts';
import type { readConfig } from './config.ts';

export type Readers = Pick<CommandDeps, 'ecs' | 'logs' | 'reader' | 'tasks'>;

const NO_LOGS: LogReader = { tail: async () => missing('denied', 'this installation reads no container logs') };

/** Everything by which AWS is asked about services and tasks. A module of its own, which loads the SDK of ECS. */
export function createReaders(deps: {
  readonly config: ReturnType<typeof readConfig>;
  readonly environment: Environment;
  readonly clock: () => Instant;
  readonly redact: (text: string) => string;
}): Readers {
  const { config, environment, clock, redact } = deps;
  const clientsAt = reachPlaces({
    home: config.home,
    role: config.memberRole,
    own: createPlannedClients(clientSettings(config.region, environment)),
    make: createPlannedClients,
    environment,
    clock,
  });
  return {
    reader: createSituationReader({ clientsAt, clock }),
    ecs: createEcsReader({ clientsAt, redact }),
    tasks: createTaskReader({ clientsAt }),
    logs: config.readsContainerLogs ? createLogReader({ clientsAt, redact }) : NO_LOGS,
  };
}
