import type { Stack as DescribedStack } from '@aws-sdk/client-cloudformation';
import { found, type Gathered, missing } from '../shared/domain/facts.ts';
import { type Instant, seconds } from '../shared/domain/instant.ts';
import { present } from '../shared/domain/present.ts';
import { awsFailure } from '../shared/effects/aws-failure.ts';
import { budgetOf } from '../shared/effects/budget.ts';
import { gathered } from '../shared/effects/gathered.ts';
import type { PlannedClients } from '../shared/effects/planning-clients.ts';

/** Slackwater as it was deployed. */
export interface Stack {
  readonly name: string;
  /** `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly createdAt?: Instant;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Where the stack listens to Slack; a stack without it only tells. */
export const SLACK_ENDPOINT_OUTPUT = 'SlackEndpointUrl';

/** A person waits, from far away: longer than a function would. */
const budget = budgetOf(seconds(10));

/** A stack by its name. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export function readStack(
  name: string,
  { cloudFormation }: Pick<PlannedClients, 'cloudFormation'>,
): Promise<Gathered<Stack>> {
  const notFound = `there is no stack ${name} in this account and Region`;
  const question = { action: 'cloudformation:DescribeStacks', on: 'for these credentials', notFound };
  return gathered(question, budget(), async (abortSignal) => {
    const [client, { DescribeStacksCommand }] = await Promise.all([
      cloudFormation(),
      import('@aws-sdk/client-cloudformation'),
    ]);
    try {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }), {
        abortSignal,
      });
      return stack === undefined ? missing('not-found', notFound) : found(stackFrom(name, stack));
    } catch (error) {
      // The way in which CloudFormation says that there is none.
      if (awsFailure(error).name === 'ValidationError') return missing('not-found', notFound);
      throw error;
    }
  });
}

function stackFrom(name: string, { StackStatus, CreationTime, Parameters = [], Outputs = [] }: DescribedStack) {
  return present({
    name,
    status: StackStatus ?? 'UNKNOWN',
    createdAt: CreationTime?.getTime(),
    parameters: Object.fromEntries(
      Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue] as const),
    ),
    outputs: Object.fromEntries(
      Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const),
    ),
  });
}
