import type { Budget } from './maintenance.ts';

/** The budget of openings that several windows share: of each limit the most restrictive. */
export function strictest(budgets: readonly [Budget, ...Budget[]]): Budget {
  const least = (limit: (budget: Budget) => number): number => Math.min(...budgets.map(limit));
  const canaries = budgets.flatMap(({ canary }) => (canary === undefined ? [] : [canary]));
  return {
    maxServices: least(({ maxServices }) => maxServices),
    maxServicesPerCluster: least(({ maxServicesPerCluster }) => maxServicesPerCluster),
    maxTaskPercent: least(({ maxTaskPercent }) => maxTaskPercent),
    atLeastOneTask: budgets.every(({ atLeastOneTask }) => atLeastOneTask),
    spacing: Math.max(...budgets.map(({ spacing }) => spacing)),
    maxFailures: least(({ maxFailures }) => maxFailures),
    ...(canaries.length > 0 && {
      canary: {
        count: Math.min(...canaries.map(({ count }) => count)),
        bake: Math.max(...canaries.map(({ bake }) => bake)),
      },
    }),
  };
}

/**
 * How many of `tasks` may be replaced at a time. A percentage is rounded down, so that it is never exceeded: 5 % of ten
 * tasks are none, unless the budget says that one always may.
 */
export function tasksAllowed(tasks: number, { maxTaskPercent, atLeastOneTask }: Budget): number {
  const allowed = Math.floor((tasks * maxTaskPercent) / 100);
  return atLeastOneTask && tasks > 0 ? Math.max(1, allowed) : allowed;
}
