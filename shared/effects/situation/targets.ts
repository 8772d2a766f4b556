import { found, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import type { ActiveService } from '../../domain/plan/situation.ts';
import type { Question } from '../gathered.ts';
import { type Answers, allOf, askForEach, knownOf } from './answers.ts';
import type { Reading } from './ask.ts';

/** Targets of one target group that count: those that are drained, or that no load balancer uses, serve nobody. */
export interface TargetCount {
  readonly healthy: number;
  readonly total: number;
}

const NOT_COUNTED: readonly (string | undefined)[] = ['draining', 'unhealthy.draining', 'unused'];

/** By the group's ARN. Groups of Amazon VPC Lattice are others, and are not looked at. */
export const countTargets = (groups: readonly string[], { clients, ask }: Reading): Promise<Answers<TargetCount>> =>
  askForEach(
    groups,
    (arn) => arn,
    (arn) =>
      ask(questionOf('DescribeTargetHealth', arn), async (abortSignal) => {
        const { DescribeTargetHealthCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
        const client = await clients.loadBalancing();
        const command = new DescribeTargetHealthCommand({ TargetGroupArn: arn });
        const { TargetHealthDescriptions = [] } = await client.send(command, { abortSignal });
        const states = TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State);
        const counted = states.filter((state) => !NOT_COUNTED.includes(state));
        return found({ healthy: counted.filter((state) => state === 'healthy').length, total: counted.length });
      }),
  );

const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds';

/** Milliseconds for which targets are drained, by the group's ARN. */
export const readDeregistrationDelays = (
  groups: readonly string[],
  { clients, ask }: Reading,
): Promise<Answers<number>> =>
  askForEach(
    groups,
    (arn) => arn,
    (arn) => {
      const question = questionOf('DescribeTargetGroupAttributes', arn);
      return ask(question, async (abortSignal) => {
        const { DescribeTargetGroupAttributesCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
        const client = await clients.loadBalancing();
        const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn });
        const { Attributes = [] } = await client.send(command, { abortSignal });
        const value = Number.parseInt(Attributes.find(({ Key }) => Key === DEREGISTRATION_DELAY)?.Value ?? '', 10);
        return Number.isNaN(value) ? missing('not-found', question.notFound) : found(seconds(value));
      });
    },
  );

const questionOf = (operation: string, arn: string): Question => ({
  action: `elasticloadbalancing:${operation}`,
  notFound: `the target group ${nameOf(arn)} does not exist any more`,
});

/** `targetgroup/NAME/ID`. */
const nameOf = (arn: string): string => arn.split('/').at(-2) ?? arn;

/** Of all its groups together; one that could not be read hides the health of all. */
export function targetsOf(groups: readonly string[], counts: Answers<TargetCount>): ActiveService['targets'] {
  if (groups.length === 0) return missing('not-applicable', 'it has no load balancer');
  const answers = allOf(groups.map(counts));
  if (answers.status === 'missing') return answers;
  const known = answers.value;
  const sum = (of: (count: TargetCount) => number): number => known.reduce((total, count) => total + of(count), 0);
  return found({ healthy: sum(({ healthy }) => healthy), total: sum(({ total }) => total) });
}

/** The longest that is known. */
export function longestDelay(groups: readonly string[], delays: Answers<number>): number | undefined {
  const known = knownOf(groups.map(delays));
  return known.length === 0 ? undefined : Math.max(...known);
}
