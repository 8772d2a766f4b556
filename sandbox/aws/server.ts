import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHarbour, type Harbour } from '../ecs/harbour.ts';
import { withHarbour } from '../ecs/with-harbour.ts';
import type { Estate } from '../estate/estate.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { createMembers, type Members } from '../members/members.ts';
import type { DescribedStack } from '../stack/described.ts';
import { type Call, readCall } from './call.ts';
import { type Caller, callerOf } from './caller.ts';
import { stackOperations } from './cloud-formation.ts';
import { type AwsError, createFaults, type Faults } from './faults.ts';
import { type InvokeLater, lambdaOperations } from './lambda.ts';
import { isAwsError, type Operations } from './operation.ts';
import { placeOperations } from './operations.ts';
import { ec2Answer, ec2Error, QUERY_XML, queryAnswer, queryError } from './query-protocol.ts';
import { secretOperations } from './secrets.ts';

export interface AwsServer extends AsyncDisposable {
  readonly url: string;
  readonly faults: Faults;
  /** Every action that was called, in order: `ecs:DescribeServices`. */
  readonly calls: readonly string[];
  /** From now on CloudFormation knows this stack as well. */
  readonly deploy: (stack: DescribedStack) => void;
}

/** Told of every call when it is answered, with the type of the error if it is one. */
export type OnCall = (call: Pick<Call, 'action' | 'input'>, error: string | undefined) => void;

/**
 * The AWS APIs that the functions call, answered from `estate` and from `harbour`, which alone can be changed. `secrets`
 * holds the values of parameters and secrets by name or ARN; `invokeLater` knows the functions; `members` answer what is not
 * for home. An operation that nobody modelled is refused by name, so that it is found at once.
 */
export async function startAws(
  estate: Estate,
  secrets: ReadonlyMap<string, string>,
  harbour: Harbour = createHarbour(),
  invokeLater: InvokeLater = () => false,
  onCall: OnCall = () => undefined,
  members: Pick<Members, 'answer'> = createMembers([], Date.now),
): Promise<AwsServer> {
  const faults = createFaults();
  const calls: string[] = [];
  const whole = withHarbour(estate, harbour);
  const deployed: DescribedStack[] = [];
  const operations: Operations = {
    ...placeOperations(whole, harbour),
    ...stackOperations(harbour, deployed),
    ...secretOperations(secrets),
    ...lambdaOperations(invokeLater),
  };

  const run = async (call: Call, caller: Caller): Promise<object> => {
    const { action, input } = call;
    const error = await faults.meet(action);
    if (error !== undefined) return error;
    const result = members.answer(call, caller) ?? operations[action]?.(input) ?? unknownOperation(action);
    return faults.losesAnswer(action) ? lostAnswer() : result;
  };
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = readCall(request, await readBody(request));
    calls.push(call.action);
    const result = await run(call, callerOf(request));
    onCall(call, isAwsError(result) ? result.type : undefined);
    answerCall(call, result, response);
  };
  const server: Listening = await serve((request, response) => void answerRequest(request, response));
  return {
    url: server.url,
    faults,
    calls,
    deploy: (stack) => void deployed.push(stack),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
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
