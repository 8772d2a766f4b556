import type { OnCall } from './aws/server.ts';
import type { OnRequest } from './database/database.ts';
import { wordsOf } from './ecs/harbour.ts';
import type { Entry } from './journal.ts';

type CallEntry = Extract<Entry, { readonly kind: 'call' }>;

/** Operations whose names begin so change nothing. */
const READS = /^(describe|list|get|lookup|batchget|query|scan|filter)/i;

const reads = (action: string): boolean => READS.test(action.split(':').at(-1) ?? '');

/** What the journal says of a call of an AWS API. */
export const callEntry = ({ action, input }: Parameters<OnCall>[0], error: string | undefined): CallEntry => ({
  kind: 'call',
  action,
  isWrite: !reads(action),
  words: wordsOf({ action, input, ...(error !== undefined && { refused: error }) }),
  input,
  ...(error !== undefined && { error }),
});

/** What the journal says of a request to DynamoDB. */
export const databaseEntry = ({ operation, input, error }: Parameters<OnRequest>[0]): CallEntry => ({
  ...callEntry({ action: `dynamodb:${operation}`, input }, error),
  isWrite: false,
});
