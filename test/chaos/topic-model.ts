import type { Random } from '../../sandbox/random.ts';
import type { Delivery } from '../../shared/domain/announcement.ts';
import type { Notification } from '../../shared/render/message.ts';
import type { Answer } from './execution.ts';
import type { Weather } from './slack-model.ts';

/** A topic as its subscribers hear it. */
export interface TopicModel {
  readonly heard: readonly Notification[];
  readonly publish: (notification: Notification) => Answer<Delivery>;
}

const DELIVERED: Delivery = { status: 'delivered' };

export function createTopicModel(random: Random, weather: () => Weather): TopicModel {
  const heard: Notification[] = [];
  return {
    heard,
    publish: (notification) => {
      const isFaulty = weather() === 'rough' && random.happens(0.15);
      const isHeard = !isFaulty || random.happens(0.3);
      if (isHeard) heard.push(notification);
      const failure = isHeard ? 'timeout' : 'ratelimited';
      return {
        takes: 10 + random.below(60),
        give: () => (isFaulty ? { status: 'deferred', failure } : DELIVERED),
      };
    },
  };
}
