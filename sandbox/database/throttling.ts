import { createRandom, type Random } from '../random.ts';

/** A share (0 to 1) of the requests is throttled; of these operations (`PutItem`), or of all. */
export interface DatabaseFault {
  readonly seed: number;
  readonly share: number;
  readonly operations?: readonly string[];
}

export interface Throttling {
  /** `undefined` ends it. */
  readonly inject: (fault: DatabaseFault | undefined) => void;
  /** The error that a request meets. */
  readonly meet: (operation: string) => string | undefined;
}

const ERRORS = ['ThrottlingException', 'ProvisionedThroughputExceededException'] as const;

export function createThrottling(): Throttling {
  let current: (DatabaseFault & { readonly random: Random }) | undefined;
  return {
    inject: (fault) => {
      current = fault && { ...fault, random: createRandom(fault.seed) };
    },
    meet: (operation) => {
      if (current === undefined || !(current.operations?.includes(operation) ?? true)) return undefined;
      return current.random.happens(current.share) ? current.random.pick(ERRORS) : undefined;
    },
  };
}
