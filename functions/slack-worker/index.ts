import { setTimeout } from 'node:timers/promises';
import { redactEmails, redact as redactSecrets } from '../../shared/domain/redact.ts';
import { clientSettings, createClients, once } from '../../shared/effects/clients.ts';
import { createPolicySource } from '../../shared/effects/policy-source.ts';
import { createCredentialReader } from '../../shared/effects/slack/credential.ts';
import { createSlackAnswers } from '../../shared/effects/slack/slack-answers.ts';
import { createSlackMethods } from '../../shared/effects/slack/slack-methods.ts';
import { createSlackPeople } from '../../shared/effects/slack/slack-people.ts';
import { createSsmWindows } from '../../shared/effects/ssm-windows.ts';
import { createActionStore } from '../../shared/effects/stores/action-store.ts';
import { createAuditStore } from '../../shared/effects/stores/audit-store.ts';
import { createChatTurns } from '../../shared/effects/stores/chat-turns.ts';
import { createLockStore } from '../../shared/effects/stores/lock-store.ts';
import { createOpenRecords } from '../../shared/effects/stores/open-records.ts';
import { createPlanStore } from '../../shared/effects/stores/plan-store.ts';
import { createSsmWindowMemory } from '../../shared/effects/stores/ssm-window-memory.ts';
import { createStandingStore } from '../../shared/effects/stores/standing-store.ts';
import { createTelling } from '../../shared/effects/telling.ts';
import { createWake } from '../../shared/effects/wake.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { entrypoint } from '../../shared/runtime/entrypoint.ts';
import { createTelemetry } from '../../shared/runtime/telemetry.ts';
import type { CommandDeps } from './commands/command.ts';
import { answerCommand } from './commands/index.ts';
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { homeOf } from './home.ts';
import { lateReaders } from './late-readers.ts';
import { createReport } from './report.ts';

/** So many open records are enough for any answer in Slack. */
const MOST_RECORDS = 500;

// Once per cold start.
const config = readConfig(process.env);
const telemetry = createTelemetry('slack-worker', systemClock);
const clients = createClients(config.region, process.env, systemClock);
const table = { client: clients.table, tableName: config.tableName, clock: systemClock };
const telling = createTelling(config, clients, systemClock);
const policies = createPolicySource({
  ...table,
  defaults: config.policy,
  parser: async () => (await import('../../shared/parse/configuration.ts')).parsePolicy,
});
const imported = createSsmWindows({
  ssm: clients.ssm,
  memory: createSsmWindowMemory(table),
  clock: systemClock,
  report: (because) => telemetry.logger.warn('a window of Systems Manager was not imported', { because }),
});
const credentials = createCredentialReader({
  ssm: clients.ssm,
  secrets: clients.secrets,
  ...(config.credentialParameter && { parameter: config.credentialParameter }),
  ...(config.credentialSecretArn && { secretArn: config.credentialSecretArn }),
});
const patience = { clock: systemClock, pause: (milliseconds: number): Promise<void> => setTimeout(milliseconds) };
const methods = createSlackMethods({
  ...patience,
  token: async () => {
    const credential = await credentials.read(systemClock());
    return credential.kind === 'bot-token' ? credential.token : undefined;
  },
  ...(config.slackApiUrl && { apiUrl: config.slackApiUrl }),
});
const lambda = once(async () => {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  return new LambdaClient(clientSettings(config.region, process.env));
});
const redact = (text: string): string =>
  config.redactsEmails ? redactEmails(redactSecrets(text)) : redactSecrets(text);

// Loaded with the first request that is about what runs in ECS.
const readers = lateReaders(
  once(async () => {
    const { createReaders } = await import('./readers.ts');
    return createReaders({ config, environment: process.env, clock: systemClock, redact });
  }),
);

const deps: CommandDeps = {
  ...telling,
  ...readers,
  people: createSlackPeople({ methods, clock: systemClock }),
  plans: createPlanStore(table),
  locks: createLockStore(table),
  standing: createStandingStore(table),
  actions: createActionStore(table),
  audit: createAuditStore(table),
  turns: createChatTurns(table),
  maintenanceOf: ({ maintenance }) => imported.resolve(maintenance),
  wake: createWake(lambda, config.redeployFunction),
  mayRedeploy: config.mayRedeploy,
  tz: process.versions.tz ?? '',
  loadOpen: createOpenRecords({ ...table, store: telling.store, limit: MOST_RECORDS }),
};

// Once per request of a person.
export const handler = entrypoint<unknown, void>(
  createHandler({
    ...deps,
    answers: createSlackAnswers({ ...patience, methods }),
    command: (request, visit) => answerCommand(request, visit, deps),
    home: (visit) => homeOf(visit, deps),
    policy: async () => (await policies.read()).policy,
    report: createReport(telemetry),
  }),
  telemetry,
);
