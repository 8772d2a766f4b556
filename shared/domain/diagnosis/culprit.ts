import type { ObservedContainer } from './observed.ts';

/** A container with the path that evidence names it by: `containers[app]`, or its index when it has no name. */
export interface Suspect {
  readonly path: string;
  readonly container: ObservedContainer;
}

/**
 * Sidecars that AWS adds to a task: GuardDuty, the Fargate supervisor, Service Connect, the pause container. They stop
 * in the wake of the others and nobody can fix them.
 */
const MANAGED = /^(?:aws-gd-agent|aws-guardduty-agent|aws-fargate-supervisor|ecs-service-connect|~internal~)/i;

/** The containers that may have ended the task, the likeliest first. Essential ones leave no room for others. */
export function suspects(containers: readonly ObservedContainer[]): readonly Suspect[] {
  const own = containers
    .map((container, index) => ({ path: `containers[${container.name ?? index}]`, container }))
    .filter(({ container }) => !MANAGED.test(container.name ?? ''));
  const essential = own.filter(({ container }) => container.isEssential === true);
  const unknown = own.filter(({ container }) => container.isEssential === undefined);
  const others = own.filter(({ container }) => container.isEssential === false);
  return essential.some(showsSomething) ? essential : [...essential, ...unknown, ...others];
}

const showsSomething = ({ container }: Suspect): boolean =>
  container.exitCode !== undefined || (container.reason ?? '') !== '';

/**
 * The container whose exit code decides. ECS sends SIGTERM, and later SIGKILL, to the others as soon as an essential
 * one ends, so 143 and 137 may be consequences; a code of the program itself never is. Success beside 143 is a job
 * that ended first; success beside 137 proves nothing, so the failure is shown.
 */
export function firstToEnd(candidates: readonly Suspect[]): Suspect | undefined {
  const ended = candidates.filter(({ container }) => container.exitCode !== undefined);
  const withCode = (test: (code: number) => boolean) =>
    ended.find(({ container }) => container.exitCode !== undefined && test(container.exitCode));
  return (
    withCode((code) => code !== 0 && code !== 137 && code !== 143) ??
    withCode((code) => code === 137) ??
    withCode((code) => code === 0) ??
    withCode((code) => code === 143)
  );
}
