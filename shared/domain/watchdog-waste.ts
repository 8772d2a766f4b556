import { hours, type Instant, minutes } from './instant.ts';

/** An incident whose tasks start and stop over and over, as far as its length and cost depend on it. */
export interface FailingStarts {
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** Tasks that stopped. */
  readonly occurrences: number;
  /** Milliseconds that a task ran on average; absent where none ever ran. */
  readonly meanLifetime?: number;
  /** Task size in CPU units and MiB. */
  readonly cpu?: number;
  readonly memory?: number;
  readonly launchType?: string;
}

export interface Waste {
  /** Milliseconds from the first stop to the last. */
  readonly lasts: number;
  readonly stops: number;
  /** USD, at the list prices below: tells cents from hundreds of dollars, and is no bill. Absent for other than Fargate. */
  readonly estimatedCost?: number;
  /** For a reader, with what is estimated called so. */
  readonly sentence: string;
}

/** Shorter trouble is told by its message alone. */
const LONG = hours(2);
/**
 * ECS waits up to 27 minutes between two starts of a failing service; what is silent for much longer has stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
const STILL = minutes(45);

/**
 * USD of Linux on x86 in us-east-1, without Spot and savings plans: https://aws.amazon.com/fargate/pricing/
 * Other Regions and platforms differ by some tens of percent, which the order of magnitude survives.
 */
const PER_VCPU_HOUR = 0.04048;
const PER_GB_HOUR = 0.004445;
/** Billed at the least for each task, however short it ran; the same page. */
const BILLED_AT_LEAST = minutes(1);

const UNITS_PER_VCPU = 1_024;
const MIB_PER_GB = 1_024;

/** Starts that failed for more than two hours and still do; `undefined` for everything else. */
export function wasteOf(starts: FailingStarts, now: Instant): Waste | undefined {
  const lasts = starts.lastSeen - starts.firstSeen;
  if (lasts <= LONG || starts.occurrences < 2 || now - starts.lastSeen > STILL) return undefined;
  const estimatedCost = estimateCost(starts);
  const told = `${starts.occurrences} tasks were started and stopped in ${hoursOf(lasts)} h`;
  if (estimatedCost === undefined) return { lasts, stops: starts.occurrences, sentence: `${told}.` };
  const cost = estimatedCost < 0.01 ? 'less than 0.01' : `about ${estimatedCost.toFixed(2)}`;
  const sentence = `${told}: ${cost} USD of Fargate, estimated at us-east-1 list prices.`;
  return { lasts, stops: starts.occurrences, estimatedCost, sentence };
}

/** Without the time that images are pulled, which is billed too. */
function estimateCost({ launchType, cpu, memory, occurrences, meanLifetime = 0 }: FailingStarts): number | undefined {
  if (launchType !== 'FARGATE' || cpu === undefined || memory === undefined) return undefined;
  const perHour = (cpu / UNITS_PER_VCPU) * PER_VCPU_HOUR + (memory / MIB_PER_GB) * PER_GB_HOUR;
  return (occurrences * Math.max(meanLifetime, BILLED_AT_LEAST) * perHour) / hours(1);
}

const hoursOf = (milliseconds: number): string => (milliseconds / hours(1)).toFixed(1).replace('.0', '');
