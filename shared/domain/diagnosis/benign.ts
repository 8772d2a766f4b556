import type { Finding } from './finding.ts';
import type { Observed } from './observed.ts';

/**
 * Nobody has to act. Independent of the cause: a job that ends with 0 did its work, a service that does so did not.
 * Spot interruptions and maintenance are not benign, because capacity was taken away that nobody gave up.
 */
export function isBenign(finding: Finding, observed: Observed): boolean {
  if (finding.benign || finding.cause.startsWith('lifecycle/')) return true;
  const isJob = observed.kind === 'task' && observed.belongsToService !== true;
  return finding.cause === 'app/exited-zero' && isJob;
}
