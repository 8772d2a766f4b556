import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Estate } from '../estate/estate.ts';
import { readObject } from '../json-object.ts';
import { answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { ecsOperations } from './ecs.ts';
import { type AwsError, createFaults, type Faults } from './faults.ts';
import { logsOperations } from './logs.ts';
import type { Operations } from './operation.ts';
import { secretOperations } from './secrets.ts';

export interface AwsServer extends AsyncDisposable {
  readonly url: string;
  readonly faults: Faults;
  /** Every action that was called, in order: `ecs:DescribeServices`. */
  readonly calls: readonly string[];
}

/** What comes before the dot of `X-Amz-Target`, and the IAM prefix of the service. All four speak awsJson1.1. */
const SERVICES: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  Logs_20140328: 'logs',
  AmazonSSM: 'ssm',
  secretsmanager: 'secretsmanager',
};

/**
 * The AWS APIs that the functions read, answered from `estate`. `secrets` holds the values of parameters and secrets
 * by name or ARN. An operation that nobody modelled is refused by name, so that it is found at once.
 */
export async function startAws(estate: Estate, secrets: ReadonlyMap<string, string>): Promise<AwsServer> {
  const faults = createFaults();
  const calls: string[] = [];
  const operations: Operations = { ...ecsOperations(estate), ...logsOperations(estate), ...secretOperations(secrets) };

  const run = async (action: string, body: string): Promise<object> => {
    const error = await faults.meet(action);
    if (error !== undefined) return error;
    const operation = operations[action];
    return operation === undefined ? unknownOperation(action) : operation(readObject(body));
  };
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const action = actionOf(request.headers['x-amz-target']);
    calls.push(action);
    const result = await run(action, await readBody(request));
    if (!isAwsError(result)) return answerJson(response, 200, result, JSON_1_1);
    answerJson(response, result.status, { __type: result.type, message: result.message }, JSON_1_1);
  };
  const server: Listening = await serve((request, response) => void answerRequest(request, response));
  return { url: server.url, faults, calls, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

function actionOf(target: string | string[] | undefined): string {
  const [service = '', operation = ''] = String(target).split('.');
  return `${SERVICES[service] ?? service}:${operation}`;
}

const unknownOperation = (action: string): AwsError => ({
  status: 400,
  type: 'UnknownOperationException',
  message: `the sandbox does not model ${action}`,
});

const isAwsError = (result: object): result is AwsError => 'status' in result && 'type' in result;
