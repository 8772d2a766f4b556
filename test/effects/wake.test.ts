import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { createWake } from '../../shared/effects/wake.ts';
import { awsError } from './failing.ts';

const REGION = { region: 'eu-west-1' };

it('has the function run without waiting for it', async () => {
  const mock = mockClient(LambdaClient).on(InvokeCommand).resolves({ StatusCode: 202 });
  expect(await createWake(async () => new LambdaClient(REGION), 'redeploy')()).toBe('woken');
  expect(mock.commandCalls(InvokeCommand)[0]?.args[0].input).toEqual({
    FunctionName: 'redeploy',
    InvocationType: 'Event',
    Payload: '{}',
  });
});

it('names the failure and throws nothing: the function runs every minute anyway', async () => {
  mockClient(LambdaClient).on(InvokeCommand).rejects(awsError('TooManyRequestsException'));
  const wake = createWake(async () => new LambdaClient(REGION), 'redeploy');
  expect(await wake()).toEqual({ failed: 'TooManyRequestsException' });
});
