import { parseArgs } from 'node:util';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { instantIn } from '../windows/given.ts';
import { simulatePlan } from './simulate.ts';

const OPTIONS = {
  notice: { type: 'string', multiple: true },
  services: { type: 'string' },
  config: { type: 'string' },
  'approve-at': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `slackwater plan simulate`: what a plan for a retirement notice would do until AWS is done, without an account. Answers
 * 0 when every service was replaced in time, or did not need to be, and 1 otherwise.
 */
export async function simulate(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = understood(() => parseArgs({ args: [...args], options: OPTIONS }));
  if (values.notice === undefined) throw new UsageError('give the AWS Health event with --notice');
  if (values.services === undefined) throw new UsageError('give the description of the services with --services');
  const approveAt = values['approve-at'];
  return simulatePlan(
    {
      notice: values.notice,
      services: values.services,
      ...(values.config !== undefined && { config: values.config }),
      ...(approveAt !== undefined && { approveAt: instantIn(approveAt, '--approve-at') }),
      isJson: values.json,
    },
    terminal,
  );
}
