import type { DescribeAlarmsCommandInput } from '@aws-sdk/client-cloudwatch';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import type { ActiveService } from '../../domain/plan/situation.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askForEach, askInBatches, knownOf } from './answers.ts';
import type { Reading } from './ask.ts';

/** An alarm of Amazon CloudWatch as far as a plan has to know it. */
export interface AlarmFacts {
  readonly name: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** Milliseconds over which it is evaluated; 0 where it does not say, as a composite one. */
  readonly evaluation: number;
}

/** Of names, and of alarms a page: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const ALARMS_AT_ONCE = 100;
/** Without this only those of metrics are told. */
const TYPES = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] } satisfies DescribeAlarmsCommandInput;
const QUESTION: Question = { action: 'cloudwatch:DescribeAlarms', notFound: 'there is no such alarm' };

/** By name. One that does not exist is `not-found`. */
export const describeAlarms = (names: readonly string[], reading: Reading): Promise<Answers<AlarmFacts>> =>
  askInBatches(names, { keyOf: (name) => name, size: ALARMS_AT_ONCE }, async (batch) => {
    const answer = await readAlarms({ AlarmNames: [...batch] }, reading);
    if (answer.status === 'missing') return answer;
    return found(new Map(answer.value.map((alarm) => [alarm.name, found(alarm)])));
  });

/** The names of those in alarm, by the prefix that they share. */
export const firingAlarms = (prefixes: readonly string[], reading: Reading): Promise<Answers<readonly string[]>> =>
  askForEach(
    prefixes,
    (prefix) => prefix,
    async (prefix) => {
      const answer = await readAlarms({ AlarmNamePrefix: prefix, StateValue: 'ALARM' }, reading);
      return answer.status === 'missing' ? answer : found(answer.value.map(({ name }) => name));
    },
  );

function readAlarms(
  which: DescribeAlarmsCommandInput,
  { clients, ask }: Reading,
): Promise<Gathered<readonly AlarmFacts[]>> {
  return ask(QUESTION, async (abortSignal) => {
    const { DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
    const client = await clients.cloudWatch();
    const alarms: AlarmFacts[] = [];
    let next: string | undefined;
    do {
      const page = { MaxRecords: ALARMS_AT_ONCE, ...(next !== undefined && { NextToken: next }) };
      const command = new DescribeAlarmsCommand({ ...TYPES, ...which, ...page });
      const { MetricAlarms = [], CompositeAlarms = [], NextToken } = await client.send(command, { abortSignal });
      alarms.push(...[...MetricAlarms, ...CompositeAlarms].map(alarmFacts));
      next = NextToken;
    } while (next !== undefined);
    return found(alarms);
  });
}

interface ApiAlarm {
  readonly AlarmName?: string | undefined;
  readonly StateValue?: string | undefined;
  /** Seconds. */
  readonly Period?: number | undefined;
  readonly EvaluationPeriods?: number | undefined;
}

const alarmFacts = ({
  AlarmName = '',
  StateValue = 'UNKNOWN',
  Period = 0,
  EvaluationPeriods = 0,
}: ApiAlarm): AlarmFacts => ({
  name: AlarmName,
  state: StateValue,
  evaluation: seconds(Period * EvaluationPeriods),
});

/** The deployment alarms of a service. One that does not exist watches nothing, and is told as `NOT_FOUND`. */
export function deploymentAlarms(names: readonly string[], alarms: Answers<AlarmFacts>): ActiveService['alarms'] {
  if (names.length === 0) return missing('not-applicable', 'it has no deployment alarms');
  const answers = names.map((name) => ({ name, answer: alarms(name) }));
  for (const { answer } of answers) {
    if (answer.status === 'missing' && answer.reason !== 'not-found') return answer;
  }
  return found(
    answers.map(({ name, answer }) => ({ name, state: answer.status === 'found' ? answer.value.state : 'NOT_FOUND' })),
  );
}

/**
 * How long ECS watches the alarms after the last task: it works that out of how they are evaluated.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function alarmBake(names: readonly string[], alarms: Answers<AlarmFacts>): number | undefined {
  const known = knownOf(names.map(alarms)).map(({ evaluation }) => evaluation);
  return known.length === 0 ? undefined : Math.max(...known);
}
