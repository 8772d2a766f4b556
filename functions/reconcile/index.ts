import { createClients } from '../../shared/effects/clients.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readTellingConfig } from '../../shared/runtime/telling-config.ts';
import { createHandler } from './handler.ts';

// Once per cold start.
const config = readTellingConfig(process.env);
const telemetry = createTelemetry('reconcile', systemClock);
const clients = createClients(config.region, process.env);

// Once a minute.
export const handler = entrypoint<unknown, void>(
  createHandler({ ...createTelling(config, clients, systemClock), ...telemetry, routing: config.routing }),
  telemetry,
);
