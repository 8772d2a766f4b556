import type { LambdaClient } from '@aws-sdk/client-lambda';
import { awsFailure } from './aws-failure.ts';

/** Has a function run now and does not wait for it. Answers the name of the failure: it runs every minute anyway. */
export type Wake = () => Promise<'woken' | { readonly failed: string }>;

/** `functionName` is a name or an ARN. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const createWake =
  (lambda: () => Promise<LambdaClient>, functionName: string): Wake =>
  async () => {
    try {
      const client = await lambda();
      const { InvokeCommand } = await import('@aws-sdk/client-lambda');
      await client.send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: '{}' }));
      return 'woken';
    } catch (error) {
      return { failed: awsFailure(error).name };
    }
  };
