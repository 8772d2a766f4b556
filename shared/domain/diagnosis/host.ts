import type { HostHealthChanged } from '../signal.ts';
import type { CauseId } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';
import { headingOf } from './heading.ts';

const CAUSE_OF_CHECK: ReadonlyMap<string, CauseId> = new Map([
  ['AGENT_CONNECTIVITY', 'platform/agent-disconnected'],
  ['CONTAINER_RUNTIME', 'platform/runtime-failure'],
  ['ACCELERATED_COMPUTE', 'config/gpu-runtime'],
]);

/**
 * What ECS itself finds wrong with a container instance. The types of its checks say all there is; no rule reads them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_health_events.html
 */
export function diagnoseHost({ ec2InstanceId, host, impairments }: HostHealthChanged): Diagnosis {
  const cause = impairments.flatMap(({ type }) => CAUSE_OF_CHECK.get(type) ?? [])[0] ?? 'platform/unspecified-failure';
  const name = ec2InstanceId ?? host;
  const checks = impairments.map(({ type }) => type).join(', ') || 'its health';
  return {
    ...headingOf(cause),
    confidence: cause === 'platform/unspecified-failure' ? 'unclear' : 'certain',
    benign: false,
    severity: 'high',
    summary: `ECS finds instance ${name} impaired (${checks}); it starts no tasks there and may replace those it runs.`,
    fix: [
      `Look at the instance: system log, agent log (/var/log/ecs/ecs-agent.log), disk and memory of ${name}.`,
      'If it does not come back by itself, drain it and let the Auto Scaling group or ECS replace it.',
    ],
    evidence: impairments.map(({ type, reason }) => ({ field: `healthChecks[${type}]`, text: reason ?? 'IMPAIRED' })),
  };
}
