import { createClients } from '../../shared/effects/clients.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('retirement-notice', systemClock);
const clients = createClients(config.region, process.env, systemClock);
const table = { client: clients.table, tableName: config.tableName, clock: systemClock };
const policies = createPolicySource({
  ...table,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});

// Once per Health event.
export const handler = entrypoint<unknown, void>(
  createHandler({
    ...createTelling(config, clients, systemClock),
    ...telemetry,
    takesCopies: config.takesCopies,
    plans: createPlanStore(table),
    policy: async () => (await policies.read()).policy,
  }),
  telemetry,
);
