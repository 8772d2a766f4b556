import type { Gathered } from '../facts.ts';
import type { AccountFacts } from './situation.ts';

/**
 * What the account itself does about retirements, in words: `wait period 7 days, event windows on (nights: Sun 02:00-06:00
 * for all Fargate tasks)`. AWS's own event windows are the net below ours, because they are best effort.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/prepare-task-retirement.html
 */
export function accountText({ waitPeriod, eventWindows, matching }: AccountFacts): string {
  const wait = inWords(waitPeriod, (count) => `wait period ${count} ${count === 1 ? 'day' : 'days'}`, 'wait period');
  const windows = inWords(eventWindows, (isOn) => `event windows ${isOn ? 'on' : 'off'}`, 'event windows');
  const nets = matching.status === 'found' ? matching.value.map(netText) : [];
  return `${wait}, ${windows}${nets.length === 0 ? '' : ` (${nets.join('; ')})`}`;
}

/** AWS retires at once: no window of anybody's can come first. */
export const hasNoWait = (facts: AccountFacts | undefined): boolean =>
  facts?.waitPeriod.status === 'found' && facts.waitPeriod.value === 0;

function inWords<Value>(gathered: Gathered<Value>, text: (value: Value) => string, name: string): string {
  return gathered.status === 'found' ? text(gathered.value) : `${name} not known`;
}

/** Of the services that it matches the names are enough. */
function netText({
  name,
  when,
  matches,
}: {
  readonly name: string;
  readonly when: string;
  readonly matches: readonly string[];
}): string {
  const whom = matches.map((match) =>
    match === 'all' ? 'all Fargate tasks' : (match.split(/:(?:service|cluster)\//)[1] ?? match),
  );
  return `${name}: ${when} for ${whom.join(', ')}`;
}
