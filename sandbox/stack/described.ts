import type { Stack } from './stack.ts';

/** What CloudFormation tells of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export interface DescribedStack {
  readonly StackName: string;
  readonly StackStatus: string;
  readonly CreationTime: string;
  readonly Parameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly Outputs: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
}

/** The stack as it was deployed here: queues and the endpoint for Slack are where this machine has them. */
export function described(
  { parameters, outputs }: Pick<Stack, 'parameters' | 'outputs'>,
  here: { readonly name: string; readonly at: number; readonly queuesUrl: string; readonly endpointUrl?: string },
): DescribedStack {
  const place = (name: string, value: string): string => {
    if (name === 'SlackEndpointUrl') return here.endpointUrl ?? value;
    return value.startsWith('https://sqs.') ? new URL(new URL(value).pathname, here.queuesUrl).href : value;
  };
  return {
    StackName: here.name,
    StackStatus: 'CREATE_COMPLETE',
    CreationTime: new Date(here.at).toISOString(),
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Outputs: Object.entries(outputs).map(([OutputKey, value]) => ({ OutputKey, OutputValue: place(OutputKey, value) })),
  };
}
