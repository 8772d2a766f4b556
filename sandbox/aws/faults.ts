import { setTimeout as delay } from 'node:timers/promises';

/** How an AWS operation misbehaves: `ecs:DescribeServices` and the like, as in IAM. */
export type AwsFault = (
  | { readonly kind: 'denied' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** It is done, and answered with a server error. */
  | { readonly kind: 'answer-lost' }
) & {
  /** The next so many calls; all of them without. */
  readonly times?: number;
};

export interface AwsError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export interface Faults {
  /** `undefined` heals the operation. */
  readonly inject: (action: string, fault: AwsFault | undefined) => void;
  /** Waits or answers the error that the operation has to fail with. */
  readonly meet: (action: string) => Promise<AwsError | undefined>;
  /** Whether the answer of the call that has just been met gets lost. */
  readonly losesAnswer: (action: string) => boolean;
}

export function createFaults(): Faults {
  const faults = new Map<string, AwsFault>();
  const use = (action: string): AwsFault | undefined => {
    const fault = faults.get(action);
    if (fault?.times !== undefined) {
      if (fault.times <= 1) faults.delete(action);
      else faults.set(action, { ...fault, times: fault.times - 1 });
    }
    return fault;
  };
  return {
    inject: (action, fault) => {
      if (fault === undefined) faults.delete(action);
      else faults.set(action, fault);
    },
    meet: async (action) => {
      if (faults.get(action)?.kind === 'answer-lost') return undefined;
      const fault = use(action);
      if (fault?.kind === 'slow') await delay(fault.milliseconds, undefined, { ref: false });
      return fault && errorOf(fault, action);
    },
    losesAnswer: (action) => faults.get(action)?.kind === 'answer-lost' && use(action) !== undefined,
  };
}

function errorOf(fault: AwsFault, action: string): AwsError | undefined {
  switch (fault.kind) {
    case 'denied':
      return { status: 400, type: 'AccessDeniedException', message: `not authorized to perform: ${action}` };
    case 'throttled':
      return { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' };
    case 'slow':
    case 'answer-lost':
      return undefined;
  }
}
