import type { EvidenceReaders } from '../functions/ecs-events/reads.ts';
import type { Gathered } from '../shared/domain/facts.ts';
import { seconds } from '../shared/domain/instant.ts';
import { serviceArn } from '../shared/domain/place.ts';
import { redact } from '../shared/domain/redact.ts';
import { budgetOf } from '../shared/effects/budget.ts';
import { createChangeReader } from '../shared/effects/readers/change-reader.ts';
import { createEcsReader, type EcsReader } from '../shared/effects/readers/ecs-reader.ts';
import { createImageReader } from '../shared/effects/readers/image-reader.ts';
import { createLogReader } from '../shared/effects/readers/log-reader.ts';
import { createMemoryReader } from '../shared/effects/readers/memory-reader.ts';
import { createTargetHealthReader } from '../shared/effects/readers/target-health-reader.ts';
import { createTaskReader, type TaskReader } from '../shared/effects/readers/task-reader.ts';
import { createRecordStore } from '../shared/effects/stores/record-store.ts';
import { createCliClients } from './clients.ts';
import { AccountError, type Terminal } from './terminal.ts';

/** One Region of a live account, read with the caller's credentials. */
export interface Account {
  readonly tasks: TaskReader;
  readonly readers: EvidenceReaders;
  /** Slackwater's own table. */
  readonly table: (name: string) => Pick<ReturnType<typeof createRecordStore>, 'loadAbout'>;
}

/** A person waits, from far away: longer than a function would. */
const budget = budgetOf(seconds(10));

/**
 * Opens a Region with the credentials that the AWS SDK finds. Throws an AccountError when it finds none. CloudTrail is
 * left out, as it is in the functions unless somebody asks for it.
 */
export async function openAccount(region: string, { environment, clock }: Terminal): Promise<Account> {
  const clients = createCliClients(region, environment);
  await requireCredentials(() => clients.ecs.config.credentials());
  // Whoever runs this has the rights of the account that the ARN names, or none.
  const clientsAt = () => clients;
  return {
    tasks: createTaskReader({ clientsAt, budget }),
    readers: {
      ecs: askingOnce(createEcsReader({ clientsAt, redact, budget })),
      logs: createLogReader({ clientsAt, redact, budget }),
      image: createImageReader({ clientsAt, budget }),
      targetHealth: createTargetHealthReader({ clientsAt, budget }),
      memory: createMemoryReader({ clientsAt, budget }),
      change: createChangeReader({ clientsAt, redact, budget }),
    },
    table: (tableName) => createRecordStore({ client: clients.table, tableName, clock }),
  };
}

/** The value, or an AccountError that says what could not be read and why. */
export function required<Value>(gathered: Gathered<Value>): Value {
  if (gathered.status === 'found') return gathered.value;
  // The readers speak of their ordinary caller.
  const because = gathered.because.replace('for this function', 'for these credentials');
  throw new AccountError(`${because}${hintFor(because)}`);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
const hintFor = (because: string): string =>
  /ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature/.test(because)
    ? ': AWS does not accept the credentials (any more); sign in again, or choose others with AWS_PROFILE'
    : '';

/** Throws an AccountError that says how to sign in when the SDK finds no credentials. */
export async function requireCredentials(provide: () => Promise<unknown>): Promise<void> {
  try {
    await provide();
  } catch (error) {
    const because = error instanceof Error ? redact(error.message.split('\n')[0] ?? '') : 'unknown error';
    throw new AccountError(
      `no AWS credentials found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with "aws sso login" (${because})`,
      { cause: error },
    );
  }
}

/** Many events of one service are explained at one moment, so the service is described once. */
function askingOnce(ecs: EcsReader): EcsReader {
  const answers = new Map<string, ReturnType<EcsReader['describeService']>>();
  return {
    ...ecs,
    describeService: (ref) => {
      const answer = answers.get(serviceArn(ref)) ?? ecs.describeService(ref);
      answers.set(serviceArn(ref), answer);
      return answer;
    },
  };
}
