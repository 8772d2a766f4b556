import type { Instant } from '../../shared/domain/instant.ts';
import { clientSettings, type Environment } from '../../shared/effects/clients.ts';
import { reachPlaces } from '../../shared/effects/places/reach.ts';
import { createReadClients } from '../../shared/effects/read-clients.ts';
import { createEcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import { createLogReader } from '../../shared/effects/readers/log-reader.ts';
import type { readConfig } from './config.ts';
import type { EvidenceReaders } from './reads.ts';

/**
 * Everything by which AWS is asked for evidence, wherever the event is from. A module of its own, which loads the SDK of
 * ECS; what only some events need is loaded with the first of them.
 */
export function createReaders(deps: {
  readonly config: Pick<ReturnType<typeof readConfig>, 'home' | 'memberRole' | 'region'>;
  readonly environment: Environment;
  readonly clock: () => Instant;
  readonly redact: (text: string) => string;
}): Required<EvidenceReaders> {
  const { config, environment, clock, redact } = deps;
  const clientsAt = reachPlaces({
    home: config.home,
    role: config.memberRole,
    own: createReadClients(clientSettings(config.region, environment)),
    make: createReadClients,
    environment,
    clock,
  });
  return {
    ecs: createEcsReader({ clientsAt, redact }),
    logs: createLogReader({ clientsAt, redact }),

    // Once per new failed deployment.
    change: async (deployment) => {
      const { createChangeReader } = await import('../../shared/effects/readers/change-reader.ts');
      return createChangeReader({ clientsAt, redact })(deployment);
    },
    actor: async (deployment) => {
      const { createActorReader } = await import('../../shared/effects/readers/actor-reader.ts');
      return createActorReader({ clientsAt })(deployment);
    },

    // Once per stop by a person.
    stopActor: async (task, stoppedAt) => {
      const { createStopActorReader } = await import('../../shared/effects/readers/stop-actor-reader.ts');
      return createStopActorReader({ clientsAt })(task, stoppedAt);
    },

    // Once per new problem of a cause that is worth the read.
    image: async (image, at) => {
      const { createImageReader } = await import('../../shared/effects/readers/image-reader.ts');
      return createImageReader({ clientsAt })(image, at);
    },
    targetHealth: async (targetGroupArn, at) => {
      const { createTargetHealthReader } = await import('../../shared/effects/readers/target-health-reader.ts');
      return createTargetHealthReader({ clientsAt })(targetGroupArn, at);
    },
    memory: async (question) => {
      const { createMemoryReader } = await import('../../shared/effects/readers/memory-reader.ts');
      return createMemoryReader({ clientsAt })(question);
    },
  };
}
