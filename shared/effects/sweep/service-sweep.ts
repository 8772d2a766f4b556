import { DescribeServicesCommand, type ECSClient, ListClustersCommand, ListServicesCommand } from '@aws-sdk/client-ecs';
import { type Instant, seconds } from '../../domain/instant.ts';
import type { ClusterRef } from '../../domain/place.ts';
import { needsHistory, type SweptService } from '../../domain/watchdog-service.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { type CallFailure, type Calls, meteredCalls } from '../metered-calls.ts';
import { listPastDurations } from '../readers/past-durations.ts';
import {
  afterRefusal,
  type Call,
  nextCall,
  type Page,
  START,
  type SweepCursor,
  withClusters,
  withoutServices,
  withServices,
} from './service-sweep-cursor.ts';
import { sweptService } from './swept-service.ts';

/** What one run of a sweep found, and where the next goes on: nowhere when the sweep is finished. */
export interface SweepSlice {
  readonly services: readonly SweptService[];
  readonly cursor: SweepCursor | undefined;
  /** Why the run ended early. The next one tries again, or leaves out what ECS refuses to answer about. */
  readonly failed?: CallFailure;
}

/** Looks at every ECS service of the account and Region, a slice at a time. Never throws for what AWS answers. */
export interface ServiceSweep {
  readonly next: (cursor: SweepCursor | undefined, now: Instant) => Promise<SweepSlice>;
}

/**
 * Far below ECS's request quotas, which all of the account share (100 at once, then 20 a second), and done in two
 * seconds: some 170 services a minute. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/request-throttling.html
 */
const MOST_CALLS = 20;
const TIMEOUT = seconds(10);

/** `budget` is the time of one slice, 10 seconds unless given. */
export const createServiceSweep = (deps: { readonly client: ECSClient; readonly budget?: Budget }): ServiceSweep => ({
  next: async (cursor = START, now) => {
    const calls = meteredCalls(MOST_CALLS, (deps.budget ?? budgetOf(TIMEOUT))());
    const services: SweptService[] = [];
    let at = cursor;
    for (let call = nextCall(at); call !== undefined && calls.left() > 0; call = nextCall(at)) {
      const step = await take(call, at, { client: deps.client, calls, now });
      services.push(...step.services);
      at = step.cursor;
      if (step.failed) return { services, cursor: unlessFinished(at), failed: step.failed };
    }
    return { services, cursor: unlessFinished(at) };
  },
});

const unlessFinished = (cursor: SweepCursor): SweepCursor | undefined =>
  nextCall(cursor) === undefined ? undefined : cursor;

interface Run {
  readonly client: ECSClient;
  readonly calls: Calls;
  readonly now: Instant;
}

interface Step {
  readonly services: readonly SweptService[];
  readonly cursor: SweepCursor;
  readonly failed?: CallFailure;
}

function take(call: Call, cursor: SweepCursor, run: Run): Promise<Step> {
  switch (call.kind) {
    case 'list-clusters':
      return listClusters(call, cursor, run);
    case 'list-services':
      return listServices(call, cursor, run);
    case 'describe-services':
      return describeServices(call, cursor, run);
  }
}

async function listClusters(
  call: Call & { readonly kind: 'list-clusters' },
  cursor: SweepCursor,
  { client, calls }: Run,
): Promise<Step> {
  const command = new ListClustersCommand(pageInput(call.page));
  const answer = await calls.make('ecs:ListClusters', (abortSignal) => client.send(command, { abortSignal }));
  if (answer.status === 'failed') return failedStep(call, cursor, answer.failure);
  const { clusterArns = [], nextToken } = answer.value;
  return { services: [], cursor: withClusters(cursor, clusterArns, nextToken) };
}

async function listServices(
  call: Call & { readonly kind: 'list-services' },
  cursor: SweepCursor,
  { client, calls }: Run,
): Promise<Step> {
  const command = new ListServicesCommand({ cluster: call.cluster, ...pageInput(call.page) });
  const answer = await calls.make('ecs:ListServices', (abortSignal) => client.send(command, { abortSignal }));
  if (answer.status === 'failed') return failedStep(call, cursor, answer.failure);
  const { serviceArns = [], nextToken } = answer.value;
  return { services: [], cursor: withServices(cursor, serviceArns.map(lastPart), nextToken) };
}

/** Services that are gone by now are no failure: they were deleted since they were listed. */
async function describeServices(
  call: Call & { readonly kind: 'describe-services' },
  cursor: SweepCursor,
  run: Run,
): Promise<Step> {
  const action = 'ecs:DescribeServices';
  const command = new DescribeServicesCommand({
    cluster: call.cluster,
    services: [...call.services],
    include: ['TAGS'],
  });
  const answer = await run.calls.make(action, (abortSignal) => run.client.send(command, { abortSignal }));
  if (answer.status === 'failed') return failedStep(call, cursor, answer.failure);
  const { services = [], failures = [] } = answer.value;
  const described = services.map((service) => sweptService(clusterOf(call.cluster), service));
  const histories = await withHistories(described, run);
  const left = histories.left.map(({ at }) => at.service);
  const refused = failures.find(({ reason }) => reason !== 'MISSING');
  const failed =
    histories.failed ?? (refused && { action, reason: 'failed' as const, name: refused.reason ?? 'UnknownError' });
  const done = call.services.filter((name) => !left.includes(name));
  return { services: histories.done, cursor: withoutServices(cursor, done), ...(failed && { failed }) };
}

interface Histories {
  readonly done: readonly SweptService[];
  /** To be described again, because there was no call left to ask for their history, or it did not answer. */
  readonly left: readonly SweptService[];
  readonly failed?: CallFailure;
}

/** A history that may not be read is left out for good; how long is too long is then judged without it. */
async function withHistories(services: readonly SweptService[], { client, calls, now }: Run): Promise<Histories> {
  const waiting = services.filter((service) => needsHistory(service, now));
  const done = services.filter((service) => !waiting.includes(service));
  for (const [index, service] of waiting.entries()) {
    if (calls.left() === 0) return { done, left: waiting.slice(index) };
    const answer = await calls.make('ecs:ListServiceDeployments', (abortSignal) =>
      listPastDurations(client, service.at, abortSignal),
    );
    if (answer.status === 'answered') done.push({ ...service, pastDurations: answer.value });
    else if (mayPass(answer.failure)) return { done, left: waiting.slice(index), failed: answer.failure };
    else done.push(service);
  }
  return { done, left: [] };
}

const mayPass = ({ reason }: CallFailure): boolean => reason === 'throttled' || reason === 'timeout';

/** Errors that say that the question is wrong, and not that ECS cannot answer now. */
const REFUSALS = ['InvalidParameterException', 'ClientException', 'ClusterNotFoundException'];

/** A cluster that may not be read must not keep the sweep from the others. */
const failedStep = (call: Call, cursor: SweepCursor, failed: CallFailure): Step => ({
  services: [],
  cursor: failed.reason === 'denied' || REFUSALS.includes(failed.name) ? afterRefusal(cursor, call) : cursor,
  failed,
});

const pageInput = (page: Page) => ({
  maxResults: 100,
  ...(typeof page === 'object' && { nextToken: page.token }),
});

/** The name of a service, in both formats of its ARN. */
const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

/** `arn:PARTITION:ecs:REGION:ACCOUNT:cluster/NAME`. */
function clusterOf(arn: string): ClusterRef {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account, cluster: lastPart(arn) };
}
