import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import { createAwsClient } from './aws/client.ts';
import { createBotToken } from './bot-token.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { createReplayGuard } from './replay.ts';
import type { HttpAnswer } from './reply.ts';
import { createReport } from './report.ts';
import { createSigningSecrets } from './signing-secrets.ts';
import { readStored } from './stored-text.ts';
import { createViews } from './views.ts';
import { createHandOver } from './worker.ts';

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('slack-endpoint', systemClock);
const aws = createAwsClient({ ...config, clock: systemClock });

// Once per request of Slack.
export const handler = entrypoint<unknown, HttpAnswer>(
  createHandler({
    clock: systemClock,
    senders: config.senders,
    secrets: createSigningSecrets((left) => readStored(aws, config.signingSecret, left)),
    claim: createReplayGuard(aws, config.tableName),
    views: createViews({
      token: createBotToken((left) => readStored(aws, config.credential, left), systemClock),
      apiUrl: config.slackApiUrl,
    }),
    handOver: createHandOver(aws, config.worker),
    report: createReport(telemetry),
  }),
  telemetry,
);
