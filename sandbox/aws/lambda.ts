import type { AwsError } from './faults.ts';
import { type Operations, refuse } from './operation.ts';

/** Has a function work on an event in its own time, by name or ARN; `false` when there is no such function. */
export type InvokeLater = (functionName: string, event: unknown) => boolean;

/** Asynchronous invocations, which are answered as soon as the event is taken on. */
export const lambdaOperations = (invokeLater: InvokeLater): Operations => ({
  'lambda:InvokeFunction': ({ FunctionName, InvocationType, Payload }) => {
    if (InvocationType !== 'Event')
      return refuse('InvalidParameterValueException', 'the sandbox models InvocationType Event alone');
    return invokeLater(String(FunctionName), Payload) ? {} : notFound(String(FunctionName));
  },
});

const notFound = (functionName: string): AwsError => ({
  status: 404,
  type: 'ResourceNotFoundException',
  message: `Function not found: ${functionName}`,
});
