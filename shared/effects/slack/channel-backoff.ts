import { backoff, type Delivery } from '../../domain/announcement.ts';
import type { Announcer } from '../../domain/announcer.ts';
import { destinationKey } from '../../domain/destination.ts';
import type { Instant } from '../../domain/instant.ts';

interface Pause {
  readonly until: Instant;
  readonly failure: string;
  readonly attempts: number;
}

/**
 * Leaves a destination alone after it put a message off: everything else on its way there is put off as well, without
 * a call, until the time it asked for or an ever longer one. Remembered by each execution environment for itself, so a
 * rate limit costs one refused call and not one for each record.
 */
export function withChannelBackoff(announce: Announcer, clock: () => Instant): Announcer {
  const pauses = new Map<string, Pause>();
  return async (record, destination, step) => {
    const key = destinationKey(destination);
    const pause = pauses.get(key);
    const now = clock();
    if (pause !== undefined && now < pause.until)
      return { status: 'deferred', failure: pause.failure, retryAfter: pause.until - now };
    const delivery = await announce(record, destination, step);
    const next = pauseAfter(delivery, pause, clock());
    if (next === undefined) pauses.delete(key);
    else pauses.set(key, next);
    return delivery;
  };
}

function pauseAfter(delivery: Delivery, before: Pause | undefined, now: Instant): Pause | undefined {
  if (delivery.status !== 'deferred') return undefined;
  const attempts = (before?.attempts ?? 0) + 1;
  return { until: now + (delivery.retryAfter ?? backoff(attempts)), failure: delivery.failure, attempts };
}
