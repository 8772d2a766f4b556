import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { AdapterError } from '../../shared/effects/adapter-error.ts';
import type { AwsClient } from './aws/client.ts';
import type { TimeLeft } from './time-left.ts';

/** Remembers requests, so that each is acted on once. */
export type ReplayGuard = (
  request: {
    /** What is the same for every delivery of the request. */
    readonly id: string;
    /** Who is about to act on it: trying again is no repetition. */
    readonly by: string;
    readonly now: Instant;
  },
  left: TimeLeft,
) => Promise<'first' | 'repeated'>;

/** The partition of the table, which is all that this function may write to. */
export const PARTITION = 'chat#replay';

/** A signature from five minutes ahead is good for five minutes after it. */
const REMEMBERED_FOR = minutes(10);

/**
 * One conditional write. A request stays taken even if the work on it fails afterwards: whoever recorded it must not be
 * the one to repeat it.
 * @throws AdapterError `store-failed`
 */
export function createReplayGuard(aws: AwsClient, tableName: string): ReplayGuard {
  return async ({ id, by, now }, left) => {
    const body = {
      TableName: tableName,
      Item: {
        pk: { S: PARTITION },
        sk: { S: id },
        takenBy: { S: by },
        // In seconds, as DynamoDB's TTL wants it.
        expiresAt: { N: String(Math.ceil((now + REMEMBERED_FOR) / 1_000)) },
      },
      ConditionExpression: 'attribute_not_exists(pk) OR takenBy = :by',
      ExpressionAttributeValues: { ':by': { S: by } },
    };
    const answer = await aws('dynamodb:PutItem', { body }, left);
    if (answer.status === 'done') return 'first';
    if (answer.name === 'ConditionalCheckFailedException') return 'repeated';
    throw new AdapterError({
      code: 'store-failed',
      message: `the table ${tableName} did not take the request (${answer.name})`,
      retryable: !/AccessDenied|NotFound|Validation/.test(answer.name),
    });
  };
}
