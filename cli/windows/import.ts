import { seconds } from '../../shared/domain/instant.ts';
import { COVERAGE_AHEAD } from '../../shared/domain/windows/coverage.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import { budgetOf } from '../../shared/effects/budget.ts';
import { createSsmWindows } from '../../shared/effects/ssm-windows.ts';
import { createTransientSsmWindowMemory } from '../../shared/effects/stores/ssm-window-memory.ts';
import { requireCredentials } from '../account.ts';
import { createCliClients } from '../clients.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import type { Given } from './given.ts';

/** A person waits: longer than a function would. */
const TIMEOUT = seconds(30);

/**
 * With what AWS Systems Manager opens, read with the caller's credentials. Throws a UsageError without a Region, and an
 * AccountError without credentials; what AWS refuses is told by `unknownOf`.
 */
export async function withSsmWindows(
  maintenance: Maintenance,
  { region }: Given,
  { environment, clock }: Terminal,
): Promise<Maintenance> {
  if (maintenance.windows.every(({ opens }) => opens.kind !== 'ssm')) return maintenance;
  const where = region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!where) throw new UsageError('give the Region of the maintenance windows with --region, or set AWS_REGION');
  const { ssm } = createCliClients(where, environment);
  await requireCredentials(async () => (await ssm()).config.credentials());
  const windows = createSsmWindows({
    ssm,
    memory: createTransientSsmWindowMemory(),
    clock,
    // It is in what comes back.
    report: () => undefined,
    ahead: COVERAGE_AHEAD,
    budget: budgetOf(TIMEOUT),
  });
  return windows.resolve(maintenance);
}
