import type { InstanceEventWindow, InstanceEventWindowTimeRange, Tag } from '@aws-sdk/client-ec2';
import { ListAccountSettingsCommand, type SettingName } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import type { Place } from '../../domain/place.ts';
import type { AccountFacts } from '../../domain/plan/situation.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { PlannedClients } from '../planning-clients.ts';

/** What an account does about retirements by itself. Never throws: what could not be read is missing, with its reason. */
export type AccountReader = (place: Place) => Promise<AccountFacts>;

const TIMEOUT = seconds(5);

/** `budget` is the time of one call. */
export function createAccountReader(deps: {
  readonly clientsAt: At<PlannedClients>;
  readonly budget?: Budget;
}): AccountReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return async (place) => {
    const clients = clientsAt(place);
    const signal = budget();
    const [wait, windows, matching] = await Promise.all([
      readSetting('fargateTaskRetirementWaitPeriod', clients, signal),
      readSetting('fargateEventWindows', clients, signal),
      readEventWindows(clients, signal),
    ]);
    return {
      waitPeriod: wait.status === 'missing' ? wait : daysOf(wait.value),
      eventWindows: windows.status === 'missing' ? windows : found(windows.value === 'enabled'),
      matching: windows.status === 'found' && windows.value !== 'enabled' ? UNUSED : matching,
    };
  };
}

const UNUSED = missing('not-applicable', 'AWS does not use event windows here');

/** Settings that nobody changed have their defaults in the answer, because it is asked for what is in effect. */
function readSetting(name: SettingName, { ecs }: PlannedClients, signal: AbortSignal): Promise<Gathered<string>> {
  const question: Question = { action: 'ecs:ListAccountSettings', notFound: `ECS does not tell the setting ${name}` };
  return gathered(question, signal, async (abortSignal) => {
    const command = new ListAccountSettingsCommand({ name, effectiveSettings: true });
    const { settings = [] } = await ecs.send(command, { abortSignal });
    const value = settings.find((setting) => setting.name === name)?.value;
    return value === undefined ? missing('not-found', question.notFound) : found(value);
  });
}

const daysOf = (value: string): Gathered<number> =>
  /^\d{1,3}$/.test(value) ? found(Number(value)) : missing('failed', `ECS tells a wait period of ${value}`);

/** The most that a page may have: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceEventWindows.html */
const WINDOWS_A_PAGE = 500;

function readEventWindows(clients: PlannedClients, signal: AbortSignal): Promise<AccountFacts['matching']> {
  const question: Question = { action: 'ec2:DescribeInstanceEventWindows', notFound: 'there are no event windows' };
  return gathered(question, signal, async (abortSignal) => {
    const { DescribeInstanceEventWindowsCommand } = await import('@aws-sdk/client-ec2');
    const client = await clients.ec2();
    const windows: InstanceEventWindow[] = [];
    let next: string | undefined;
    do {
      const page = { MaxResults: WINDOWS_A_PAGE, ...(next !== undefined && { NextToken: next }) };
      const answer = await client.send(new DescribeInstanceEventWindowsCommand(page), { abortSignal });
      windows.push(...(answer.InstanceEventWindows ?? []));
      next = answer.NextToken;
    } while (next !== undefined);
    return found(windows.filter(({ State }) => !State?.startsWith('delet')).flatMap(matchingWindow));
  });
}

type Matching = Extract<AccountFacts['matching'], { readonly status: 'found' }>['value'][number];

function matchingWindow(window: InstanceEventWindow): readonly Matching[] {
  const { Name, InstanceEventWindowId = '', AssociationTarget } = window;
  const matches = (AssociationTarget?.Tags ?? []).flatMap(matchOf);
  return matches.length === 0 ? [] : [{ name: Name ?? InstanceEventWindowId, when: whenOf(window), matches }];
}

/** The tags by which event windows are for Fargate: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html */
function matchOf({ Key, Value }: Tag): readonly string[] {
  if (Key === 'aws:ecs:fargateTask') return Value === 'true' ? ['all'] : [];
  return (Key === 'aws:ecs:serviceArn' || Key === 'aws:ecs:clusterArn') && Value !== undefined ? [Value] : [];
}

const whenOf = ({ TimeRanges = [], CronExpression }: InstanceEventWindow): string =>
  CronExpression === undefined ? TimeRanges.map(rangeText).join(', ') : `cron ${CronExpression} UTC`;

const rangeText = ({ StartWeekDay, StartHour, EndWeekDay, EndHour }: InstanceEventWindowTimeRange): string =>
  `${day(StartWeekDay)} ${hour(StartHour)}-${EndWeekDay === StartWeekDay ? '' : `${day(EndWeekDay)} `}${hour(EndHour)} UTC`;

/** `Sun` of `sunday`. */
const day = (name = ''): string => name.slice(0, 1).toUpperCase() + name.slice(1, 3);

const hour = (of = 0): string => `${String(of).padStart(2, '0')}:00`;
