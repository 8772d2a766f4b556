import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Clients, clientSettings, createTellingClients, type Environment } from '../shared/effects/clients.ts';
import { createPlannedClients, type PlannedClients } from '../shared/effects/planning-clients.ts';
import { createSdkTableClient } from '../shared/effects/table/sdk-table-client.ts';

/** The clients of the command line, in one Region. */
export type CliClients = Clients & PlannedClients;

const MARSHALLED = { marshallOptions: { removeUndefinedValues: true } };

/** With the credentials that the AWS SDK finds: of the environment, of a profile, of single sign-on. */
export function createCliClients(region: string, environment: Environment): CliClients {
  const settings = clientSettings(region, environment);
  return {
    ...createTellingClients(settings),
    ...createPlannedClients(settings),
    table: createSdkTableClient(DynamoDBDocumentClient.from(new DynamoDBClient(settings), MARSHALLED)),
  };
}
