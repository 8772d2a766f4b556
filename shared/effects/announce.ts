import type { Announcement, Delivery } from '../domain/announcement.ts';
import type { Announcer } from '../domain/announcer.ts';
import { type Destination, destinationKey } from '../domain/destination.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { TimelineReason } from '../domain/reasons.ts';
import { isEscalation, isPublished, isSummons, isThreaded, saidSince, type Utterance } from '../domain/timeline.ts';
import type { Notification, SlackMessage } from '../render/message.ts';
import { AdapterError } from './adapter-error.ts';
import type { SlackAccess } from './slack/slack-access.ts';
import type { Topic } from './topic.ts';

type Sending = Delivery | Promise<Delivery>;

/** How records become words. */
export interface Renderers {
  readonly renderSlack: (
    record: AnnouncedRecord,
    options?: { readonly mentions?: readonly string[]; readonly hasChat?: boolean },
  ) => SlackMessage;
  readonly renderReply: (
    record: AnnouncedRecord,
    news: readonly Utterance[],
    options?: { readonly mentions?: readonly string[] },
  ) => SlackMessage;
  readonly renderNotification: (
    record: AnnouncedRecord,
    about?: { readonly news?: TimelineReason; readonly insteadOf?: string },
  ) => Notification;
}

/** Renders a record for one destination and sends it there. What a destination answers never throws. */
export function createAnnouncer(
  deps: Renderers & {
    readonly slack: () => Promise<SlackAccess>;
    readonly topic: Topic;
    /** Clicks are answered here: what a bot posts, and can edit later, has buttons. */
    readonly hasChat?: boolean;
  },
): Announcer {
  const { slack, topic, renderSlack, renderNotification, hasChat = false } = deps;
  return async (record, destination, step) => {
    const known = announcementFor(record, destination);
    const mentions = known?.mentions === undefined ? undefined : { mentions: known.mentions };
    switch (destination.kind) {
      case 'sns-topic':
        return topic.publish(destination.topicArn, renderNotification(record, publicationOf(record, known)));
      case 'slack-webhook':
        return withAccess(slack, (access) => postByWebhook(access, renderSlack(record, mentions)));
      case 'slack-channel':
        return withAccess(slack, (access) => {
          const buttons = hasChat && access.kind === 'bot' ? { hasChat } : undefined;
          if (step === 'edit') return edit(access, known, renderSlack(record, buttons));
          if (step === 'reply') return reply(access, { record, known }, deps);
          return post(
            access,
            destination.channel,
            renderSlack(record, buttons ? { ...mentions, ...buttons } : mentions),
          );
        });
    }
  };
}

function announcementFor(record: AnnouncedRecord, destination: Destination): Announcement | undefined {
  const key = destinationKey(destination);
  return record.announcements.find((candidate) => destinationKey(candidate.destination) === key);
}

/** What the topic has not heard yet, and in whose place it is told. */
function publicationOf(record: AnnouncedRecord, known: Announcement | undefined) {
  const heard = known?.status === 'told' ? known.said : 0;
  const last = saidSince(record.timeline, heard).findLast(isPublished)?.reason;
  // Who hears of it late hears of it first, unless it is over by now.
  const news = heard === 0 && last !== 'resolved' ? record.timeline[0]?.reason : last;
  const insteadOf = known !== undefined && 'insteadOf' in known ? known.insteadOf : undefined;
  return { ...(news !== undefined && { news }), ...(insteadOf !== undefined && { insteadOf }) };
}

/** Without a readable credential the message waits: once somebody mends the parameter, it is told. */
async function withAccess(
  slack: () => Promise<SlackAccess>,
  send: (access: SlackAccess) => Sending,
): Promise<Delivery> {
  try {
    return await send(await slack());
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return { status: error.retryable ? 'deferred' : 'blocked', failure: error.code };
  }
}

function post(access: SlackAccess, channel: string, message: SlackMessage): Sending {
  return access.kind === 'bot' ? access.post(channel, message) : postByWebhook(access, message);
}

/** A bot token cannot stand in for a webhook: it would not know the channel. */
const postByWebhook = (access: SlackAccess, message: SlackMessage): Sending =>
  access.kind === 'webhook' ? access.post(message) : blocked('no_slack_credential');

/** What was posted by webhook has no receipt, and only a bot edits. */
function edit(access: SlackAccess, known: Announcement | undefined, message: SlackMessage): Sending {
  if (access.kind === 'none') return blocked('no_slack_credential');
  const receipt = known?.status === 'told' ? known.receipt : undefined;
  return access.kind === 'bot' && receipt !== undefined ? access.edit(receipt, message) : refused('not_editable');
}

/** Everything that the thread has not heard yet, in one reply; the channel sees it too when it is an escalation. */
function reply(
  access: SlackAccess,
  { record, known }: { readonly record: AnnouncedRecord; readonly known: Announcement | undefined },
  { renderReply }: Renderers,
): Sending {
  if (access.kind === 'none') return blocked('no_slack_credential');
  const told = known?.status === 'told' ? known : undefined;
  if (access.kind !== 'bot' || told?.receipt === undefined) return refused('not_editable');
  const news = saidSince(record.timeline, told.said).filter(isThreaded);
  const mentions = news.some(isSummons) && told.mentions !== undefined ? { mentions: told.mentions } : undefined;
  return access.reply(told.receipt, renderReply(record, news, mentions), { broadcast: news.some(isEscalation) });
}

const refused = (failure: string): Delivery => ({ status: 'refused', failure });
const blocked = (failure: string): Delivery => ({ status: 'blocked', failure });
