import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHarbour, type Harbour } from '../ecs/harbour.ts';
import { withHarbour } from '../ecs/with-harbour.ts';
import type { Estate } from '../estate/estate.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { type Call, readCall } from './call.ts';
import { stackOperations } from './cloud-formation.ts';
import { codeDeployOperations } from './code-deploy.ts';
import { ec2Operations } from './ec2.ts';
import { ecrOperations } from './ecr.ts';
import { ecsOperations } from './ecs.ts';
import { ecsAccount } from './ecs-account.ts';
import { ecsWrites } from './ecs-writes.ts';
import { type AwsError, createFaults, type Faults } from './faults.ts';
import { type InvokeLater, lambdaOperations } from './lambda.ts';
import { loadBalancingOperations } from './load-balancing.ts';
import { logsOperations } from './logs.ts';
import { metricOperations } from './metrics.ts';
import { isAwsError, type Operations } from './operation.ts';
import { ec2Answer, ec2Error, QUERY_XML, queryAnswer, queryError } from './query-protocol.ts';
import { quotaOperations } from './quotas.ts';
import { recorded } from './recorded.ts';
import { secretOperations } from './secrets.ts';
import { trailOperations } from './trail.ts';

export interface AwsServer extends AsyncDisposable {
  readonly url: string;
  readonly faults: Faults;
  /** Every action that was called, in order: `ecs:DescribeServices`. */
  readonly calls: readonly string[];
}

/**
 * The AWS APIs that the functions call, answered from `estate` and from `harbour`, which alone can be changed. `secrets`
 * holds the values of parameters and secrets by name or ARN; `invokeLater` knows the functions. An operation that nobody
 * modelled is refused by name, so that it is found at once.
 */
export async function startAws(
  estate: Estate,
  secrets: ReadonlyMap<string, string>,
  harbour: Harbour = createHarbour(),
  invokeLater: InvokeLater = () => false,
): Promise<AwsServer> {
  const faults = createFaults();
  const calls: string[] = [];
  const whole = withHarbour(estate, harbour);
  const operations: Operations = {
    ...ecsOperations(whole, harbour),
    ...ecsAccount(harbour),
    ...recorded(ecsWrites(harbour, whole), harbour),
    ...logsOperations(whole),
    ...secretOperations(secrets),
    ...ecrOperations(harbour),
    ...loadBalancingOperations(harbour),
    ...metricOperations(harbour),
    ...trailOperations,
    ...ec2Operations(harbour),
    ...stackOperations(harbour),
    ...codeDeployOperations(harbour),
    ...quotaOperations(harbour),
    ...lambdaOperations(invokeLater),
  };

  const run = async ({ action, input }: Call): Promise<object> => {
    const error = await faults.meet(action);
    if (error !== undefined) return error;
    const operation = operations[action];
    if (operation === undefined) return unknownOperation(action);
    const result = operation(input);
    return faults.losesAnswer(action) ? lostAnswer() : result;
  };
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = readCall(request, await readBody(request));
    calls.push(call.action);
    answerCall(call, await run(call), response);
  };
  const server: Listening = await serve((request, response) => void answerRequest(request, response));
  return { url: server.url, faults, calls, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const XML = { query: [queryAnswer, queryError], ec2: [ec2Answer, ec2Error] } as const;

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

function answerCall({ protocol, operation }: Call, result: object, response: ServerResponse): void {
  const status = isAwsError(result) ? result.status : 200;
  if (protocol === 'lambda' && status === 200) return answer(response, 202, '');
  if (protocol === 'query' || protocol === 'ec2') {
    const [answered, refused] = XML[protocol];
    return answer(response, status, isAwsError(result) ? refused(result) : answered(operation, result), QUERY_XML);
  }
  answerJson(
    response,
    status,
    isAwsError(result) ? { __type: result.type, message: result.message } : result,
    JSON_1_1,
  );
}

/** AWS did what it was asked, and the caller cannot know. */
const lostAnswer = (): AwsError => ({ status: 500, type: 'ServerException', message: 'Service Unavailable.' });

const unknownOperation = (action: string): AwsError => ({
  status: 400,
  type: 'UnknownOperationException',
  message: `the sandbox does not model ${action}`,
});
