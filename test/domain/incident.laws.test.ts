import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { contentOf } from '../../shared/domain/content.ts';
import { crashLoop } from '../../shared/domain/crash-loop.ts';
import { decideIncident, decideRecovery } from '../../shared/domain/decide.ts';
import type { CauseId } from '../../shared/domain/diagnosis/causes.ts';
import type { Details, Incident } from '../../shared/domain/incident.ts';
import { mergeObservation, openIncident, relationOf } from '../../shared/domain/incident-life.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Recovery } from '../../shared/domain/recovery.ts';
import type { Subject } from '../../shared/domain/subject.ts';
import { anObservation, aStep, CHECKOUT, circumstances, HARBOR, NOON, POLICY } from '../support/observations.ts';

const DEPLOYMENT: Subject = { kind: 'deployment', at: HARBOR, service: 'checkout' };
const HOST: Subject = { kind: 'host', at: HARBOR, host: 'a1b2c3' };

const optional = (key: string, values: readonly string[]) =>
  fc.constantFrom(undefined, ...values).map((value) => ({ [key]: value }));

/** What a stop or a report may say; the keys are those whose merging has to agree. */
const details: fc.Arbitrary<Partial<Details>> = fc
  .tuple(
    optional('taskDefinition', ['checkout:1', 'checkout:2']),
    optional('stoppedReason', ['a', 'b', 'c']),
    optional('image', ['x:1', 'x:2']),
    optional('servingTaskDefinition', ['checkout:0']),
    optional('actor', ['deploy-bot', 'ada']),
    optional('latestTaskId', ['t1', 't2', 't3']),
  )
  .map((parts) =>
    Object.fromEntries(Object.entries(Object.assign({}, ...parts)).filter(([, value]) => value !== undefined)),
  );

const cause: fc.Arbitrary<CauseId> = fc.constantFrom(
  'memory/container-oom',
  'app/exited-nonzero',
  'deployment/tasks-failed-to-start',
  'deployment/rolled-back',
);

const sighting = (subject: Subject): fc.Arbitrary<Observation> =>
  fc
    .record({
      key: fc.integer({ min: 0, max: 40 }).map(String),
      second: fc.integer({ min: 0, max: 3_000 }),
      isStop: subject.kind === 'deployment' ? fc.boolean() : fc.constant(true),
      ran: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
      isConfirmed: fc.boolean(),
      // What a service's incident is named after does not vary within it.
      cause: subject.kind === 'service' ? fc.constant('memory/container-oom' as const) : cause,
      details,
      service: fc.constantFrom('harbor-prod/a', 'harbor-prod/b', 'harbor-prod/c'),
      severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    })
    .map((it) => {
      const given = {
        subject,
        key: it.key,
        at: NOON + seconds(it.second),
        details: it.details,
        diagnosis: {
          cause: it.cause,
          severity: it.severity,
          ...(it.isConfirmed && { confirmedBy: ['ecr:DescribeImages'] }),
        },
        ...(subject.kind === 'host' && { service: it.service }),
      };
      return it.isStop
        ? anObservation({ ...given, stop: { taskId: it.key, ...(it.ran !== undefined && { ran: it.ran }) } })
        : aStep(given);
    });

/** Each task stops once and each step happens once, so one key always has one time and one text. */
const once = (sightings: readonly Observation[]): readonly Observation[] => [
  ...new Map(sightings.map((one) => [one.key, one])).values(),
];

const merged = (sightings: readonly Observation[]): Incident | undefined => {
  let incident: Incident | undefined;
  for (const one of sightings) {
    if (incident === undefined) incident = openIncident(one);
    else if (relationOf(incident, one, POLICY) === 'continues') incident = mergeObservation(incident, one);
  }
  return incident;
};

/** Everything about an incident but its name, which the first to arrive gives, and the order of what was counted. */
const truth = (incident: Incident | undefined) => {
  if (incident === undefined) return undefined;
  const {
    id: _,
    revision: __,
    seen,
    details: { missing: ___, ...said },
    ...rest
  } = incident;
  const keys = seen.chunks.flatMap(({ keys: text }) => text.match(/.{7}/g) ?? []).sort();
  return { ...rest, said, keys };
};

const shuffle = <Value>(values: readonly Value[], ranks: readonly number[]): readonly Value[] =>
  values
    .map((value, index) => ({ value, rank: ranks[index % ranks.length] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);

const ranks = fc.array(fc.nat(), { minLength: 50, maxLength: 120 });

test.prop([
  fc
    .constantFrom(CHECKOUT, DEPLOYMENT, HOST)
    .chain((subject) => fc.array(sighting(subject), { minLength: 1, maxLength: 40 })),
  ranks,
])('law: order and repetition of sightings do not change the incident', (sightings, order) => {
  const inOrder = once(sightings);
  const shuffled = shuffle([...inOrder, ...inOrder, ...inOrder], order);
  expect(truth(merged(shuffled))).toEqual(truth(merged(inOrder)));
});

const recovery: fc.Arbitrary<Recovery> = fc.record({
  kind: fc.constantFrom('steady-state' as const, 'deployment-completed' as const),
  at: fc.integer({ min: 0, max: 3_000 }).map((second) => NOON + seconds(second)),
});

test.prop([
  fc.array(sighting(DEPLOYMENT), { minLength: 1, maxLength: 12 }),
  fc.array(recovery, { maxLength: 5 }),
  ranks,
])(
  'law: whether an incident has recovered does not depend on the order in which stops and evidence arrive',
  (sightings, recoveries, order) => {
    const [first, ...rest] = once(sightings);
    if (first === undefined) return;
    const news: readonly (Observation | Recovery)[] = [...rest, ...recoveries];
    const [a, b] = [news, shuffle([...news, ...news], order)].map((some) => {
      let incident = decideIncident([first], undefined, circumstances()).next as Incident;
      for (const one of some) {
        const decision =
          'key' in one
            ? decideIncident([one], incident, circumstances())
            : decideRecovery(incident, one, circumstances());
        incident = (decision.next as Incident | undefined) ?? incident;
      }
      return { lastSeen: incident.lastSeen, recovery: incident.recovery, isFinal: contentOf(incident).isFinal };
    });
    expect(b).toEqual(a);
  },
);

test.prop([fc.integer({ min: 1, max: 500 }), fc.array(fc.nat({ max: 499 }), { maxLength: 200 })])(
  'law: five hundred stops are counted exactly, whichever of them come again',
  (count, repeats) => {
    const stops = Array.from({ length: count }, (_, index) =>
      anObservation({ key: `task-${index}`, at: NOON + seconds(index * 7) }),
    );
    const again = repeats.flatMap((index) => stops[index] ?? []);
    expect(merged([...stops, ...again])?.occurrences).toBe(count);
  },
);

test('ten thousand stops stay a record of a few kilobytes, counted exactly, the late copy of an early one too', () => {
  const stops = Array.from({ length: 10_000 }, (_, index) =>
    anObservation({
      key: `task-${index}`,
      at: NOON + seconds(index * 2),
      stop: { taskId: `task-${index}`, ran: 40_000 },
    }),
  );
  const incident = merged([...stops, ...stops.slice(0, 100), ...stops.slice(-100)]);
  expect(incident?.occurrences).toBe(10_000);
  expect(JSON.stringify(incident).length).toBeLessThan(8_000);
  expect(incident && crashLoop(incident)).toEqual({ stops: 20, within: seconds(38), ran: 40 });
});

test('a loop is told by its usual run, and not before three stops within ten minutes', () => {
  const stops = (ages: readonly number[], ran: number) => ages.map((age) => ({ at: NOON - minutes(age), ran }));
  expect(crashLoop({ stops: stops([0, 4], 40) })).toBeUndefined();
  expect(crashLoop({ stops: stops([0, 20, 40], 40) })).toBeUndefined();
  expect(crashLoop({ stops: stops([0, 4, 8], 40) })).toEqual({ stops: 3, within: minutes(8), ran: 40 });
  expect(crashLoop({ stops: stops([0, 4, 8], -1) })).toEqual({ stops: 3, within: minutes(8) });
});
