import { DescribeServiceRevisionsCommand, type ServiceRevision } from '@aws-sdk/client-ecs';
import { found } from '../../domain/facts.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
const REVISIONS_AT_ONCE = 20;

/** Service revisions by ARN. One that ECS has forgotten is `not-found`. */
export const describeRevisions = (
  arns: readonly string[],
  { clients, ask }: Reading,
): Promise<Answers<ServiceRevision>> =>
  askInBatches(arns, { keyOf: (arn) => arn, size: REVISIONS_AT_ONCE }, (batch) => {
    const question: Question = {
      action: 'ecs:DescribeServiceRevisions',
      notFound: 'ECS has forgotten the revisions of the service',
    };
    return ask(question, async (abortSignal) => {
      const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns: [...batch] });
      const { serviceRevisions = [] } = await clients.ecs.send(command, { abortSignal });
      return found(
        new Map(
          serviceRevisions.flatMap((revision) =>
            revision.serviceRevisionArn === undefined ? [] : [[revision.serviceRevisionArn, found(revision)] as const],
          ),
        ),
      );
    });
  });
