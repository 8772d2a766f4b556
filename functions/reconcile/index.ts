import { clientSettings, createClients } from '../../shared/effects/clients.ts';
import { reachPlaces } from '../../shared/effects/places/reach.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import { createReadClients } from '../../shared/effects/read-clients.ts';
import { createSweepStore } from '../../shared/effects/stores/sweep-memory.ts';
import { createPlacesSweep } from '../../shared/effects/sweep/places-sweep.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { createHealth } from './health.ts';
import { createWatch, type Watch } from './watch.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('reconcile', systemClock);
const clients = createClients(config.region, process.env, systemClock);
const table = { client: clients.table, tableName: config.tableName };
const policies = createPolicySource({
  ...table,
  clock: systemClock,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});
const health = createHealth(telemetry);

function watchdogs(): Watch {
  const { region, account = '', partition = '' } = config.home;
  const clientsAt = reachPlaces({
    home: config.home,
    role: config.memberRole,
    own: createReadClients(clientSettings(config.region, process.env)),
    make: createReadClients,
    environment: process.env,
    clock: systemClock,
  });
  return createWatch({
    sweep: createPlacesSweep({ clientsAt }),
    home: { partition, account, region },
    memory: createSweepStore(table),
    clock: systemClock,
    report: health.sweepFailed,
  });
}

// Once a minute.
export const handler = entrypoint<unknown, void>(
  createHandler({
    ...createTelling(config, clients, systemClock),
    ...telemetry,
    health,
    policy: async () => (await policies.read()).policy,
    checkConfiguration: async () => {
      const kept = await policies.keepLastGood();
      return typeof kept === 'string' ? [] : kept.problems;
    },
    ...(config.watches && { watch: watchdogs() }),
  }),
  telemetry,
);
