import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { redactEmails, redact as redactSecrets } from '../../shared/domain/redact.ts';
import { createClients, createReadClients } from '../../shared/effects/clients.ts';
import { reachPlaces } from '../../shared/effects/places/reach.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import type { ActorReader } from '../../shared/effects/readers/actor-reader.ts';
import type { ChangeReader } from '../../shared/effects/readers/change-reader.ts';
import { createEcsReader } from '../../shared/effects/readers/ecs-reader.ts';
import type { ImageReader } from '../../shared/effects/readers/image-reader.ts';
import { createLogReader } from '../../shared/effects/readers/log-reader.ts';
import type { MemoryReader } from '../../shared/effects/readers/memory-reader.ts';
import type { StopActorReader } from '../../shared/effects/readers/stop-actor-reader.ts';
import type { TargetHealthReader } from '../../shared/effects/readers/target-health-reader.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler, type Deps } from './handler.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('ecs-events', systemClock);
const clients = createClients(config.region, process.env);
const clientsAt = reachPlaces({
  home: config.home,
  role: config.memberRole,
  own: clients,
  make: createReadClients,
  environment: process.env,
  clock: systemClock,
});
const policies = createPolicySource({
  client: clients.documents,
  tableName: config.tableName,
  clock: systemClock,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});
const conceal = config.redactsEmails ? redactEmails : (text: string): string => text;
const redact = (text: string): string => conceal(redactSecrets(text));

// Once per new failed deployment. They are rare, so their code is not loaded before the first.
const readChange: ChangeReader = async (deployment) => {
  const { createChangeReader } = await import('../../shared/effects/readers/change-reader.ts');
  return createChangeReader({ clientsAt, redact })(deployment);
};
const readActor: ActorReader = async (deployment) => {
  const { createActorReader } = await import('../../shared/effects/readers/actor-reader.ts');
  return createActorReader({ clientsAt })(deployment);
};

// Once per stop by a person.
const readStopActor: StopActorReader = async (task, stoppedAt) => {
  const { createStopActorReader } = await import('../../shared/effects/readers/stop-actor-reader.ts');
  return createStopActorReader({ clientsAt })(task, stoppedAt);
};

// Once per new problem of a cause that is worth the read; not loaded before the first either.
const readImage: ImageReader = async (image, at) => {
  const { createImageReader } = await import('../../shared/effects/readers/image-reader.ts');
  return createImageReader({ clientsAt })(image, at);
};
const readTargetHealth: TargetHealthReader = async (targetGroupArn, at) => {
  const { createTargetHealthReader } = await import('../../shared/effects/readers/target-health-reader.ts');
  return createTargetHealthReader({ clientsAt })(targetGroupArn, at);
};
const readMemory: MemoryReader = async (question) => {
  const { createMemoryReader } = await import('../../shared/effects/readers/memory-reader.ts');
  return createMemoryReader({ clientsAt })(question);
};

// Once per deployment that ends a mute.
const endMutes: Deps['endMutes'] = async (started) => {
  const [ending, standing, audit] = await Promise.all([
    import('./end-mutes.ts'),
    import('../../shared/effects/stores/standing-store.ts'),
    import('../../shared/effects/stores/audit-store.ts'),
  ]);
  const table = { client: clients.documents, tableName: config.tableName, clock: systemClock };
  const stores = { standing: standing.createStandingStore(table), audit: audit.createAuditStore(table) };
  return ending.endMutes(started, { ...stores, clock: systemClock });
};

// Once per batch of events.
export const handler = entrypoint<SQSEvent, SQSBatchResponse>(
  createHandler({
    ...createTelling(config, clients, systemClock),
    ...telemetry,
    policy: async () => (await policies.read()).policy,
    conceal,
    endMutes,
    change: readChange,
    ...(config.looksUpActors && { actor: readActor, stopActor: readStopActor }),
    ecs: createEcsReader({ clientsAt, redact }),
    ...(config.checksDeeply && { image: readImage, targetHealth: readTargetHealth, memory: readMemory }),
    ...(config.readsContainerLogs && { logs: createLogReader({ clientsAt, redact }) }),
  }),
  telemetry,
);
