import { type Instant, seconds } from '../../instant.ts';
import { isOpen } from '../candidates.ts';
import type { PlannedTask } from './standalone.ts';
import { isRelaunching } from './task-run.ts';

/** As in attention.ts: every run, and they are a minute apart, more or less. */
const MOVING = seconds(30);

/** When a task of no service is to be looked at next for what is done about it; absent: whenever its plan is. */
export function nextTaskLook({ run, verdict }: PlannedTask, now: Instant): Instant | undefined {
  if (isRelaunching(run)) return now + MOVING;
  if (run.kind === 'ended' || verdict.kind !== 'relaunch') return undefined;
  return isOpen(verdict.slot, now) ? now + MOVING : Math.max(verdict.slot.opens, now + MOVING);
}
