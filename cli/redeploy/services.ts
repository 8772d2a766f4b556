import { DescribeServicesCommand, type ECSClient, type Service } from '@aws-sdk/client-ecs';
import { found } from '../../shared/domain/facts.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import { budgetOf } from '../../shared/effects/budget.ts';
import { gathered } from '../../shared/effects/gathered.ts';
import { parseServiceArn } from '../../shared/parse/arn.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { required } from '../account.ts';
import { UsageError } from '../terminal.ts';

/** Of one request. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const MOST = 10;
/** A person waits, from far away: longer than a function would. */
const budget = budgetOf(seconds(10));

/** `harbor-prod/checkout` as somebody typed it. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/** Throws a UsageError for anything but `CLUSTER/SERVICE`. */
export function serviceNameIn(text: string): ServiceName {
  const [cluster, service, ...rest] = text.split('/');
  if (cluster && service && rest.length === 0 && /^[\w-]+$/.test(cluster + service)) return { cluster, service };
  throw new UsageError(`"${shorten(oneLine(text), 100)}" is not the name of a service; expected CLUSTER/SERVICE`);
}

/**
 * The services as ECS knows them, each once, in the order given. Throws a UsageError that names all that ECS does not
 * have, and an AccountError where it cannot be asked.
 */
export async function findServices(names: readonly ServiceName[], client: ECSClient): Promise<readonly ServiceRef[]> {
  const clusters = [...new Set(names.map(({ cluster }) => cluster))];
  const batches = clusters.flatMap((cluster) => {
    const own = [...new Set(names.filter((one) => one.cluster === cluster).map(({ service }) => service))];
    return chunks(own).map((services) => ({ cluster, services }));
  });
  const active: ServiceRef[] = [];
  // One after the other: a request for a hundred services is ten calls of an API that is shared with deployments.
  for (const batch of batches) active.push(...(await describe(batch, client)));
  const missing = names.filter((name) => !active.some((ref) => isNamed(ref, name)));
  if (missing.length > 0)
    throw new UsageError(
      `ECS has no active service ${missing.map(({ cluster, service }) => `${cluster}/${service}`).join(', ')} in this account and Region`,
    );
  const inOrder = names.flatMap((name) => active.find((ref) => isNamed(ref, name)) ?? []);
  return [...new Map(inOrder.map((ref) => [serviceArn(ref), ref])).values()];
}

const isNamed = (ref: ServiceName, { cluster, service }: ServiceName): boolean =>
  ref.cluster === cluster && ref.service === service;

const chunks = (names: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(names.length / MOST) }, (_, index) => names.slice(index * MOST, (index + 1) * MOST));

interface Batch {
  readonly cluster: string;
  readonly services: readonly string[];
}

async function describe({ cluster, services }: Batch, client: ECSClient): Promise<readonly ServiceRef[]> {
  const question = {
    action: 'ecs:DescribeServices',
    notFound: `ECS has no cluster ${cluster} in this account and Region`,
  };
  const answer = await gathered(question, budget(), async (abortSignal) => {
    const command = new DescribeServicesCommand({ cluster, services: [...services] });
    return found((await client.send(command, { abortSignal })).services ?? []);
  });
  return required(answer).flatMap((service) => refOf(service, cluster));
}

/** One that is INACTIVE or DRAINING has nothing to replace. */
function refOf({ serviceArn: arn = '', status }: Service, cluster: string): readonly ServiceRef[] {
  const ref = status === 'ACTIVE' ? parseServiceArn(arn, cluster) : undefined;
  return ref === undefined ? [] : [ref];
}
