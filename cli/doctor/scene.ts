import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Gathered } from '../../shared/domain/facts.ts';
import { type Instant, seconds } from '../../shared/domain/instant.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { budgetOf } from '../../shared/effects/budget.ts';
import { gathered } from '../../shared/effects/gathered.ts';
import type { CliClients } from '../clients.ts';
import type { Stack } from '../stack-read.ts';
import type { ReadServices } from './services.ts';

/** What a look at an installation begins with. */
export interface Scene {
  readonly clients: CliClients;
  readonly sqs: SQSClient;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly region: string;
  readonly now: Instant;
  /** Missing where nobody named one, too. */
  readonly stack: Gathered<Stack>;
}

/** What further looks need of it. */
export interface Surroundings extends Scene {
  readonly policy: Policy;
  readonly services: ReadServices;
}

/** A person waits, from far away: longer than a function would. */
const budget = budgetOf(seconds(10));

/** Asks AWS once; what it refuses is missing, in words for whoever runs this. */
export const asked = <Value>(
  action: string,
  notFound: string,
  read: (signal: AbortSignal) => Promise<Gathered<Value>>,
): Promise<Gathered<Value>> => gathered({ action, on: 'for these credentials', notFound }, budget(), read);
