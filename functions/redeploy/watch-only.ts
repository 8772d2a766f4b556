import type { StepOutcome } from '../../shared/domain/plan/step.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';

/** An installation that may not change ECS plans all the same, and leaves the rest to AWS. */
export const watchOnly = (policy: Policy): Policy => ({ ...policy, maintenance: notifying(policy.maintenance) });

const notifying = ({ windows, ...maintenance }: Maintenance): Maintenance => ({
  ...maintenance,
  windows: windows.map((window) => (window.mode === 'off' ? window : { ...window, mode: 'notify' })),
});

/** Somebody ordered it all the same. */
export const refuse = async (): Promise<StepOutcome> => ({
  status: 'failed',
  because: 'This installation may not change ECS: its parameter Redeployments is no.',
  retryable: false,
});
