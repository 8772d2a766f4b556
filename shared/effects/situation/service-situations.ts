import type { Service } from '@aws-sdk/client-ecs';
import type { Gathered } from '../../domain/facts.ts';
import type { Instant } from '../../domain/instant.ts';
import { placeKey, type ServiceRef, serviceArn } from '../../domain/place.ts';
import { type AllowanceTerms, allowanceOf } from '../../domain/plan/allowance.ts';
import type { ServiceSituation } from '../../domain/plan/situation.ts';
import type { WindowSubject } from '../../domain/windows/audience.ts';
import type { Maintenance } from '../../domain/windows/maintenance.ts';
import type { At } from '../places/clients-at.ts';
import { activeService } from './active-service.ts';
import { chunks } from './answers.ts';
import type { Reading } from './ask.ts';
import { blockersFor } from './blockers.ts';
import { describeServices } from './described-services.ts';
import { createRegistry } from './images.ts';
import { type DescribedService, readServices } from './service-reads.ts';
import { tagsOf } from './service-settings.ts';
import { readFreeVcpu } from './vcpu-quota.ts';

/** As many as one DescribeServices takes; those that come first are read whole before the next are begun. */
const SERVICES_A_ROUND = 10;

interface Terms {
  readonly maintenance: Maintenance;
  readonly allowed: AllowanceTerms;
  readonly now: Instant;
}

/**
 * The services as they are now, in their order. One that could not be read does not hold up the others, nor does one place
 * another.
 */
export async function readSituations(
  refs: readonly ServiceRef[],
  terms: Terms,
  readingAt: At<Reading>,
): Promise<readonly ServiceSituation[]> {
  const groups = await Promise.all(
    [...Map.groupBy(refs, placeKey).values()].map((group) => readPlace(group, terms, readingAt)),
  );
  const byArn = new Map(groups.flat().map((situation) => [serviceArn(situation.at), situation]));
  return refs.flatMap((at) => byArn.get(serviceArn(at)) ?? []);
}

/** `refs` are of one account and Region. */
async function readPlace(
  refs: readonly ServiceRef[],
  terms: Terms,
  readingAt: At<Reading>,
): Promise<readonly ServiceSituation[]> {
  const [first] = refs;
  if (first === undefined) return [];
  const reading = readingAt(first);
  const shared = { registry: createRegistry(reading), freeVcpu: once(() => readFreeVcpu(terms.now, reading)) };
  const situations: ServiceSituation[] = [];
  for (const round of chunks(refs, SERVICES_A_ROUND))
    situations.push(...(await readRound(round, terms, { ...reading, ...shared })));
  return situations;
}

type Shared = Reading & Pick<Parameters<typeof activeService>[2], 'registry' | 'freeVcpu'>;

async function readRound(
  refs: readonly ServiceRef[],
  terms: Terms,
  shared: Shared,
): Promise<readonly ServiceSituation[]> {
  const services = await describeServices(refs, shared);
  const looked = refs.map((at) => look(at, services(serviceArn(at)), terms));
  const described = looked.flatMap((one) => ('service' in one ? [one] : []));
  const reads = await readServices(described, terms.now, shared);
  return Promise.all(
    looked.map(async (one) => {
      if (!('service' in one)) return one;
      const allowance = allowanceOf(terms.maintenance, subjectOf(one.at, one.service), terms.allowed);
      return activeService(one, reads, { ...shared, allowance });
    }),
  );
}

/** What is worth reading on about, or what is known already. */
function look(
  at: ServiceRef,
  answer: Gathered<Service>,
  { maintenance }: Terms,
): DescribedService | Exclude<ServiceSituation, { readonly status: 'active' }> {
  if (answer.status === 'missing')
    return { status: answer.reason === 'not-found' ? 'gone' : 'unread', at, because: `${answer.because}.` };
  const { status } = answer.value;
  if (status === 'INACTIVE' || status === 'DRAINING') return { status: 'gone', at, because: `It is ${status}.` };
  return { at, service: answer.value, blockers: blockersFor(maintenance, subjectOf(at, answer.value)) };
}

const subjectOf = ({ account, region, cluster, service: name }: ServiceRef, service: Service): WindowSubject => ({
  account,
  region,
  cluster,
  service: name,
  tags: tagsOf(service),
});

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= ask());
}
