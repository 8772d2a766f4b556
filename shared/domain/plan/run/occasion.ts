import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import type { Plan } from '../plan.ts';

/** What a sentence about a plan has to know to be true of a retirement and of somebody's request. */
export type Occasion = Pick<Plan, 'occasion' | 'deadline' | 'boundary'>;

/** `4 of 6 tasks are on the old revision`. */
export const oldTasks = ({ occasion, boundary }: Occasion, old: number, of: number): string =>
  occasion === 'retirement'
    ? `${old} of ${of} tasks are on the old revision`
    : `${old} of ${of} tasks are from before ${utcMinute(boundary.at)}`;

export const noneOld = ({ occasion, boundary }: Occasion, of: number): string =>
  occasion === 'retirement'
    ? `All ${of} tasks are on the new revision`
    : `All ${of} tasks are from after ${utcMinute(boundary.at)}`;

/** What becomes of old tasks that nobody replaces. */
export const otherwise = ({ occasion, deadline }: Occasion): string =>
  occasion === 'retirement'
    ? `AWS replaces them from ${utcMinute(deadline)} on, whatever is decided here.`
    : 'Nothing else replaces them.';

/** Why nothing is started any more. */
export const tooLate = ({ occasion, deadline }: Occasion, latest: Instant): string =>
  occasion === 'retirement'
    ? `Since ${utcMinute(latest)} it is too late to begin before AWS does.`
    : `Since ${utcMinute(latest)} it is too late to be over by ${utcMinute(deadline)}.`;
