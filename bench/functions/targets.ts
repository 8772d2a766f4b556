import { createRandom } from '../../sandbox/random.ts';
import { type ArmadaService, armadaService } from '../../sandbox/scenario/armada.ts';
import type { EcsEvent } from '../../sandbox/scenario/ecs-event.ts';
import { BY_PERSON, STOP_CAUSES, type StopCause, taskStop } from '../../sandbox/scenario/task-stop.ts';
import { environmentAt } from './bench-environment.ts';
import { aClick, aCommand, aRetirement } from './requests.ts';
import type { Target } from './target.ts';

export const EMPTY = 'empty handler';
export const REFERENCE = 'reference';

interface Places {
  /** Holds a folder for each bundle. */
  readonly bundles: string;
  /** Where AWS and Slack answer. */
  readonly url: string;
}

/** Everything that is measured, in the order of the tables. `seed` decides ids alone. */
export function targetsAt({ bundles, url }: Places, seed: number): readonly Target[] {
  const random = createRandom(seed);
  // The first two have problems that are known.
  let services = 2;
  const stop = (service: ArmadaService, cause: StopCause): EcsEvent =>
    taskStop(service, { cause, at: Date.now(), lifetime: 20_000, random });
  const target = (name: string, event: () => unknown, wants: Target['wants'] = () => true): Target => {
    const [bundle = name] = name.split(', ');
    return { name, folder: `${bundles}/${bundle}`, environment: environmentAt(url), event, wants };
  };
  const nextStop = (service: ArmadaService): object => batchOf(stop(service, STOP_CAUSES.exit), random.uuid());
  return [
    target(EMPTY, () => ({})),
    target(REFERENCE, () => stop(armadaService(++services), STOP_CAUSES.exit)),
    target('ecs-events, benign stop', () => batchOf(stop(armadaService(1), BY_PERSON), random.uuid()), settled),
    target(
      'ecs-events, new problem',
      () => nextStop(armadaService(++services)),
      (payload, log) => settled(payload, log) && log.includes('"decision":"told"'),
    ),
    {
      ...target('ecs-events, next stop of a known problem', () => nextStop(armadaService(1)), settled),
      environment: { ...environmentAt(url), SLACK_CHANNEL: '' },
      isPrimed: true,
    },
    {
      ...target('ecs-events, next stop and an edit in Slack', () => nextStop(armadaService(2)), settled),
      isPrimed: true,
    },
    target('retirement-notice', () => aRetirement(random), withoutError),
    target('reconcile', () => ({}), withoutError),
    target('redeploy', () => ({}), withoutError),
    target('slack-endpoint', aClick, (payload) => JSON.stringify(payload).includes('"statusCode":200')),
    target('slack-worker', () => aCommand(random, url), withoutError),
  ];
}

const withoutError = (_payload: unknown, log: string): boolean => !log.includes('"level":"ERROR"');

/** No message of the batch has to come again. */
const settled = (payload: unknown, log: string): boolean =>
  JSON.stringify(payload) === '{"batchItemFailures":[]}' && withoutError(payload, log);

/** As Lambda hands over what it took from the queue. */
const batchOf = (event: EcsEvent, messageId: string): object => ({
  Records: [
    {
      messageId,
      receiptHandle: 'receipt',
      body: JSON.stringify(event),
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:slackwater-ecs-events',
      awsRegion: 'eu-west-1',
    },
  ],
});
