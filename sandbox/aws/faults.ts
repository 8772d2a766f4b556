import { setTimeout as delay } from 'node:timers/promises';

/** How an AWS operation misbehaves: `ecs:DescribeServices` and the like, as in IAM. */
export type AwsFault =
  | { readonly kind: 'denied' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'slow'; readonly milliseconds: number };

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
}

export function createFaults(): Faults {
  const faults = new Map<string, AwsFault>();
  return {
    inject: (action, fault) => {
      if (fault === undefined) faults.delete(action);
      else faults.set(action, fault);
    },
    meet: async (action) => {
      const fault = faults.get(action);
      if (fault?.kind === 'slow') await delay(fault.milliseconds, undefined, { ref: false });
      return fault && errorOf(fault, action);
    },
  };
}

function errorOf(fault: AwsFault, action: string): AwsError | undefined {
  switch (fault.kind) {
    case 'denied':
      return { status: 400, type: 'AccessDeniedException', message: `not authorized to perform: ${action}` };
    case 'throttled':
      return { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' };
    case 'slow':
      return undefined;
  }
}
