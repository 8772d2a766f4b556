import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { Instant } from '../../domain/instant.ts';

/** One event of CloudTrail's history: its record as JSON text. */
interface TrailEvent {
  readonly text: string;
  readonly at: Instant;
}

/** The calls of one name between two instants, newest first, at most fifty: one request, of two that an account has a second. */
export async function lookUpEvents(
  client: CloudTrailClient,
  eventName: string,
  [from, to]: readonly [from: Instant, to: Instant],
  abortSignal: AbortSignal,
): Promise<readonly TrailEvent[]> {
  // Comes with the client, which is loaded on first use.
  const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
  const command = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
    StartTime: new Date(from),
    EndTime: new Date(to),
    MaxResults: 50,
  });
  const { Events = [] } = await client.send(command, { abortSignal });
  return Events.flatMap(({ CloudTrailEvent, EventTime }) =>
    CloudTrailEvent === undefined ? [] : { text: CloudTrailEvent, at: EventTime?.getTime() ?? to },
  );
}
