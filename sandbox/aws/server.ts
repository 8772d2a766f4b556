import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Estate } from '../estate/estate.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { type Call, readCall } from './call.ts';
import { ecrOperations } from './ecr.ts';
import { ecsOperations } from './ecs.ts';
import { type AwsError, createFaults, type Faults } from './faults.ts';
import { loadBalancingOperations } from './load-balancing.ts';
import { logsOperations } from './logs.ts';
import { metricOperations } from './metrics.ts';
import type { Operations } from './operation.ts';
import { QUERY_XML, queryAnswer, queryError } from './query-protocol.ts';
import { secretOperations } from './secrets.ts';
import { trailOperations } from './trail.ts';

export interface AwsServer extends AsyncDisposable {
  readonly url: string;
  readonly faults: Faults;
  /** Every action that was called, in order: `ecs:DescribeServices`. */
  readonly calls: readonly string[];
}

/**
 * The AWS APIs that the functions read, answered from `estate`. `secrets` holds the values of parameters and secrets
 * by name or ARN. An operation that nobody modelled is refused by name, so that it is found at once.
 */
export async function startAws(estate: Estate, secrets: ReadonlyMap<string, string>): Promise<AwsServer> {
  const faults = createFaults();
  const calls: string[] = [];
  const operations: Operations = {
    ...ecsOperations(estate),
    ...logsOperations(estate),
    ...secretOperations(secrets),
    ...ecrOperations,
    ...loadBalancingOperations,
    ...metricOperations,
    ...trailOperations,
  };

  const run = async ({ action, input }: Call): Promise<object> => {
    const error = await faults.meet(action);
    if (error !== undefined) return error;
    const operation = operations[action];
    return operation === undefined ? unknownOperation(action) : operation(input);
  };
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = readCall(request.headers, await readBody(request));
    calls.push(call.action);
    answerCall(call, await run(call), response);
  };
  const server: Listening = await serve((request, response) => void answerRequest(request, response));
  return { url: server.url, faults, calls, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

function answerCall({ protocol, operation }: Call, result: object, response: ServerResponse): void {
  const status = isAwsError(result) ? result.status : 200;
  if (protocol === 'query') {
    return answer(
      response,
      status,
      isAwsError(result) ? queryError(result) : queryAnswer(operation, result),
      QUERY_XML,
    );
  }
  answerJson(
    response,
    status,
    isAwsError(result) ? { __type: result.type, message: result.message } : result,
    JSON_1_1,
  );
}

const unknownOperation = (action: string): AwsError => ({
  status: 400,
  type: 'UnknownOperationException',
  message: `the sandbox does not model ${action}`,
});

const isAwsError = (result: object): result is AwsError => 'status' in result && 'type' in result;
