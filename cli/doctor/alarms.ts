import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { found, type Gathered } from '../../shared/domain/facts.ts';
import { plural } from '../../shared/render/listing.ts';
import { type Finding, fail, notChecked, ok, unread, warn } from './finding.ts';
import { asked, type Scene } from './scene.ts';

const WHAT_TO_DO = 'docs/runbook.md says for each alarm what to do';

/** How the alarms of the stack stand. */
export async function checkAlarms(scene: Scene): Promise<readonly Finding[]> {
  if (scene.stack.status === 'missing') return [notChecked('alarms', 'without the stack, its alarms are not known')];
  const { name } = scene.stack.value;
  const alarms = await readAlarms(name, scene);
  if (alarms.status === 'missing') return [unread('alarms', alarms)];
  if (alarms.value.length === 0)
    return [fail('alarms', 'the stack has no alarms', 'deploy the template.yaml of this version')];
  const findings = alarms.value.flatMap((alarm) => trouble(alarm, name));
  return findings.length > 0 ? findings : [ok('alarms', `${plural(alarms.value.length, 'alarm')}, all of them OK`)];
}

function trouble({ AlarmName = '', StateValue, ActionsEnabled }: MetricAlarm, stack: string): readonly Finding[] {
  const name = logicalId(AlarmName, stack) ?? AlarmName;
  if (StateValue === 'ALARM') return [fail('alarms', `${name} is in alarm`, WHAT_TO_DO)];
  if (StateValue === 'INSUFFICIENT_DATA')
    return [warn('alarms', `${name} has no data`, `of a new stack wait a quarter of an hour; then ${WHAT_TO_DO}`)];
  return ActionsEnabled === false
    ? [warn('alarms', `${name} tells nobody: its actions are switched off`, 'switch them on')]
    : [];
}

function readAlarms(stack: string, { clients }: Scene): Promise<Gathered<readonly MetricAlarm[]>> {
  return asked('cloudwatch:DescribeAlarms', 'there are no alarms', async (abortSignal) => {
    const [client, { paginateDescribeAlarms }] = await Promise.all([
      clients.cloudWatch(),
      import('@aws-sdk/client-cloudwatch'),
    ]);
    const alarms: MetricAlarm[] = [];
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stack}-` })) {
      abortSignal.throwIfAborted();
      alarms.push(...MetricAlarms.filter(({ AlarmName = '' }) => logicalId(AlarmName, stack) !== undefined));
    }
    return found(alarms);
  });
}

/**
 * CloudFormation calls an alarm `STACK-LOGICALID-RANDOM`, and a logical id has no dash: those of a stack `slackwater-test` do
 * not count for `slackwater`.
 */
const logicalId = (alarm: string, stack: string): string | undefined =>
  alarm.startsWith(`${stack}-`) ? /^([A-Za-z0-9]+)-[A-Za-z0-9]+$/.exec(alarm.slice(stack.length + 1))?.[1] : undefined;
