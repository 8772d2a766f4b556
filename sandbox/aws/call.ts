import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Fields, readObject, wordOf } from '../json-object.ts';
import { readForm } from './query-protocol.ts';

/** A request to an AWS API. `action` as in IAM: `ecs:DescribeServices`. */
export interface Call {
  readonly action: string;
  readonly operation: string;
  readonly input: Fields;
  readonly protocol: 'json' | 'query' | 'ec2' | 'lambda';
}

/** What comes before the dot of `X-Amz-Target`, and the IAM prefix of the service. All speak JSON, 1.0 or 1.1. */
const JSON_SERVICES: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  AmazonSSM: 'ssm',
  CloudTrail_20131101: 'cloudtrail',
  secretsmanager: 'secretsmanager',
  CodeDeploy_20141006: 'codedeploy',
  ServiceQuotasV20190624: 'servicequotas',
};

/** Services of the query protocol are told by the version of their API. */
const QUERY_SERVICES: Readonly<Record<string, string>> = {
  '2015-12-01': 'elasticloadbalancing',
  '2010-05-15': 'cloudformation',
  '2016-11-15': 'ec2',
  '2011-06-15': 'sts',
};

export function readCall({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>, body: string): Call {
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url)?.[1];
  if (invoked !== undefined) return invocationOf(decodeURIComponent(invoked), headers, body);
  const target = headers['x-amz-target'];
  if (target === undefined) {
    const input = readForm(body);
    const [version, operation] = [wordOf(input['Version']), wordOf(input['Action'])];
    const service = QUERY_SERVICES[version] ?? version;
    return { action: `${service}:${operation}`, operation, input, protocol: service === 'ec2' ? 'ec2' : 'query' };
  }
  const [service = '', operation = ''] = String(target).split('.');
  const action = `${JSON_SERVICES[service] ?? service}:${operation}`;
  return { action, operation, input: readObject(body), protocol: 'json' };
}

/** The one call that says what it is by its path. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const invocationOf = (FunctionName: string, headers: IncomingHttpHeaders, body: string): Call => ({
  action: 'lambda:InvokeFunction',
  operation: 'Invoke',
  input: { FunctionName, InvocationType: headers['x-amz-invocation-type'], Payload: readObject(body) },
  protocol: 'lambda',
});
