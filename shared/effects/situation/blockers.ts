import { assertNever } from '../../domain/assert-never.ts';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { isUnderWay } from '../../domain/plan/deployments.ts';
import type { ActiveService, Blocking } from '../../domain/plan/situation.ts';
import { type WindowSubject, windowsFor } from '../../domain/windows/audience.ts';
import type { Blocker, Maintenance } from '../../domain/windows/maintenance.ts';
import type { AlarmFacts } from './alarms.ts';
import type { Answers } from './answers.ts';

/** Of all windows that the service may use, each once. */
export function blockersFor({ windows }: Maintenance, subject: WindowSubject): readonly Blocker[] {
  const blockers = windowsFor(windows, subject).windows.flatMap((window) => window.blockers);
  return [...new Map(blockers.map((blocker) => [JSON.stringify(blocker), blocker])).values()];
}

/** What is known of whatever may keep a window shut. */
export interface BlockerFacts extends Pick<ActiveService, 'deployments' | 'stack'> {
  readonly alarms: Answers<AlarmFacts>;
  readonly firing: Answers<readonly string[]>;
  readonly calendars: Answers<string>;
}

/** Whatever could not be asked blocks as well. */
export const blockingOf = (blockers: readonly Blocker[], facts: BlockerFacts): ActiveService['blockers'] =>
  blockers.length === 0
    ? missing('not-applicable', 'its windows name no blocker')
    : found(blockers.map((blocker) => blocking(blocker, facts)));

function blocking(blocker: Blocker, { alarms, firing, calendars, deployments, stack }: BlockerFacts): Blocking {
  switch (blocker.kind) {
    case 'alarm':
      return blocks(`alarm ${blocker.name}`, alarms(blocker.name), ({ state }) =>
        state === 'ALARM' ? 'it is in ALARM' : undefined,
      );
    case 'alarm-prefix':
      return blocks(`alarms ${blocker.prefix}*`, firing(blocker.prefix), ([first]) =>
        first === undefined ? undefined : `${first} is in ALARM`,
      );
    case 'alarm-tags':
      return { name: 'alarms with tags', because: 'alarms cannot be found by their tags yet.' };
    case 'stack-updating':
      return blocks('the CloudFormation stack', stack, (status) =>
        status.endsWith('_IN_PROGRESS') ? `it is ${status}` : undefined,
      );
    case 'deployment-in-progress':
      return blocks('a deployment', found(deployments.find(isUnderWay)), (deployment) =>
        deployment === undefined ? undefined : `one is ${deployment.status}`,
      );
    case 'change-calendar':
      return blocks(`change calendar ${blocker.calendar.split('/').at(-1)}`, calendars(blocker.calendar), (state) =>
        state === 'OPEN' ? undefined : `it is ${state}`,
      );
    case 'function':
      return { name: `function ${blocker.arn.split(':').at(-1)}`, because: 'functions cannot be asked yet.' };
    default:
      return assertNever(blocker);
  }
}

function blocks<Value>(name: string, answer: Gathered<Value>, look: (value: Value) => string | undefined): Blocking {
  if (answer.status === 'missing' && answer.reason === 'not-applicable') return { name };
  const because = answer.status === 'missing' ? answer.because : look(answer.value);
  return because === undefined ? { name } : { name, because: `${because}.` };
}
