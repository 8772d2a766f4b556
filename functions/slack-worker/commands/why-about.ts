import type { AnnouncedRecord, Incident } from '../../../shared/domain/incident.ts';
import { clusterArn, type Place, type ServiceRef, type TaskArn, type TaskRef } from '../../../shared/domain/place.ts';
import { parseTaskArn } from '../../../shared/parse/arn.ts';
import type { Misuse } from './command.ts';
import { serviceNamed } from './service-named.ts';

/** What somebody asks about. */
export type WhyAbout =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'task'; readonly ref: TaskRef }
  | { readonly kind: 'service'; readonly ref: ServiceRef };

/** 32 hexadecimal digits, or a UUID for tasks of before 2019. */
const TASK_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * What is meant by an incident's id, a task's ARN, `CLUSTER/TASK-ID`, or a task's id alone where an open incident names it;
 * otherwise the service of that name.
 */
export function whyAbout(text: string, home: Place, records: readonly AnnouncedRecord[]): WhyAbout | Misuse {
  const incidents = records.filter((record) => record.kind === 'incident');
  const task = taskIn(text, home);
  const taskId = task?.taskId ?? text;
  const incident = incidents.find((one) => one.id === text || concerns(one, taskId));
  if (incident !== undefined) return { kind: 'incident', incident };
  if (task !== undefined) return { kind: 'task', ref: task };
  if (/^inc-[0-9a-f]+$/.test(text))
    return { misuse: `${text} is not open. What is over is found by its service: give that, as CLUSTER/SERVICE.` };
  if (TASK_ID.test(text))
    return { misuse: `No open incident names this task: give its cluster too, as CLUSTER/${text}, or its service.` };
  const ref = serviceNamed(text, home, records);
  return 'misuse' in ref ? ref : { kind: 'service', ref };
}

/** The newest of its tasks are kept by their ids. */
export const concerns = ({ tasks, details }: Incident, taskId: string): boolean =>
  details.latestTaskId === taskId || tasks.some(({ id }) => id === taskId);

function taskIn(text: string, home: Place): TaskRef | undefined {
  if (text.startsWith('arn:')) return parseTaskArn(text);
  const [cluster = '', taskId = '', ...rest] = text.split('/');
  if (!/^[\w-]{1,255}$/.test(cluster) || !TASK_ID.test(taskId) || rest.length > 0) return undefined;
  const at = { ...home, cluster };
  // The cast is true by construction: this is the format that AWS documents.
  const arn = `${clusterArn(at).replace(':cluster/', ':task/')}/${taskId}` as TaskArn;
  return { ...at, taskId, arn };
}
