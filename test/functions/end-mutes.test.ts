import { describe, expect, it } from 'vitest';
import { endMutes } from '../../functions/ecs-events/end-mutes.ts';
import { createHandler } from '../../functions/ecs-events/handler.ts';
import { NO_ORDERS, type StandingStore, setMute } from '../../shared/domain/chat/standing.ts';
import { days, hours, minutes } from '../../shared/domain/instant.ts';
import { withNextDeployment } from '../../shared/domain/mute.ts';
import type { DeploymentChanged } from '../../shared/domain/signal.ts';
import { createMemoryAuditStore } from '../../shared/effects/stores/memory-audit-store.ts';
import { createMemoryStandingStore } from '../../shared/effects/stores/memory-standing-store.ts';
import { parseEvent } from '../../shared/parse/index.ts';
import { eventIn, eventWith } from '../support/event-files.ts';
import { aPipeline } from '../support/pipeline.ts';

const STARTED = 'ecs/deployment-in-progress.json';

function startOf(event: unknown): DeploymentChanged {
  const parsed = parseEvent(event);
  if (parsed.status !== 'parsed' || parsed.signal.kind !== 'deployment-changed') throw new Error('no deployment');
  return parsed.signal;
}

const start = startOf(eventIn(STARTED));
const { cluster, service } = start.service;

interface Set {
  readonly where?: object;
  readonly setAt?: number;
  readonly timed?: boolean;
}

/** Stores with one mute of the service, set an hour before its deployment unless said otherwise. */
async function muted({ where = {}, setAt = start.updatedAt - hours(1), timed = false }: Set = {}) {
  const standing = createMemoryStandingStore();
  const end = timed ? { until: setAt + days(1) } : withNextDeployment(setAt);
  const wanted = {
    by: 'U0ADA',
    where: { clusters: [cluster], services: [service], ...where },
    reason: 'noise',
    ...end,
  };
  const set = setMute(NO_ORDERS, wanted, setAt);
  if ('refused' in set) throw new Error(set.refused);
  await standing.save(set.orders);
  const clock = () => start.updatedAt + minutes(1);
  return { standing, audit: createMemoryAuditStore({ clock }), clock, policyMutes: [set.set] };
}

const left = async ({ standing }: { readonly standing: StandingStore }) => (await standing.load()).mutes.length;

describe('a mute until the next deployment', () => {
  it('ends when the deployment starts, and the audit trail says so', async () => {
    const deps = await muted();
    await endMutes(start, deps);
    expect(await left(deps)).toBe(0);
    expect(await deps.audit.listRecent(10)).toMatchObject([
      { by: 'slackwater', action: 'unmute', target: `${cluster}/${service}`, verdict: 'done' },
    ]);
  });

  it.each<[string, Set]>([
    ['was set after that deployment had started, whose event comes late', { setAt: start.updatedAt + 1 }],
    ['is of another service', { where: { services: ['another'] } }],
    ['is of the same name in another cluster', { where: { clusters: ['another'] } }],
    ['is of the same name in another account', { where: { accounts: ['999988887777'] } }],
    ['ends at a time', { timed: true }],
  ])('stays when it %s', async (_, set) => {
    const deps = await muted(set);
    await endMutes(start, deps);
    expect(await left(deps)).toBe(1);
    expect(await deps.audit.listRecent(10)).toEqual([]);
  });

  it('ends also when somebody else changes the orders meanwhile', async () => {
    const deps = await muted();
    let isFirst = true;
    const raced: StandingStore = {
      load: deps.standing.load,
      save: async (orders) => {
        if (!isFirst) return deps.standing.save(orders);
        isFirst = false;
        await deps.standing.save(await deps.standing.load());
        return deps.standing.save(orders);
      },
    };
    await endMutes(start, { ...deps, standing: raced });
    expect(await left(deps)).toBe(0);
  });

  it('is written down once, and ends, when the function is cut off in between and the event comes again', async () => {
    const deps = await muted();
    const cutOff: StandingStore = { load: deps.standing.load, save: () => Promise.reject(new Error('killed')) };
    await expect(endMutes(start, { ...deps, standing: cutOff })).rejects.toThrow('killed');
    expect(await left(deps)).toBe(1);
    await endMutes(start, deps);
    expect(await left(deps)).toBe(0);
    expect(await deps.audit.listRecent(10)).toHaveLength(1);
  });

  it('is for one service alone, and over after a week', () => {
    const now = start.updatedAt;
    expect(
      setMute(NO_ORDERS, { by: 'U0ADA', where: { clusters: [cluster] }, reason: 'x', ...withNextDeployment(now) }, now),
    ).toEqual({
      refused: 'Only a mute of one service can end with its next deployment.',
    });
    expect(withNextDeployment(now).until).toBe(now + days(7));
  });
});

describe('an event of a deployment', () => {
  const deliver = async (event: unknown, mutes: Awaited<ReturnType<typeof muted>>['policyMutes']) => {
    const { deps, context } = aPipeline();
    const policy = await deps.policy();
    const ended: DeploymentChanged[] = [];
    const handler = createHandler({
      ...deps,
      policy: async () => ({ ...policy, routing: { ...policy.routing, mutes } }),
      endMutes: async (signal) => void ended.push(signal),
    });
    await handler({ Records: [{ messageId: 'm1', body: JSON.stringify(event) }] }, context);
    return ended.map(({ deploymentId }) => deploymentId);
  };

  it('ends the mutes that wait for it, and asks nobody where there are none', async () => {
    const { policyMutes } = await muted();
    expect(await deliver(eventIn(STARTED), policyMutes)).toEqual([start.deploymentId]);
    expect(await deliver(eventIn(STARTED), [])).toEqual([]);
  });

  it('ends none when it is a rollback, or an end', async () => {
    const { policyMutes } = await muted();
    const rollback = eventWith(STARTED, {
      reason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/4108867725190034417.',
    });
    expect(startOf(rollback).isRollback).toBe(true);
    expect(await deliver(rollback, policyMutes)).toEqual([]);
    expect(await deliver(eventWith(STARTED, { eventName: 'SERVICE_DEPLOYMENT_COMPLETED' }), policyMutes)).toEqual([]);
  });
});
