import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { strategyOf } from '../controller.ts';
import { room } from '../expected.ts';
import type { ActiveService } from '../situation.ts';
import { type Check, check, ofFact } from './check.ts';

export function roomToMove(service: ActiveService): Check {
  const { desired, minimumHealthyPercent: minimum, maximumPercent: maximum } = service;
  const strategy = strategyOf(service);
  if (strategy !== 'ROLLING') return check('room', 'ok', `${strategy} starts a second copy of all tasks.`);
  const { up, down } = room(service);
  const settings = `${minimum} % minimum healthy and ${maximum} % maximum of ${desired}`;
  if (up + down === 0 && desired > 0)
    return check('room', 'block', `${settings} leave no room: no task may be added and none stopped.`);
  return check('room', 'ok', `${settings} let ${up} more and ${down} fewer tasks run.`);
}

export function stopFirst(service: ActiveService): Check {
  const isStopFirst = service.desired === 1 && strategyOf(service) === 'ROLLING' && room(service).up === 0;
  return isStopFirst
    ? check('stop-first', 'ask', 'Its only task is stopped before the new one starts: the service is down meanwhile.')
    : check('stop-first', 'ok', 'Something serves all the time.');
}

/** A fifth more than what is needed, because others start tasks meanwhile. */
const HEADROOM = 1.2;

export function headroom(service: ActiveService): Check {
  const terms = { id: 'headroom', unread: 'ask', none: 'It needs no more than it has.' } as const;
  return ofFact(service.headroom, terms, (list) => {
    const tight = list.filter(({ free, needed }) => free < needed * HEADROOM);
    return tight.length === 0
      ? check(
          'headroom',
          'ok',
          list.map(({ what, free, needed }) => `${what}: ${needed} needed, ${free} free.`).join(' '),
        )
      : check(
          'headroom',
          'ask',
          tight.map(({ what, free, needed }) => `${what}: ${needed} needed, only ${free} free.`).join(' '),
        );
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html */
export function protection({ protectedUntil }: ActiveService, closes: Instant | undefined): Check {
  const terms = { id: 'protection', unread: 'ask', none: 'No task is protected.' } as const;
  return ofFact(protectedUntil, terms, (until) =>
    closes !== undefined && until < closes
      ? check('protection', 'ok', `Tasks are protected until ${utcMinute(until)}, before the window closes.`)
      : check('protection', 'ask', `Tasks are protected until ${utcMinute(until)}: the deployment waits for them.`),
  );
}
