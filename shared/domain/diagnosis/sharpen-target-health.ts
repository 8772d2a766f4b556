import { type Facts, known, type TargetHealthFacts } from '../facts.ts';
import { present } from '../present.ts';
import { CATALOGUE } from './catalogue.ts';
import { confirm } from './confirm.ts';
import type { Diagnosis } from './diagnosis.ts';
import { headingOf } from './heading.ts';
import { healthCheckSteps } from './health-check-steps.ts';

const READ = 'elasticloadbalancing:DescribeTargetHealth';

/**
 * What the load balancer says of the service's targets now. The stopped task is no longer among them, so a reason that
 * ECS left out is only likely to be that of its successors. The steps get the values that the health check asks for.
 */
export function sharpenTargetHealth(diagnosis: Diagnosis, facts: Facts): Diagnosis {
  const health = known(facts.targetHealth);
  if (health === undefined || !diagnosis.cause.startsWith('health/lb-')) return diagnosis;
  const named = diagnosis.cause === 'health/lb-check-failed' ? withReasonOfOthers(diagnosis, health) : diagnosis;
  return confirm({ ...named, fix: healthCheckSteps(named.fix, health, facts) }, READ, tally(health));
}

type Target = TargetHealthFacts['targets'][number];
type NamedCause = 'health/lb-timeout' | 'health/lb-unexpected-status' | 'health/lb-target-misconfigured';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes */
const CAUSE_OF_REASON: Readonly<Record<string, NamedCause>> = {
  'Target.Timeout': 'health/lb-timeout',
  'Target.ResponseCodeMismatch': 'health/lb-unexpected-status',
  'Target.NotInUse': 'health/lb-target-misconfigured',
  'Target.IpUnusable': 'health/lb-target-misconfigured',
  'Target.InvalidState': 'health/lb-target-misconfigured',
};

const causeOf = ({ reason = '' }: Target): NamedCause | undefined =>
  Object.hasOwn(CAUSE_OF_REASON, reason) ? CAUSE_OF_REASON[reason] : undefined;

function withReasonOfOthers(diagnosis: Diagnosis, health: TargetHealthFacts): Diagnosis {
  const { targetGroup, targets } = health;
  const cause = commonCause(targets);
  if (cause === undefined) return diagnosis;
  const failing = targets.filter((target) => causeOf(target) === cause);
  const values = present({ targetGroup, statusCodes: statusCodes(failing) });
  const { summary, fix } = CATALOGUE[cause];
  return {
    ...diagnosis,
    ...headingOf(cause),
    confidence: 'likely',
    summary: `${summary(values)} The load balancer says so of ${count(failing, targets)} now; of the stopped one ECS gave no reason.`,
    fix: fix(values),
  };
}

/** The cause that more targets have than any other; none when two are as frequent. */
function commonCause(targets: readonly Target[]): NamedCause | undefined {
  const counts = Object.entries(Object.groupBy(targets, (target) => causeOf(target) ?? 'none'))
    .filter(([cause]) => cause !== 'none')
    .map(([cause, group]) => ({ cause, size: group?.length ?? 0 }))
    .toSorted((a, b) => b.size - a.size);
  const [first, second] = counts;
  // The cast is true: the keys are what `causeOf` answered.
  return first !== undefined && first.size > (second?.size ?? 0) ? (first.cause as NamedCause) : undefined;
}

/** `502, 503`, from "Health checks failed with these codes: [502]". */
function statusCodes(targets: readonly Target[]): string | undefined {
  const codes = targets.flatMap(
    ({ description = '' }) => /\[([\d, -]{1,80})\]/.exec(description)?.[1]?.split(',') ?? [],
  );
  const distinct = [...new Set(codes.map((code) => code.trim()))].sort();
  return distinct.length === 0 ? undefined : distinct.join(', ');
}

const count = (some: readonly Target[], all: readonly Target[]): string =>
  `${some.length} of ${all.length} ${all.length === 1 ? 'target' : 'targets'}`;

/** `harbor-web: 3 healthy, 1 unhealthy (Target.Timeout: Request timed out)`. */
function tally({ targetGroup, targets }: TargetHealthFacts): string {
  const groups = Map.groupBy(targets, ({ state, reason, description }) => {
    const because = [reason ?? [], description ?? []].flat().join(': ');
    return because === '' ? state : `${state} (${because})`;
  });
  const counts = [...groups].map(([words, group]) => `${group.length} ${words}`);
  return `${targetGroup}: ${counts.length === 0 ? 'no targets are registered' : counts.join(', ')}`;
}
