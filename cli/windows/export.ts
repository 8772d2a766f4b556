import type { Weekday } from '../../shared/domain/quiet-hours.ts';
import { levelOf } from '../../shared/domain/windows/audience.ts';
import { type EventTimeRange, eventWindowOf } from '../../shared/domain/windows/event-windows.ts';
import type { Maintenance, MaintenanceWindow } from '../../shared/domain/windows/maintenance.ts';
import { parseClusterArn, parseServiceArn } from '../../shared/parse/arn.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { type Given, instantIn } from './given.ts';

/** A tag of Amazon ECS by which an event window finds Fargate tasks. */
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface Exported {
  readonly window: string;
  /** Input of CreateInstanceEventWindow. */
  readonly create: { readonly Name: string; readonly TimeRanges: readonly ReturnType<typeof timeRange>[] };
  /** The target of AssociateInstanceEventWindow. */
  readonly associate: { readonly InstanceTags: readonly Tag[] };
}

/**
 * The windows as instance event windows of Amazon EC2, as commands for the AWS CLI or as JSON. A window that cannot be one
 * is named with the reason, and makes the answer 1.
 */
export async function exportWindows(maintenance: Maintenance, given: Given, terminal: Terminal): Promise<number> {
  const from = given.from === undefined ? terminal.clock() : instantIn(given.from, '--from');
  const targets = (given.target ?? []).map(targetTag);
  const results = chosen(maintenance.windows, given.window).map((window) => exported(window, targets, from));
  const done = results.filter((result) => typeof result !== 'string');
  if (given.json) terminal.out(JSON.stringify(done, null, 2));
  else if (done.length > 0) terminal.out(done.map(commandsOf).join('\n'));
  for (const refused of results.filter((result) => typeof result === 'string')) {
    terminal.err(`slackwater windows: ${refused}`);
  }
  return done.length === results.length ? 0 : 1;
}

function chosen(windows: readonly MaintenanceWindow[], name: string | undefined): readonly MaintenanceWindow[] {
  const found = windows.filter((window) => name === undefined || window.name === name);
  if (found.length === 0) throw new UsageError('the document has no such window');
  return found;
}

/** Throws a UsageError for what is neither the ARN of a cluster or a service nor `fargate`. */
function targetTag(target: string): Tag {
  if (target === 'fargate') return { Key: 'aws:ecs:fargateTask', Value: 'true' };
  if (parseClusterArn(target)) return { Key: 'aws:ecs:clusterArn', Value: target };
  if (parseServiceArn(target)) return { Key: 'aws:ecs:serviceArn', Value: target };
  throw new UsageError('--target takes the ARN of a cluster or of a service, or the word fargate');
}

/** Or why not. Event windows know no names and no patterns, so only who runs the command knows the ARNs. */
function exported(window: MaintenanceWindow, targets: readonly Tag[], from: number): Exported | string {
  const isForAll = levelOf(window.select) === 'default';
  if (targets.length === 0 && !isForAll) {
    return `${window.name} is not for everything: give --window ${window.name} and the ARNs of its clusters or services with --target`;
  }
  const result = eventWindowOf(window, from);
  if (result.status === 'refused') return `${window.name} cannot be exported: ${result.because}`;
  return {
    window: window.name,
    create: { Name: `slackwater-${window.name}`, TimeRanges: result.ranges.map(timeRange) },
    associate: { InstanceTags: targets.length > 0 ? targets : [targetTag('fargate')] },
  };
}

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  sun: 'sunday',
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
};

const timeRange = ({ startDay, startHour, endDay, endHour }: EventTimeRange) => ({
  StartWeekDay: DAY_NAMES[startDay],
  StartHour: startHour,
  EndWeekDay: DAY_NAMES[endDay],
  EndHour: endHour,
});

/** JSON has no quotes of a shell inside, as names and ARNs have none. */
const commandsOf = ({ window, create, associate }: Exported): string =>
  [
    `# ${window}: every week in UTC, in summer and in winter; freezes, cutoff and budget stay with Slackwater`,
    `ID=$(aws ec2 create-instance-event-window --query InstanceEventWindow.InstanceEventWindowId --output text --cli-input-json '${JSON.stringify(create)}')`,
    `aws ec2 associate-instance-event-window --instance-event-window-id "$ID" --association-target '${JSON.stringify(associate)}'`,
  ].join('\n');
