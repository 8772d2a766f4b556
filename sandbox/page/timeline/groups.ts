/** Kinds of things on the timeline that a reader can hide and show. */
export const TIMELINE_GROUPS = [
  'events',
  'decisions',
  'writes',
  'slack',
  'sns',
  'troubles',
  'remarks',
  'reads',
  'table',
  'runs',
] as const;
export type TimelineGroup = (typeof TIMELINE_GROUPS)[number];

export const GROUP_NAMES: Readonly<Record<TimelineGroup, string>> = {
  events: 'Events',
  decisions: 'Decisions',
  writes: 'AWS writes',
  slack: 'Slack',
  sns: 'SNS',
  troubles: 'Trouble',
  remarks: 'Remarks',
  reads: 'AWS reads',
  table: 'DynamoDB',
  runs: 'Invocations',
};

/** What happens every minute is left out until somebody asks for it. */
export const USUALLY_SHOWN: readonly TimelineGroup[] = TIMELINE_GROUPS.slice(0, 7);
