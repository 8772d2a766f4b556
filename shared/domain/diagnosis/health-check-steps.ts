import { type Facts, known, type TargetHealthFacts } from '../facts.ts';

/** Puts what the health check really asks for, and what contradicts it, before the general steps. */
export function healthCheckSteps(
  general: readonly string[],
  health: TargetHealthFacts,
  facts: Facts,
): readonly string[] {
  const grace = graceStep(health, facts);
  const rest =
    grace === undefined ? general : general.filter((step) => !step.includes('healthCheckGracePeriodSeconds'));
  return [portStep(health, facts), askedStep(health), grace, ...rest].filter((step) => step !== undefined);
}

/** `Answer HTTP on port 8080, path /healthz, with 200-299 within 5 s: …`, as far as the values are known. */
function askedStep(health: TargetHealthFacts): string | undefined {
  const { targetGroup, protocol, path, matcher, timeout, interval, unhealthyThreshold } = health;
  if (protocol === undefined) return undefined;
  const port = portsAsked(health).join(' or ');
  const answer = [
    `Answer ${protocol}`,
    port === '' ? '' : ` on port ${port}`,
    path === undefined ? '' : `, path ${path},`,
    matcher === undefined ? '' : ` with ${matcher}`,
    timeout === undefined ? '' : ` within ${timeout} s`,
  ].join('');
  const rhythm = interval === undefined ? '' : ` every ${interval} s`;
  const patience = unhealthyThreshold === undefined ? '' : ` and gives up after ${unhealthyThreshold} failures`;
  return `${answer}: target group ${targetGroup} asks that${rhythm}${patience}.`;
}

/**
 * Only in awsvpc mode, where a task has its own address and the load balancer asks the container's port; in the others
 * the targets' ports are the host's.
 */
function portStep(health: TargetHealthFacts, facts: Facts): string | undefined {
  const definition = known(facts.taskDefinition);
  const mapped = definition?.containers.flatMap(({ containerPorts }) => containerPorts) ?? [];
  const wrong = portsAsked(health).filter((port) => !mapped.includes(port));
  if (definition?.networkMode !== 'awsvpc' || mapped.length === 0 || wrong.length === 0) return undefined;
  return `Make the ports agree: the health check of ${health.targetGroup} asks port ${wrong.join(' and ')}, the task definition maps ${mapped.join(' and ')}.`;
}

/** The health check's own port, or those that the targets are registered with. */
function portsAsked({ port, targets }: TargetHealthFacts): readonly number[] {
  const own = Number(port);
  if (Number.isInteger(own)) return [own];
  return [...new Set(targets.flatMap((target) => target.port ?? []))];
}

/** A target counts as healthy after so many good answers in a row; until then only the grace period protects the task. */
function graceStep({ interval, healthyThreshold }: TargetHealthFacts, facts: Facts): string | undefined {
  const grace = known(facts.service)?.healthCheckGracePeriod;
  if (grace === undefined || interval === undefined || healthyThreshold === undefined) return undefined;
  const needed = interval * healthyThreshold;
  if (grace >= needed) return undefined;
  return `Raise \`healthCheckGracePeriodSeconds\`, now ${grace} s: the start-up and then ${healthyThreshold} checks at ${interval} s, so ${needed} s, pass before a new target is healthy.`;
}
