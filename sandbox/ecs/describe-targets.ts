import type { TargetGroupDescription } from '../estate/target-groups.ts';
import type { Harbour } from './harbour.ts';
import { targetGroupArn } from './names.ts';
import type { ServiceState } from './service-state.ts';
import { hasStopped, isLive, type Task } from './task.ts';

/** The target group of a service of the harbour. `deregistrationDelay` in seconds. */
export function targetGroupAt(
  harbour: Harbour,
  arn: string,
): (TargetGroupDescription & { readonly deregistrationDelay: number }) | undefined {
  const state = harbour
    .services()
    .find(({ service, settings }) => settings.hasTargets && targetGroupArn(service) === arn);
  if (state === undefined) return undefined;
  return {
    group: {
      TargetGroupArn: arn,
      TargetGroupName: `harbour-${state.service}`,
      Protocol: 'HTTP',
      Port: 8080,
      TargetType: 'ip',
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 10,
      Matcher: { HttpCode: '200-299' },
    },
    targets: targetsOf(state, harbour.seenAt()),
    deregistrationDelay: state.settings.deregistrationDelay / 1_000,
  };
}

/** Tasks are registered when they run, and deregistered when they stop, which shows until they have stopped. */
function targetsOf({ tasks, settings }: ServiceState, t: number): readonly object[] {
  const registered = tasks.filter((task) => task.runningAt <= t && !hasStopped(task, t));
  const [serving, draining] = [
    registered.filter((task) => isLive(task, t)),
    registered.filter((task) => !isLive(task, t)),
  ];
  return [
    ...serving.map((task, index) =>
      index < settings.unhealthyTargets
        ? targetOf(task, { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' })
        : targetOf(task, { State: 'healthy' }),
    ),
    ...draining.map((task) =>
      targetOf(task, {
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      }),
    ),
  ];
}

const targetOf = ({ network }: Task, TargetHealth: object): object => ({
  Target: { Id: network.address, Port: 8080 },
  TargetHealth,
});
