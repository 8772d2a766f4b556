import type { Gathered } from '../../shared/domain/facts.ts';
import { present } from '../../shared/domain/present.ts';

/** `not-checked` is no answer: what was wanted for it is not there, or may not be read. */
export type Status = 'ok' | 'warn' | 'fail' | 'not-checked';

/** What is looked at, by the name that `--json` prints, with a title for people. */
export const CHECKS = {
  stack: 'Stack',
  configuration: 'Configuration',
  topics: 'Topics',
  rights: 'Rights',
  'slack-token': 'Slack token',
  'slack-scopes': 'Slack scopes',
  'slack-channels': 'Slack channels',
  endpoint: 'Endpoint',
  'signing-secret': 'Signing secret',
  queues: 'Queues',
  schedules: 'Schedules',
  alarms: 'Alarms',
  members: 'Other accounts',
  'ecs-reads': 'Reading ECS',
  roles: 'Roles',
  'service-tags': 'Tags',
  'failing-deployments': 'Failing deployments',
  'retirement-settings': 'Retirement settings',
  windows: 'Windows',
} as const;

export type Check = keyof typeof CHECKS;

/** What one look came to. */
export interface Finding {
  readonly check: Check;
  readonly status: Status;
  /** What was seen, in a sentence without secrets. */
  readonly seen: string;
  /** What to do about it. */
  readonly todo?: string;
}

export const ok = (check: Check, seen: string): Finding => ({ check, status: 'ok', seen });
export const warn = (check: Check, seen: string, todo: string): Finding => ({ check, status: 'warn', seen, todo });
export const fail = (check: Check, seen: string, todo: string): Finding => ({ check, status: 'fail', seen, todo });
export const notChecked = (check: Check, seen: string, todo?: string): Finding =>
  present({ check, status: 'not-checked', seen, todo });

/** What could not be read is not judged. */
export function unread(check: Check, { reason, because }: Gathered<unknown> & { status: 'missing' }): Finding {
  const todo = reason === 'denied' ? 'allow it to whoever runs this, or look at it yourself' : undefined;
  return notChecked(check, forCaller(because), todo);
}

/** The readers speak of their ordinary caller. */
export const forCaller = (because: string): string => because.replace('for this function', 'for these credentials');
