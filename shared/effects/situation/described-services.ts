import { DescribeServicesCommand, type DescribeServicesCommandOutput, type Service } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { clusterArn, type ServiceRef, serviceArn } from '../../domain/place.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const SERVICES_AT_ONCE = 10;
const ACTION = 'ecs:DescribeServices';

/** Services with their tags, by ARN. */
export const describeServices = (
  services: readonly ServiceRef[],
  { clients, ask }: Reading,
): Promise<Answers<Service>> =>
  askInBatches(services, { keyOf: serviceArn, groupOf: clusterArn, size: SERVICES_AT_ONCE }, (batch, cluster) => {
    const question: Question = { action: ACTION, notFound: `ECS has no cluster ${cluster.split('/').at(-1)}` };
    return ask(question, async (abortSignal) => {
      const names = batch.map(({ service }) => service);
      const command = new DescribeServicesCommand({ cluster, services: names, include: ['TAGS'] });
      const answer = await clients.ecs.send(command, { abortSignal });
      return found(new Map(batch.map((at) => [serviceArn(at), answerAbout(at, answer)])));
    });
  });

/** What does not exist is no exception here: the answer is a 200 with this reason. */
function answerAbout(
  { cluster, service: name }: ServiceRef,
  { services = [], failures = [] }: DescribeServicesCommandOutput,
): Gathered<Service> {
  const service = services.find(({ serviceName }) => serviceName === name);
  if (service !== undefined) return found(service);
  const { reason = 'MISSING' } = failures.find(({ arn }) => arn?.endsWith(`/${name}`)) ?? {};
  return reason === 'MISSING'
    ? missing('not-found', `ECS has no service ${name} in cluster ${cluster}`)
    : missing('failed', `${ACTION} failed (${reason})`);
}
