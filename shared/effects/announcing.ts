import type { Announcer } from '../domain/announcer.ts';
import type { Instant } from '../domain/instant.ts';
import { renderNotification } from '../render/notification.ts';
import { renderReply } from '../render/reply.ts';
import { renderSlack } from '../render/slack.ts';
import { createAnnouncer } from './announce.ts';
import type { Clients } from './clients.ts';
import { createCredentialReader } from './slack/credential.ts';
import { createSlackAccess } from './slack/slack-access.ts';
import { createTopic } from './topic.ts';

export interface AnnouncingOptions {
  /** Name of the SSM parameter, or ARN of the secret, that holds the bot token or webhook URL. */
  readonly credentialParameter?: string;
  readonly credentialSecretArn?: string;
  readonly slackApiUrl?: string;
  /** Clicks are answered by the worker: messages have buttons. */
  readonly hasChat: boolean;
}

/** The announcer of Slack and SNS. In a module of its own, because most events say nothing and need none of it. */
export function createAnnouncing(options: AnnouncingOptions, clients: Clients, clock: () => Instant): Announcer {
  const { credentialParameter, credentialSecretArn, slackApiUrl, hasChat } = options;
  const credentials = createCredentialReader({
    ssm: clients.ssm,
    secrets: clients.secrets,
    ...(credentialParameter && { parameter: credentialParameter }),
    ...(credentialSecretArn && { secretArn: credentialSecretArn }),
  });
  return createAnnouncer({
    slack: createSlackAccess({ credentials, clock, ...(slackApiUrl && { apiUrl: slackApiUrl }) }),
    topic: createTopic({ clientFor: clients.snsFor }),
    renderSlack,
    renderReply,
    renderNotification,
    hasChat,
  });
}
