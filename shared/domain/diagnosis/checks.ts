import type { CauseId } from './causes.ts';

/** A read beyond the event that costs calls, named by the field of `Facts` that it fills. */
export type Check = 'image' | 'targetHealth' | 'memory';

const OF_CAUSE: Readonly<Partial<Record<CauseId, readonly Check[]>>> = {
  'image/not-found': ['image'],
  'image/ecr-access-denied': ['image'],
  'image/platform-mismatch': ['image'],
  'image/pull-failed': ['image'],
  'health/lb-unexpected-status': ['targetHealth'],
  'health/lb-timeout': ['targetHealth'],
  'health/lb-target-misconfigured': ['targetHealth'],
  'health/lb-check-failed': ['targetHealth'],
  'memory/container-oom': ['memory'],
  'memory/sigkill-unexplained': ['memory'],
  'app/exit-unknown': ['memory'],
};

/** The checks worth their calls for what is suspected; made once per incident, when it is new. */
export const checksFor = (cause: CauseId): readonly Check[] => OF_CAUSE[cause] ?? [];
