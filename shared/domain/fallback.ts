import type { Announcement, Attempt } from './announcement.ts';
import { destinationKey } from './destination.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';

/**
 * With the fallback topic added where Slack will not take the message until somebody mends it, or ever: who would have
 * read it in the channel hears it from the topic, with the reason. The topic is told once, also when it is on the route
 * already.
 */
export function withFallback(
  announcements: readonly Announcement[],
  { destination, delivery }: Pick<Attempt, 'destination' | 'delivery'>,
  { fallbackTopic }: Pick<Policy, 'fallbackTopic'>,
  now: Instant,
): readonly Announcement[] {
  if (delivery.status !== 'blocked' && delivery.status !== 'refused') return announcements;
  if (destination.kind === 'sns-topic' || fallbackTopic === undefined) return announcements;
  const topic = { kind: 'sns-topic', topicArn: fallbackTopic } as const;
  const isThere = announcements.some(
    (announcement) => destinationKey(announcement.destination) === destinationKey(topic),
  );
  if (isThere) return announcements;
  const insteadOf = `${destinationKey(destination)}: ${delivery.failure}`;
  return [...announcements, { status: 'untold', destination: topic, attempts: 0, notBefore: now, insteadOf }];
}
