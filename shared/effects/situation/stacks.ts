import { found, missing } from '../../domain/facts.ts';
import { awsFailure } from '../aws-failure.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';

const GONE = 'its CloudFormation stack does not exist any more';
const OWNED_BY_NONE = missing('not-applicable', GONE);

/** The status of each stack, by the ARN or name that it was asked for. */
export const describeStacks = (stacks: readonly string[], { clients, ask }: Reading): Promise<Answers<string>> =>
  askForEach(
    stacks,
    (stack) => stack,
    (stack) => {
      const question: Question = { action: 'cloudformation:DescribeStacks', notFound: GONE };
      return ask(question, async (abortSignal) => {
        const { DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
        const client = await clients.cloudFormation();
        try {
          const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }), { abortSignal });
          const status = Stacks?.[0]?.StackStatus;
          return status === undefined ? OWNED_BY_NONE : found(status);
        } catch (error) {
          // So CloudFormation says that there is no such stack; a resource that was retained keeps its tags.
          if (awsFailure(error).name === 'ValidationError') return OWNED_BY_NONE;
          throw error;
        }
      });
    },
  );
