import type { SandboxOptions } from '../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { type ArmadaService, armadaService } from '../../sandbox/scenario/armada.ts';
import { pour } from '../../sandbox/scenario/pour.ts';
import { crashLoop, type Delivery, failingDeployment, storm } from '../../sandbox/scenario/storms.ts';
import { BY_PERSON, type StopCause } from '../../sandbox/scenario/task-stop.ts';
import { SLACK_RATE_LIMITS } from '../../sandbox/slack/rate-limits.ts';
import type { Usage } from '../../sandbox/usage.ts';
import type { Kind } from './kinds.ts';
import type { Bill, Priced } from './prices.ts';
import { billOf } from './usage-bill.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What one of each kind takes, counted as bench/storm.ts counts. Takes some minutes, and the bundles of dist/. Each kind is
 * played in a sandbox of its own, whose idle minutes are taken off.
 */
export async function measureKinds(
  report: (kind: Kind) => void,
  options: Pick<SandboxOptions, 'root'> = {},
): Promise<Readonly<Record<Kind, Bill>>> {
  const each = async (kind: Kind, play: Play, piers = 0): Promise<Bill> => {
    const bill = await playOnce(play, { ...options, piers });
    report(kind);
    return bill;
  };
  return {
    minute: await each('minute', wait, 100),
    expectedStop: await each(
      'expectedStop',
      alone(10, (service, at) => stops(service, at, BY_PERSON)),
    ),
    deployment: await each('deployment', deployWell, 5),
    problem: await each('problem', problems),
    repeatedStop: await each('repeatedStop', repeats),
    stormEvent: await each('stormEvent', storming),
    failedDeployment: await each(
      'failedDeployment',
      alone(5, (service, at) => failingDeployment({ service, at })),
    ),
    planDay: await each('planDay', waitADay, 10),
  };
}

/** How many there were, and how many idle minutes went by meanwhile. */
interface PlayedOut {
  readonly count: number;
  readonly minutes: number;
}

type Play = (sandbox: Sandbox) => Promise<PlayedOut>;

async function playOnce(play: Play, options: SandboxOptions): Promise<Bill> {
  await using sandbox = await startSandbox({
    concurrency: 2,
    visibilityTimeout: 2,
    slackRateLimits: SLACK_RATE_LIMITS,
    ...options,
  });
  await warm(sandbox);
  const idle = await billed(sandbox, wait);
  const minute = share(idle.bill, idle.count);
  const { bill, intakeSeconds, count, minutes } = await billed(sandbox, play);
  const { gigabyteSecond = 0, ...counted } = minus(bill, times(minute, minutes));
  // Durations vary, so those of the schedules are not taken off what the events alone have started.
  const seconds = minutes === 0 ? gigabyteSecond : Math.max(gigabyteSecond, intakeSeconds);
  return share({ ...counted, gigabyteSecond: seconds }, count);
}

async function billed(sandbox: Sandbox, play: Play) {
  const before = sandbox.usage();
  const played = await play(sandbox);
  await sandbox.settled();
  const after = sandbox.usage();
  const intakeSeconds = secondsOf(after) - secondsOf(before);
  return { ...played, intakeSeconds, bill: minus(billOf(after), billOf(before)) };
}

/** GB-seconds of the functions that events start. */
function secondsOf({ functions, ...usage }: Usage): number {
  const intake = Object.entries(functions).filter(([name]) => name === 'ecs-events' || name === 'retirement-notice');
  return billOf({ ...usage, functions: Object.fromEntries(intake) }).gigabyteSecond ?? 0;
}

/** Every function has started: a cold start once a month is nothing. */
async function warm(sandbox: Sandbox): Promise<void> {
  await pour(sandbox, stops(armadaService(40), sandbox.clock.now(), BY_PERSON));
  await sandbox.clock.advance(2 * MINUTE);
  await sandbox.settled();
}

const stops = (service: ArmadaService, at: number, cause?: StopCause) =>
  crashLoop({ service, stops: 1, lifetime: 30_000, at, ...(cause && { cause }) });

/** An hour in which nothing happens. */
const wait: Play = async ({ clock }) => {
  await clock.advance(HOUR);
  return { count: HOUR / MINUTE, minutes: 0 };
};

/** Once for each of so many services, ten minutes apart, so that no batch and no digest holds two. */
const alone =
  (count: number, make: (service: ArmadaService, at: number) => readonly Delivery[]): Play =>
  async (sandbox) => {
    const begins = sandbox.clock.now();
    for (let index = 1; index <= count; index++)
      await pour(sandbox, make(armadaService(index), begins + index * 10 * MINUTE));
    return { count, minutes: minutesSince(begins, sandbox) };
  };

/** Until nothing was seen of any of them for long enough. */
const problems: Play = async (sandbox) => {
  const played = await alone(8, (service, at) => stops(service, at))(sandbox);
  await sandbox.clock.leap(8 * HOUR);
  return { ...played, minutes: played.minutes + 1 };
};

/** The first stop of them is a problem, which weighs little among so many. */
const repeats: Play = async (sandbox) => {
  const begins = sandbox.clock.now();
  const count = 50;
  await pour(sandbox, crashLoop({ service: armadaService(1), stops: count, lifetime: 30_000, at: begins }));
  return { count, minutes: minutesSince(begins, sandbox) };
};

const storming: Play = async (sandbox) => {
  const begins = sandbox.clock.now();
  const deliveries = storm({ services: 20, stops: 10_000, seed: 1, at: begins });
  await pour(sandbox, deliveries);
  await sandbox.clock.advance(15 * MINUTE);
  return { count: deliveries.length, minutes: minutesSince(begins, sandbox) };
};

const deployWell: Play = async (sandbox) => {
  const begins = sandbox.clock.now();
  const services = sandbox.ecs.services();
  for (const { cluster, service } of services) {
    sandbox.ecs.deployByPerson(cluster, service, 2);
    await sandbox.clock.advance(10 * MINUTE);
    await sandbox.settled();
  }
  return { count: services.length, minutes: minutesSince(begins, sandbox) };
};

const waitADay: Play = async (sandbox) => {
  const begins = sandbox.clock.now();
  const startsAt = begins + 7 * DAY;
  sandbox.ecs.retire({ boundary: begins, deadline: startsAt });
  await sandbox.putEvents(sandbox.ecs.notices({ startsAt, boundary: begins }));
  await sandbox.settled();
  await sandbox.clock.advance(DAY);
  return { count: 1, minutes: minutesSince(begins, sandbox) };
};

const minutesSince = (begins: number, { clock }: Sandbox): number => Math.round((clock.now() - begins) / MINUTE);

const minus = (bill: Bill, other: Bill): Bill =>
  combined(bill, (name, count) => Math.max(0, count - (other[name] ?? 0)));
const times = (bill: Bill, factor: number): Bill => combined(bill, (_, count) => count * factor);
const share = (bill: Bill, of: number): Bill => times(bill, 1 / of);

const combined = (bill: Bill, to: (name: Priced, count: number) => number): Bill =>
  // The cast is true: a bill has no other keys.
  Object.fromEntries((Object.entries(bill) as [Priced, number][]).map(([name, count]) => [name, to(name, count)]));
