import type { Place } from '../domain/place.ts';
import { present } from '../domain/present.ts';
import type { AffectedEntity } from '../domain/signal.ts';
import { parseServiceArn, parseTaskArn } from './arn.ts';

/** One affected resource as a Health notice names it. */
export interface RawEntity {
  readonly entityValue: string;
  readonly status?: string | undefined;
}

/**
 * What one value of a Health notice names. Fargate retirements name services as `cluster|service` (with or without
 * spaces, without account or Region) and standalone tasks by ARN or id; other notices name anything.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-maintenance.html
 */
export function parseHealthEntity(raw: RawEntity, affected: Place): AffectedEntity {
  const value = raw.entityValue.trim();
  const status = present({ status: raw.status });
  const service = serviceIn(value, affected);
  if (service) return { kind: 'service', at: service, ...status };
  const task = taskIn(value);
  if (task) return { kind: 'task', ...task, ...status };
  return { kind: 'unknown', value, ...status };
}

/** Every entity once, decided one by one: `listed` first, because only it has a status, then what `resources` adds. */
export function parseHealthEntities(
  listed: readonly RawEntity[],
  resources: readonly string[],
  affected: Place,
): readonly AffectedEntity[] {
  const entities = new Map<string, AffectedEntity>();
  for (const raw of [...listed, ...resources.map((entityValue) => ({ entityValue }))]) {
    const entity = parseHealthEntity(raw, affected);
    const key = entityKey(entity);
    if (!entities.has(key)) entities.set(key, entity);
  }
  return [...entities.values()];
}

function serviceIn(value: string, affected: Place) {
  // Names of clusters and services hold letters, digits, `-` and `_`, so a second `|` is something else.
  const [, cluster, service] = /^([^|\s]+)\s*\|\s*([^|\s]+)$/.exec(value) ?? [];
  return cluster && service ? { ...affected, cluster, service } : parseServiceArn(value);
}

/** A task id: 32 hexadecimal digits, or a UUID before 2019; bare, or in the short ARN that names no cluster. */
const TASK_ID = /^(?:arn:[^/\s]+:ecs:[^/\s]+:task\/)?([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function taskIn(value: string) {
  const task = parseTaskArn(value);
  if (task) {
    const { taskId, arn: _arn, ...cluster } = task;
    return { taskId, cluster };
  }
  const taskId = TASK_ID.exec(value)?.[1];
  return taskId && { taskId };
}

function entityKey(entity: AffectedEntity): string {
  switch (entity.kind) {
    case 'service':
      return `${entity.at.account}/${entity.at.region}/${entity.at.cluster}|${entity.at.service}`;
    case 'task':
      return entity.taskId;
    case 'unknown':
      return `? ${entity.value}`;
  }
}
