import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { redactEmails, redact as redactSecrets } from '../../shared/domain/redact.ts';
import { createClients, once } from '../../shared/effects/clients.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler, type Deps } from './handler.ts';
import { lateReaders } from './late-readers.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('ecs-events', systemClock);
const clients = createClients(config.region, process.env, systemClock);
const policies = createPolicySource({
  client: clients.table,
  tableName: config.tableName,
  clock: systemClock,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});
const conceal = config.redactsEmails ? redactEmails : (text: string): string => text;
const redact = (text: string): string => conceal(redactSecrets(text));

// Loaded with the first event that is worth a read.
const { ecs, logs, change, actor, stopActor, image, targetHealth, memory } = lateReaders(
  once(async () => {
    const { createReaders } = await import('./readers.ts');
    return createReaders({ config, environment: process.env, clock: systemClock, redact });
  }),
);

// Once per deployment that ends a mute.
const endMutes: Deps['endMutes'] = async (started) => {
  const [ending, standing, audit] = await Promise.all([
    import('./end-mutes.ts'),
    import('../../shared/effects/stores/standing-store.ts'),
    import('../../shared/effects/stores/audit-store.ts'),
  ]);
  const table = { client: clients.table, tableName: config.tableName, clock: systemClock };
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
    ecs,
    change,
    ...(config.looksUpActors && { actor, stopActor }),
    ...(config.checksDeeply && { image, targetHealth, memory }),
    ...(config.readsContainerLogs && { logs }),
  }),
  telemetry,
);
