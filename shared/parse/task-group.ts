import type { TaskGroup } from '../domain/signal.ts';

/**
 * What started a task, from its `group`: `service:NAME`, `family:FAMILY`, or any text that RunTask was given. A task
 * without a group is in that of its family, which is the default of RunTask.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function parseTaskGroup(group: string | undefined, family: string): TaskGroup {
  if (group === undefined) return { kind: 'family', family };
  const [, kind, name] = /^(service|family):(.+)$/s.exec(group) ?? [];
  if (!name) return { kind: 'custom', name: group };
  return kind === 'service' ? { kind, service: name } : { kind: 'family', family: name };
}
