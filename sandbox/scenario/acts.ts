import { fileURLToPath } from 'node:url';
import { nextClockChange } from '../next-clock-change.ts';
import type { Sandbox } from '../sandbox.ts';
import { FLEET } from './fleet.ts';

/** What a scenario can do to the sandbox beside putting events on its bus. */
export type Stage = Pick<
  Sandbox,
  'clock' | 'ecs' | 'putEvents' | 'settled' | 'injectDatabase' | 'killAtRandom' | 'configure'
>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The fleet is there, whatever the sandbox was started with. */
export function addFleet({ ecs }: Pick<Stage, 'ecs'>): void {
  const known = ecs.services().map(({ cluster, service }) => `${cluster}/${service}`);
  for (const spec of FLEET.filter(({ cluster, service }) => !known.includes(`${cluster}/${service}`))) ecs.add(spec);
}

/** Somebody deploys a release whose image nobody pushed; the circuit breaker gives it up some minutes later. */
export async function deployBroken(stage: Stage): Promise<void> {
  const { ecs, clock } = stage;
  addFleet(stage);
  ecs.change('harbour-west', 'crane', { fails: 'image' });
  ecs.deployByPerson('harbour-west', 'crane', 24);
  await clock.advance(15 * MINUTE);
  ecs.change('harbour-west', 'crane', { fails: undefined, revision: 23 });
}

/** AWS gives notice of a retirement of all that runs, a week ahead; then there is a plan. */
export async function giveNotice(stage: Stage): Promise<void> {
  const { ecs, clock } = stage;
  addFleet(stage);
  const boundary = clock.now();
  const deadline = boundary + 7 * DAY;
  ecs.retire({ boundary, deadline });
  await stage.putEvents(ecs.notices({ startsAt: deadline, boundary }));
  await stage.settled();
  await clock.advance(2 * MINUTE);
}

const BERLIN = 'Europe/Berlin';

/** The evening before the next night in which clocks change in Berlin, under windows across that hour. */
export async function goToClockChange(stage: Stage): Promise<void> {
  const { clock } = stage;
  addFleet(stage);
  await stage.configure(fileURLToPath(new URL('clock-change.yaml', import.meta.url)));
  const change = nextClockChange(clock.now() + DAY, BERLIN);
  if (change !== undefined) await clock.leap(change - 6 * HOUR - clock.now());
  await giveNotice(stage);
}

/** A third of all requests to the table is throttled. */
export const throttleTable = ({ injectDatabase }: Stage): void => injectDatabase({ seed: 7, share: 0.33 });
export const healTable = ({ injectDatabase }: Stage): void => injectDatabase(undefined);

/** Half of the invocations of the intake die in the middle of their work. */
export const killIntake = ({ killAtRandom }: Stage): void =>
  killAtRandom({ seed: 3, probability: 0.5, functions: ['ecs-events'] });
export const spareIntake = ({ killAtRandom }: Stage): void => killAtRandom(undefined);

/** A while with every run of the schedules. */
export const wait =
  (minutes: number) =>
  async ({ settled, clock }: Stage): Promise<void> => {
    await settled();
    await clock.advance(minutes * MINUTE);
  };
