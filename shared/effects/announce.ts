import type { Delivery } from '../domain/announcement.ts';
import type { Announcer } from '../domain/announcer.ts';
import { type Destination, destinationKey } from '../domain/destination.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Notification, SlackMessage } from '../render/message.ts';
import { AdapterError } from './adapter-error.ts';
import type { SlackAccess } from './slack-access.ts';
import type { Topic } from './topic.ts';

type Sending = Delivery | Promise<Delivery>;

/** Renders a record for one destination and sends it there. What a destination answers never throws. */
export function createAnnouncer(deps: {
  readonly slack: () => Promise<SlackAccess>;
  readonly topic: Topic;
  readonly renderSlack: (record: AnnouncedRecord) => SlackMessage;
  readonly renderNotification: (record: AnnouncedRecord) => Notification;
}): Announcer {
  const { slack, topic, renderSlack, renderNotification } = deps;
  return async (record, destination, step) => {
    switch (destination.kind) {
      case 'sns-topic':
        return topic.publish(destination.topicArn, renderNotification(record));
      case 'slack-webhook':
        return withAccess(slack, (access) => postByWebhook(access, renderSlack(record)));
      case 'slack-channel':
        return withAccess(slack, (access) =>
          step === 'edit'
            ? edit(access, record, destination, renderSlack(record))
            : post(access, destination.channel, renderSlack(record)),
        );
    }
  };
}

/** Without a readable credential the message waits: once somebody mends the parameter, it is told. */
async function withAccess(
  slack: () => Promise<SlackAccess>,
  send: (access: SlackAccess) => Sending,
): Promise<Delivery> {
  try {
    return await send(await slack());
  } catch (error) {
    if (error instanceof AdapterError) return { status: 'deferred', failure: error.code };
    throw error;
  }
}

function post(access: SlackAccess, channel: string, message: SlackMessage): Sending {
  return access.kind === 'bot' ? access.post(channel, message) : postByWebhook(access, message);
}

/** A bot token cannot stand in for a webhook: it would not know the channel. */
const postByWebhook = (access: SlackAccess, message: SlackMessage): Sending =>
  access.kind === 'webhook' ? access.post(message) : refused('no_slack_credential');

/** What was posted by webhook has no receipt, and only a bot edits. */
function edit(access: SlackAccess, record: AnnouncedRecord, destination: Destination, message: SlackMessage): Sending {
  if (access.kind === 'none') return refused('no_slack_credential');
  const receipt = receiptOf(record, destination);
  return access.kind === 'bot' && receipt !== undefined ? access.edit(receipt, message) : refused('not_editable');
}

function receiptOf(record: AnnouncedRecord, destination: Destination) {
  const key = destinationKey(destination);
  const announcement = record.announcements.find((candidate) => destinationKey(candidate.destination) === key);
  return announcement?.status === 'told' ? announcement.receipt : undefined;
}

const refused = (failure: string): Delivery => ({ status: 'refused', failure });
