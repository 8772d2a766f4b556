import { utcMinute } from '../../utc.ts';
import type { ActiveService } from '../situation.ts';
import { type Check, type CheckId, check, ofFact } from './check.ts';
import { successorImages } from './image-checks.ts';
import { serviceChecks } from './service-checks.ts';

/**
 * What is asked of a service whose tasks are replaced one by one. There is no deployment that could get stuck, pause or be
 * rolled back, and no image that is resolved anew; but for a while one task less serves, and nothing but its targets tells
 * whether a successor works.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability
 */
export const pinnedChecks = (service: ActiveService, closes: number | undefined): readonly Check[] =>
  serviceChecks(service, closes).map((one) => INSTEAD[one.id]?.(service) ?? one);

const INSTEAD: Readonly<Partial<Record<CheckId, (service: ActiveService) => Check | undefined>>> = {
  desired: ({ desired }) =>
    desired >= 2
      ? undefined
      : check('desired', 'block', `The desired count is ${desired}: one task less would be none.`),
  room: () => check('room', 'ok', 'One task at a time is stopped first.'),
  targets: ({ targets }) =>
    targets.status === 'missing' && targets.reason === 'not-applicable'
      ? check('targets', 'ask', 'It has no load balancer: only ECS tells whether a successor works.')
      : undefined,
  'image-changed': ({ images }) => (images.status === 'found' ? successorImages(images.value) : undefined),
  'pause-hooks': () => check('pause-hooks', 'ok', 'Without a deployment no hook is run.'),
  'stop-first': () => check('stop-first', 'ok', 'The other tasks serve meanwhile.'),
  protection: ({ protectedUntil }) =>
    ofFact(protectedUntil, { id: 'protection', unread: 'ask', none: 'No task is protected.' }, (until) =>
      check('protection', 'block', `Tasks are protected until ${utcMinute(until)}, which StopTask does not heed.`),
    ),
  headroom: () => check('headroom', 'ok', 'It never runs more tasks than now.'),
  'circuit-breaker': () => check('circuit-breaker', 'ok', 'After a task that does not come back none is stopped.'),
  'early-success': () => check('early-success', 'ok', 'Tasks are counted, not deployments.'),
};
