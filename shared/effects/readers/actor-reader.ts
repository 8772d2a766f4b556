import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { type ActorFacts, found, type Gathered, missing } from '../../domain/facts.ts';
import type { FailedDeployment } from '../../domain/failed-deployment.ts';
import { days, type Instant, minutes, seconds } from '../../domain/instant.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { isOf, type RecordedCall, readRecordedCall, startsDeployment } from './cloudtrail-event.ts';
import { lookUpEvents } from './trail-lookup.ts';

/** Who started a deployment that failed. Never throws. */
export type ActorReader = (failed: FailedDeployment) => Promise<Gathered<ActorFacts>>;

/** Worth a line of the message and no wait. */
const TIMEOUT = seconds(2);
/** A deployment is created by the call, within the same second. */
const AROUND_CREATION = minutes(1);
/** Where the creation is not known: deployments that took longer to fail are not looked for. */
const LONGEST_DEPLOYMENT = days(1);

/**
 * Asks CloudTrail's event history, which needs no trail, once for each problem: an account has two lookups a second in
 * each Region, and everybody shares them. One attribute is allowed for each lookup, and ECS documents no resource names
 * there, so the name of the event is asked for around the time, and the service is looked for in the answer. Events
 * come minutes late (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html), so
 * nothing found is an ordinary answer. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createActorReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'cloudTrail'>>;
  readonly budget?: Budget;
}): ActorReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return async (wanted) => {
    const eventName = callThatStarted(wanted);
    const notFound = `CloudTrail knows no ${eventName} of ${wanted.service.service} yet; its events come some minutes late`;
    const question: Question = { action: 'cloudtrail:LookupEvents', notFound };
    return gathered(question, budget(), async (abortSignal) => {
      const calls = await lookUp(await clientsAt(wanted.service).cloudTrail(), eventName, wanted, abortSignal);
      const [call] = calls.filter((one) => mayHaveStarted(one, wanted)).toSorted(byDistance(wanted));
      return call === undefined
        ? missing('not-found', notFound)
        : found({ who: call.who, did: eventName, at: call.at });
    });
  };
}

/** A service whose only deployment failed was created with it. */
const callThatStarted = ({ failed, serving }: FailedDeployment): 'CreateService' | 'UpdateService' =>
  failed !== undefined && serving === undefined ? 'CreateService' : 'UpdateService';

/** CloudTrail mostly keeps the answer of the call, which names the deployment that was current after it. */
const mayHaveStarted = (call: RecordedCall, { service, failed }: FailedDeployment): boolean =>
  isOf(call, service) &&
  startsDeployment(call) &&
  (failed === undefined || call.deploymentId === undefined || call.deploymentId === failed.id);

/** The nearest to the creation of the deployment first; where that is not known, the last before the failure. */
const byDistance =
  ({ failed, at }: FailedDeployment) =>
  (a: RecordedCall, b: RecordedCall): number =>
    Math.abs(a.at - (failed?.createdAt ?? at)) - Math.abs(b.at - (failed?.createdAt ?? at));

async function lookUp(
  client: CloudTrailClient,
  eventName: string,
  wanted: FailedDeployment,
  abortSignal: AbortSignal,
): Promise<readonly RecordedCall[]> {
  const events = await lookUpEvents(client, eventName, spanOf(wanted), abortSignal);
  return events.flatMap(({ text, at }) => {
    const call = readRecordedCall(text);
    return call === undefined ? [] : { ...call, at };
  });
}

function spanOf({ failed, at }: FailedDeployment): readonly [from: Instant, to: Instant] {
  const created = failed?.createdAt;
  return created === undefined ? [at - LONGEST_DEPLOYMENT, at] : [created - AROUND_CREATION, created + AROUND_CREATION];
}
