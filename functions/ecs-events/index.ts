import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { redactEmails, redact as redactSecrets } from '../../shared/domain/redact.ts';
import type { ActorReader } from '../../shared/effects/actor-reader.ts';
import type { ChangeReader } from '../../shared/effects/change-reader.ts';
import { createClients } from '../../shared/effects/clients.ts';
import { createEcsReader } from '../../shared/effects/ecs-reader.ts';
import type { ImageReader } from '../../shared/effects/image-reader.ts';
import { createLogReader } from '../../shared/effects/log-reader.ts';
import type { MemoryReader } from '../../shared/effects/memory-reader.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import type { StopActorReader } from '../../shared/effects/stop-actor-reader.ts';
import type { TargetHealthReader } from '../../shared/effects/target-health-reader.ts';
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
  const { createChangeReader } = await import('../../shared/effects/change-reader.ts');
  return createChangeReader({ client: clients.ecs, redact })(deployment);
};
const readActor: ActorReader = async (deployment) => {
  const { createActorReader } = await import('../../shared/effects/actor-reader.ts');
  return createActorReader({ client: clients.cloudTrail })(deployment);
};

// Once per stop by a person.
const readStopActor: StopActorReader = async (task, stoppedAt) => {
  const { createStopActorReader } = await import('../../shared/effects/stop-actor-reader.ts');
  return createStopActorReader({ client: clients.cloudTrail })(task, stoppedAt);
};

// Once per new problem of a cause that is worth the read; not loaded before the first either.
const readImage: ImageReader = async (image) => {
  const { createImageReader } = await import('../../shared/effects/image-reader.ts');
  return createImageReader({ clientFor: clients.ecrFor })(image);
};
const readTargetHealth: TargetHealthReader = async (targetGroupArn) => {
  const { createTargetHealthReader } = await import('../../shared/effects/target-health-reader.ts');
  return createTargetHealthReader({ client: clients.loadBalancing })(targetGroupArn);
};
const readMemory: MemoryReader = async (question) => {
  const { createMemoryReader } = await import('../../shared/effects/memory-reader.ts');
  return createMemoryReader({ client: clients.cloudWatch })(question);
};

// Once per deployment that ends a mute.
const endMutes: Deps['endMutes'] = async (started) => {
  const [ending, standing, audit] = await Promise.all([
    import('./end-mutes.ts'),
    import('../../shared/effects/standing-store.ts'),
    import('../../shared/effects/audit-store.ts'),
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
    ecs: createEcsReader({ client: clients.ecs, redact }),
    ...(config.checksDeeply && { image: readImage, targetHealth: readTargetHealth, memory: readMemory }),
    ...(config.readsContainerLogs && { logs: createLogReader({ clientFor: clients.logsFor, redact }) }),
  }),
  telemetry,
);
