import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createEstate } from '../../../sandbox/estate/estate.ts';
import { armadaImages, armadaService, withArmada } from '../../../sandbox/scenario/armada.ts';
import {
  capacityOutage,
  crashLoop,
  type Delivery,
  failingDeployment,
  storm,
} from '../../../sandbox/scenario/storms.ts';
import { STOP_CAUSES } from '../../../sandbox/scenario/task-stop.ts';

const AT = Date.UTC(2026, 10, 17, 3);
const service = armadaService(4);

const recorded = (file: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../../events/ecs/${file}.json`, import.meta.url)), 'utf8'));

/** Every path in the event with the type at its end; what a list holds is taken together. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((element) => shapeOf(element, `${path}[]`)))].sort();
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .flatMap(([key, child]) => shapeOf(child, `${path}.${key}`))
      .sort();
  }
  return [`${path}: ${typeof value}`];
}

const eventsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ event }) => event);
const stopsFor = (cause: keyof typeof STOP_CAUSES) =>
  eventsOf(crashLoop({ service, stops: 1, lifetime: 9_000, at: AT, cause: STOP_CAUSES[cause] }));

describe('the shape of what is made', () => {
  const [started, , , , failed, rollback, completed] = eventsOf(failingDeployment({ service, at: AT }));
  it.each<[string, unknown, string]>([
    ['an exit', stopsFor('exit')[0], 'task-stopped-essential-exit-1-sidecar-0'],
    ['a kill for memory', stopsFor('memory')[0], 'task-stopped-out-of-memory'],
    ['a failed health check', stopsFor('health')[0], 'task-stopped-container-health-check'],
    ['an image that is not there', stopsFor('image')[0], 'task-stopped-image-not-found'],
    ['a placement failure', eventsOf(capacityOutage({ at: AT }))[0], 'service-placement-failure-fargate'],
    ['a deployment that starts', started, 'deployment-in-progress'],
    ['a deployment that fails', failed, 'deployment-failed-circuit-breaker'],
    ['a rollback', rollback, 'deployment-rollback-started'],
    ['a deployment that completes', completed, 'deployment-completed'],
  ])('is that of a recorded event: %s', (_, event, file) => {
    expect(shapeOf(event)).toEqual(shapeOf(recorded(file)));
  });
});

const anyStorm = fc.record({
  services: fc.integer({ min: 1, max: 40 }),
  stops: fc.integer({ min: 1, max: 120 }),
  duplicates: fc.constantFrom(0, 0.1, 1),
  disorder: fc.constantFrom(0, 0.1, 1),
  seed: fc.integer(),
  at: fc.constant(AT),
});

describe('a storm', () => {
  test.prop([anyStorm])('is the same again for the same seed', (of) => {
    expect(storm(of)).toEqual(storm(of));
  });

  test.prop([anyStorm])('has as many stops as were asked for, each with an id and a task of its own', (of) => {
    const events = eventsOf(storm(of));
    const tasks = new Set(events.map(({ resources }) => resources[0]));
    expect([new Set(events.map(({ id }) => id)).size, tasks.size]).toEqual([of.stops, of.stops]);
  });

  test.prop([anyStorm])('delivers nothing before it happened, and in the order of arrival', (of) => {
    const deliveries = storm(of);
    for (const { arrives, event } of deliveries) expect(arrives).toBeGreaterThanOrEqual(Date.parse(event.time));
    expect(deliveries.map(({ arrives }) => arrives)).toEqual(
      deliveries.map(({ arrives }) => arrives).sort((a, b) => a - b),
    );
  });

  it('has the duplicates and the disorder that it was told to have', () => {
    const of = { services: 5, stops: 2_000, seed: 3, at: AT };
    const calm = eventsOf(storm({ ...of, duplicates: 0, disorder: 0 }));
    expect(calm).toHaveLength(2_000);
    expect(calm.map(({ time }) => time)).toEqual(calm.map(({ time }) => time).sort());
    const wild = storm({ ...of, duplicates: 0.1, disorder: 0.1 });
    expect(wild.length).toBeGreaterThan(2_150);
    expect(wild.length).toBeLessThan(2_250);
    const late = wild.filter(({ arrives, event }) => arrives - Date.parse(event.time) > 1_000);
    expect(late.length).toBeGreaterThan(300);
    expect(late.length).toBeLessThan(500);
  });
});

describe('a capacity outage', () => {
  it('hits over a hundred services in three clusters within a minute, each once', () => {
    const deliveries = capacityOutage({ at: AT });
    const services = eventsOf(deliveries).map(({ resources }) => resources[0]?.split(':').at(-1) ?? '');
    expect(new Set(services).size).toBe(120);
    expect(new Set(services.map((name) => name.split('/')[1])).size).toBe(3);
    expect(Math.max(...deliveries.map(({ arrives }) => arrives)) - AT).toBeLessThan(60_000);
  });
});

describe('a failing deployment', () => {
  it('starts tasks in its name, is given up, and takes the old deployment up again under its id', () => {
    const events = eventsOf(failingDeployment({ service, at: AT, tasks: 2 }));
    const [started, ...rest] = events.map(({ detail }) => detail);
    const id = String(started?.['deploymentId']);
    expect(id).toMatch(/^ecs-svc\/\d{19}$/);
    expect(rest).toMatchObject([
      { startedBy: id, stopCode: 'TaskFailedToStart' },
      { startedBy: id, stopCode: 'TaskFailedToStart' },
      { deploymentId: id, eventName: 'SERVICE_DEPLOYMENT_FAILED', eventType: 'ERROR' },
      { deploymentId: `ecs-svc/${service.deployment}`, eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' },
      { deploymentId: `ecs-svc/${service.deployment}`, eventName: 'SERVICE_DEPLOYMENT_COMPLETED' },
    ]);
    expect(rest[3]?.['reason']).toContain(`rolling back to deploymentId ecs-svc/${service.deployment}`);
  });
});

describe('a crash loop', () => {
  it('stops one task after the other', () => {
    const times = crashLoop({ service, stops: 3, lifetime: 12_000, at: AT }).map(({ arrives }) => arrives - AT);
    expect(times).toEqual([0, 60_000, 120_000]);
  });
});

describe('the AWS APIs', () => {
  const estate = withArmada(createEstate());

  it('know every service, task definition and log of a storm', () => {
    for (const { detail } of eventsOf(storm({ services: 8, stops: 40, seed: 1, at: AT }))) {
      const name = String(detail['group']).replace('service:', '');
      const cluster = String(detail['clusterArn']).split('/')[1] ?? '';
      expect(estate.service(cluster, name)).toMatchObject({ serviceName: name, clusterArn: detail['clusterArn'] });
      const definition = estate.taskDefinition(String(detail['taskDefinitionArn']));
      const [container] = detail['containers'] as readonly { readonly name: string; readonly image: string }[];
      expect(definition).toMatchObject({
        taskDefinitionArn: detail['taskDefinitionArn'],
        containerDefinitions: [{ name: container?.name, image: container?.image, essential: true }],
      });
      expect(estate.logLines(`/ecs/harbor/${name}`, `${name}/${name}/0123`)).toContain('reading the manifest');
    }
  });

  it('know every image but the one that a failing start asks for', () => {
    const pushed = (cause: keyof typeof STOP_CAUSES): boolean => {
      const { containers = [] } = stopsFor(cause)[0]?.detail ?? {};
      const [container] = containers as readonly { readonly image: string }[];
      const [repository = '', tag = ''] = container?.image.split('/')[1]?.split(':') ?? [];
      return armadaImages(repository)?.some(({ imageTags }) => imageTags.includes(tag)) ?? false;
    };
    expect([pushed('exit'), pushed('image')]).toEqual([true, false]);
    expect(armadaImages('checkout')).toBeUndefined();
  });

  it('know the services of the company as before, and no others', () => {
    expect(estate.service('harbor-prod', 'checkout')).toMatchObject({ serviceName: 'checkout' });
    expect(estate.taskDefinition('checkout:57')).toMatchObject({ family: 'checkout' });
    expect(estate.service('armada-north', 'barge-001')).toBeUndefined();
    expect(estate.service('harbor-prod', 'barge-000')).toBeUndefined();
  });
});
