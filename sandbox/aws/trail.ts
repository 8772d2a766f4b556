import { COMPANY } from '../estate/company.ts';
import { MIDNIGHT, type ServiceSketch, SKETCHES } from '../estate/services.ts';
import { isObject } from '../json-object.ts';
import type { Operations } from './operation.ts';

/**
 * Every deployment that failed was started by the pipeline; autoscaling changed the number of tasks a little later.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const trailOperations: Operations = {
  'cloudtrail:LookupEvents': ({ LookupAttributes, StartTime = 0, EndTime = Number.POSITIVE_INFINITY }) => {
    const [attribute] = Array.isArray(LookupAttributes) ? LookupAttributes : [];
    const name = isObject(attribute) && attribute['AttributeKey'] === 'EventName' ? attribute['AttributeValue'] : '';
    const isWanted = ({ EventName, EventTime }: RecordedEvent) =>
      EventName === name && EventTime >= Number(StartTime) && EventTime <= Number(EndTime);
    return { Events: EVENTS.filter(isWanted).toSorted((a, b) => b.EventTime - a.EventTime) };
  },
};

interface RecordedEvent {
  readonly EventName: string;
  /** Epoch seconds. */
  readonly EventTime: number;
  readonly CloudTrailEvent: string;
}

const EVENTS: readonly RecordedEvent[] = SKETCHES.filter(({ failed }) => failed !== undefined).flatMap((sketch) => [
  updated(sketch, MIDNIGHT, {
    userIdentity: assumedRole('harbor-deploy', 'ci-4711'),
    requestParameters: { taskDefinition: `${sketch.name}:${sketch.failed?.revision}` },
    deployment: sketch.failed?.deployment,
  }),
  updated(sketch, MIDNIGHT + 30, {
    userIdentity: {
      ...assumedRole('AWSServiceRoleForECS', 'AutoScaling'),
      invokedBy: 'ecs.application-autoscaling.amazonaws.com',
    },
    requestParameters: { desiredCount: sketch.desired },
    deployment: sketch.failed?.deployment,
  }),
]);

function updated(
  { cluster, name }: ServiceSketch,
  at: number,
  call: { readonly userIdentity: object; readonly requestParameters: object; readonly deployment: string | undefined },
): RecordedEvent {
  const event = {
    eventVersion: '1.11',
    eventTime: new Date(at * 1_000).toISOString(),
    eventSource: 'ecs.amazonaws.com',
    eventName: 'UpdateService',
    awsRegion: COMPANY.region,
    sourceIPAddress: '203.0.113.7',
    userIdentity: call.userIdentity,
    requestParameters: { cluster, service: name, ...call.requestParameters },
    responseElements: { service: { deployments: [{ id: `ecs-svc/${call.deployment}`, status: 'PRIMARY' }] } },
  };
  return { EventName: 'UpdateService', EventTime: at, CloudTrailEvent: JSON.stringify(event) };
}

function assumedRole(role: string, session: string): object {
  return {
    type: 'AssumedRole',
    arn: `arn:${COMPANY.partition}:sts::${COMPANY.account}:assumed-role/${role}/${session}`,
    accountId: COMPANY.account,
    sessionContext: { sessionIssuer: { type: 'Role', userName: role } },
  };
}
