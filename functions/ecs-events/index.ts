import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { redact } from '../../shared/domain/redact.ts';
import { createClients } from '../../shared/effects/clients.ts';
import { createEcsReader } from '../../shared/effects/ecs-reader.ts';
import { createLogReader } from '../../shared/effects/log-reader.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('ecs-events', systemClock);
const clients = createClients(config.region, process.env);

// Once per batch of events.
export const handler = entrypoint<SQSEvent, SQSBatchResponse>(
  createHandler({
    ...createTelling(config, clients, systemClock),
    ...telemetry,
    routing: config.routing,
    ecs: createEcsReader({ client: clients.ecs, redact }),
    ...(config.readsContainerLogs && { logs: createLogReader({ clientFor: clients.logsFor, redact }) }),
  }),
  telemetry,
);
