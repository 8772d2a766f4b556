import type { ClusterRef, Place, ServiceRef } from '../domain/place.ts';

type Location = Pick<Place, 'partition' | 'region'>;

/**
 * Where each partition's console lives, below a label with the Region; GovCloud and China answer under theirs too.
 * A partition that is not listed gets no link rather than a wrong one.
 * https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
const CONSOLE_DOMAINS: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/** Slack allows 3,000 characters; several links share a message that may not exceed about four times as many. */
const URL_LIMIT = 1_500;

export const serviceUrl = (at: ServiceRef): string | undefined => consoleUrl(at, `${servicePath(at)}/health`);

export const deploymentsUrl = (at: ServiceRef): string | undefined => consoleUrl(at, `${servicePath(at)}/deployments`);

export const taskUrl = (at: ClusterRef, taskId: string): string | undefined =>
  consoleUrl(at, `/ecs/v2/clusters/${segment(at.cluster)}/tasks/${segment(taskId)}/configuration`);

/** Container instances and capacity providers of a cluster. */
export const infrastructureUrl = (at: ClusterRef): string | undefined =>
  consoleUrl(at, `/ecs/v2/clusters/${segment(at.cluster)}/infrastructure`);

export const taskDefinitionUrl = (
  at: Location,
  { family, revision }: { readonly family: string; readonly revision: number },
): string | undefined => consoleUrl(at, `/ecs/v2/task-definitions/${segment(family)}/${revision}/containers`);

/** The log stream in the Region of its group, which may differ from the task's. */
export const logStreamUrl = (
  partition: string,
  { group, stream, region }: { readonly group: string; readonly stream: string; readonly region: string },
): string | undefined =>
  consoleUrl(
    { partition, region },
    '/cloudwatch/home',
    `logsV2:log-groups/log-group/${fragment(group)}/log-events/${fragment(stream)}`,
  );

/**
 * The event in the AWS Health Dashboard, https://health.aws.amazon.com/health/home. Only the `aws` partition has a
 * documented address of single events.
 */
export function healthEventUrl(partition: string, eventArn: string): string | undefined {
  if (partition !== 'aws' || !/^arn:[\w:/.-]+$/.test(eventArn)) return undefined;
  return withinLimit(
    `https://health.aws.amazon.com/health/home#/account/event-log?eventID=${eventArn}&eventTab=details`,
  );
}

/** A link that somebody else wrote: only `https:`, and only if it is one. */
export function outsideUrl(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url?.protocol === 'https:' ? withinLimit(url.href) : undefined;
}

function consoleUrl(at: Location, path: string, hash?: string): string | undefined {
  const domain = CONSOLE_DOMAINS.get(at.partition);
  // A Region is a host label here; anything else could lead to another host.
  if (domain === undefined || !/^[a-z]+(-[a-z]+)+-\d+$/.test(at.region)) return undefined;
  const url = `https://${at.region}.${domain}${path}?region=${at.region}`;
  return withinLimit(hash === undefined ? url : `${url}#${hash}`);
}

const withinLimit = (url: string): string | undefined => (url.length <= URL_LIMIT ? url : undefined);

const servicePath = (at: ServiceRef): string =>
  `/ecs/v2/clusters/${segment(at.cluster)}/services/${segment(at.service)}`;

const segment = (text: string): string => encodeURIComponent(text.toWellFormed());

/** CloudWatch's console decodes its fragment twice and writes `$` for the second `%`: `/` becomes `$252F`. */
const fragment = (text: string): string => encodeURIComponent(segment(text)).replaceAll('%', '$');
