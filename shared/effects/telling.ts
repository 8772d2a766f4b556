import type { Instant } from '../domain/instant.ts';
import { renderNotification } from '../render/notification.ts';
import { renderReply } from '../render/reply.ts';
import { renderSlack } from '../render/slack.ts';
import { createAnnouncer } from './announce.ts';
import { withChannelBackoff } from './channel-backoff.ts';
import type { Clients } from './clients.ts';
import { createCredentialReader } from './credential.ts';
import { createGate } from './gate.ts';
import { jitteredPause } from './jittered-pause.ts';
import { createRecordStore } from './record-store.ts';
import type { SettleDeps } from './settle.ts';
import { createSlackAccess } from './slack-access.ts';
import { createTopic } from './topic.ts';

interface TellingOptions {
  readonly tableName: string;
  /** Name of the SSM parameter, or ARN of the secret, that holds the bot token or webhook URL. */
  readonly credentialParameter?: string;
  readonly credentialSecretArn?: string;
  readonly slackApiUrl?: string;
  /** Clicks are answered by the worker: messages have buttons. */
  readonly hasChat: boolean;
}

/** What every function needs that records and tells: the store, the announcer and the clock. Made once per cold start. */
export function createTelling(options: TellingOptions, clients: Clients, clock: () => Instant): SettleDeps {
  const { credentialParameter, credentialSecretArn, slackApiUrl, hasChat } = options;
  const credentials = createCredentialReader({
    ssm: clients.ssm,
    secrets: clients.secrets,
    ...(credentialParameter && { parameter: credentialParameter }),
    ...(credentialSecretArn && { secretArn: credentialSecretArn }),
  });
  const announcer = createAnnouncer({
    slack: createSlackAccess({ credentials, clock, ...(slackApiUrl && { apiUrl: slackApiUrl }) }),
    topic: createTopic({ clientFor: clients.snsFor }),
    renderSlack,
    renderReply,
    renderNotification,
    hasChat,
  });
  const telling = {
    clock,
    pause: jitteredPause,
    store: createRecordStore({ client: clients.documents, tableName: options.tableName, clock }),
    announce: withChannelBackoff(announcer, clock),
  };
  return { ...telling, gate: createGate(telling) };
}
