import type { Instant } from '../../domain/instant.ts';
import type { ServiceRef } from '../../domain/place.ts';
import { present } from '../../domain/present.ts';

/** A successful call of UpdateService or CreateService, as far as it says who did what. */
export interface RecordedCall {
  readonly who: string;
  readonly at: Instant;
  readonly cluster: string;
  readonly service: string;
  /** Names of the parameters that were given beside cluster and service. */
  readonly parameters: readonly string[];
  /** `ecs-svc/…` of the primary deployment after the call, where CloudTrail kept the answer. */
  readonly deploymentId?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one record of CloudTrail, which is JSON text; `undefined` for a call that failed or is not understood. Names and
 * ids only: source addresses, access keys and the caller's parameters stay behind. `at` is left to the caller.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readRecordedCall(text: string): Omit<RecordedCall, 'at'> | undefined {
  const event = parseFields(text);
  if (event === undefined || event['errorCode'] !== undefined) return undefined;
  const { cluster, service, serviceName, ...parameters } = fieldsOf(event['requestParameters']);
  const who = actorOf(fieldsOf(event['userIdentity']));
  const name = textOf(service ?? serviceName);
  if (who === undefined || name === undefined) return undefined;
  return {
    who,
    // Callers give a name or an ARN, and none for the cluster of that name.
    cluster: lastPart(textOf(cluster) ?? 'default'),
    service: lastPart(name),
    parameters: Object.keys(parameters),
    ...present({ deploymentId: primaryDeployment(event) }),
  };
}

/** A successful call of StopTask: who made it, and the id of the task. */
export function readStopCall(text: string): { readonly who: string; readonly taskId: string } | undefined {
  const event = parseFields(text);
  if (event === undefined || event['errorCode'] !== undefined) return undefined;
  const who = actorOf(fieldsOf(event['userIdentity']));
  const task = textOf(fieldsOf(event['requestParameters'])['task']);
  return who === undefined || task === undefined ? undefined : { who, taskId: lastPart(task) };
}

export const isOf = (call: Pick<RecordedCall, 'cluster' | 'service'>, { cluster, service }: ServiceRef): boolean =>
  call.cluster === cluster && call.service === service;

/** A change of the number of tasks alone, as autoscaling makes them, starts no deployment. */
export const startsDeployment = ({ parameters }: Pick<RecordedCall, 'parameters'>): boolean =>
  parameters.some((parameter) => parameter !== 'desiredCount');

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function actorOf(identity: Fields): string | undefined {
  const invokedBy = textOf(identity['invokedBy']);
  const person = personOf(identity);
  if (person === undefined) return invokedBy;
  return invokedBy === undefined ? person : `${person} through ${invokedBy}`;
}

function personOf(identity: Fields): string | undefined {
  const arn = textOf(identity['arn']);
  const userName = textOf(identity['userName']);
  switch (identity['type']) {
    case 'AssumedRole': {
      const issuer = fieldsOf(fieldsOf(identity['sessionContext'])['sessionIssuer']);
      const role = textOf(issuer['userName']) ?? arn?.split('/').at(-2);
      const session = arn?.split('/').at(-1);
      return role === undefined || session === undefined ? role : `${role} (session ${session})`;
    }
    case 'Root':
      return 'the root user';
    case 'AWSService':
      return undefined;
    default:
      return userName ?? (arn === undefined ? undefined : lastPart(arn));
  }
}

function primaryDeployment(event: Fields): string | undefined {
  const { deployments } = fieldsOf(fieldsOf(event['responseElements'])['service']);
  const all = Array.isArray(deployments) ? deployments.map(fieldsOf) : [];
  return textOf(all.find(({ status }) => status === 'PRIMARY')?.['id']);
}

function parseFields(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The cast is true: what is an object has string keys and values that nothing is known of. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const lastPart = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn;
