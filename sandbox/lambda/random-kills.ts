import { createRandom, type Random } from '../random.ts';

/** Which invocations die. */
export interface KillPlan {
  readonly seed: number;
  /** Share of the invocations, 0 to 1. */
  readonly probability: number;
  /** Names; every function when absent. */
  readonly functions?: readonly string[];
}

export interface RandomKills {
  /** `undefined` ends the killing. */
  readonly plan: (plan: KillPlan | undefined) => void;
  /** Called when an invocation begins; answers what to call at its end. `kill` is called at a random moment between. */
  readonly watch: (functionName: string, kill: () => void) => () => void;
}

/** Milliseconds: how long an invocation is taken to last before the first one has ended. */
const FIRST_GUESS = 250;

/**
 * Kills within the time that the function's last invocation took, so that most deaths fall into the work and some just
 * miss it. Which invocations are chosen follows from the seed; what a process had done by then depends on the machine.
 */
export function createRandomKills(onKill: (functionName: string) => void): RandomKills {
  let current: (KillPlan & { readonly random: Random }) | undefined;
  const lastDuration = new Map<string, number>();
  return {
    plan: (plan) => {
      current = plan && { ...plan, random: createRandom(plan.seed) };
    },
    watch: (name, kill) => {
      const began = performance.now();
      const isMeant = current !== undefined && (current.functions?.includes(name) ?? true);
      const moment =
        isMeant && current?.random.happens(current.probability)
          ? current.random.next() * (lastDuration.get(name) ?? FIRST_GUESS)
          : undefined;
      const timer =
        moment === undefined
          ? undefined
          : setTimeout(() => {
              onKill(name);
              kill();
            }, moment);
      return () => {
        clearTimeout(timer);
        if (moment === undefined) lastDuration.set(name, performance.now() - began);
      };
    },
  };
}
