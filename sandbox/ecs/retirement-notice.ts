import { createHash } from 'node:crypto';
import { COMPANY } from '../estate/company.ts';
import type { Random } from '../random.ts';

/** What AWS Health tells of a retirement. Services and tasks of none come in events of their own, as AWS sends them. */
export interface NoticeSpec {
  /** `CLUSTER|SERVICE`. */
  readonly services?: readonly string[];
  /** ARNs of tasks of no service. */
  readonly tasks?: readonly string[];
  /** When AWS begins. Instants are milliseconds since 1970. */
  readonly startsAt: number;
  /** Told in the description where it is given: tasks that are launched later are on the new revision. */
  readonly boundary?: number;
  /** When the notice is delivered. */
  readonly at: number;
  /** Names on a page; all by default. AWS splits at 256 KB. */
  readonly pageSize?: number;
  /** Every page as often; once by default. */
  readonly copies?: number;
  /** Also to this Region, marked as a backup copy. */
  readonly backupRegion?: string;
  /** Tells notices about the same things apart. */
  readonly serial?: number;
  /** `upcoming` by default; `closed` is what AWS sends at the end. */
  readonly statusCode?: 'upcoming' | 'open' | 'closed';
}

/**
 * Events for the bus.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-maintenance.html
 * https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export const retirementNotices = (spec: NoticeSpec, random: Random): readonly object[] =>
  [
    { names: spec.services ?? [], text: servicesText(spec), actionability: 'INFORMATIONAL' },
    { names: spec.tasks ?? [], text: tasksText(spec), actionability: 'ACTION_REQUIRED' },
  ].flatMap((content) => (content.names.length === 0 ? [] : noticeOf(content, spec, random)));

interface Content {
  readonly names: readonly string[];
  readonly text: string;
  readonly actionability: string;
}

const CODE = 'AWS_ECS_TASK_PATCHING_RETIREMENT';

function noticeOf(content: Content, spec: NoticeSpec, random: Random): readonly object[] {
  const size = spec.pageSize ?? content.names.length;
  const pages = Array.from({ length: Math.ceil(content.names.length / size) }, (_, index) =>
    content.names.slice(index * size, (index + 1) * size),
  );
  const id = createHash('sha256')
    .update(`${spec.serial ?? 0} ${content.names.join()}`)
    .digest('hex')
    .slice(0, 16);
  const regions = [COMPANY.region, ...(spec.backupRegion === undefined ? [] : [spec.backupRegion])];
  return pages.flatMap((names, index) =>
    regions.flatMap((region) =>
      Array.from({ length: spec.copies ?? 1 }, () => ({
        version: '0',
        id: random.uuid(),
        'detail-type': 'AWS Health Event',
        source: 'aws.health',
        account: COMPANY.account,
        time: `${new Date(spec.at).toISOString().slice(0, 19)}Z`,
        region,
        resources: names,
        detail: {
          ...detailOf(content, spec, { id, names }),
          communicationId: `${id}${id}-${index + 1}`,
          page: String(index + 1),
          totalPages: String(pages.length),
          backupEvent: String(region !== COMPANY.region),
        },
      })),
    ),
  );
}

function detailOf(
  { text, actionability }: Content,
  { startsAt, at, statusCode }: NoticeSpec,
  { id, names }: { readonly id: string; readonly names: readonly string[] },
): object {
  const lastUpdatedTime = healthTime(at);
  return {
    eventArn: `arn:${COMPANY.partition}:health:${COMPANY.region}::event/ECS/${CODE}/${CODE}_${id}`,
    service: 'ECS',
    eventTypeCode: CODE,
    eventTypeCategory: 'scheduledChange',
    eventScopeCode: 'ACCOUNT_SPECIFIC',
    startTime: healthTime(startsAt),
    lastUpdatedTime,
    statusCode: statusCode ?? 'upcoming',
    eventRegion: COMPANY.region,
    eventDescription: [{ language: 'en_US', latestDescription: text }],
    affectedEntities: names.map((entityValue) => ({
      entityValue,
      lastUpdatedTime,
      status: statusCode === 'closed' ? 'RESOLVED' : 'IMPAIRED',
    })),
    affectedAccount: COMPANY.account,
    personas: ['OPERATIONS'],
    actionability,
  };
}

/** `Tue, 24 Nov 2026 10:00:00 GMT`. */
const healthTime = (instant: number): string => new Date(instant).toUTCString();

const boundaryText = ({ boundary }: NoticeSpec): string =>
  boundary === undefined
    ? ''
    : ` Tasks launched after ${healthTime(boundary)} were launched on the new platform version revision.`;

const servicesText = (spec: NoticeSpec): string =>
  `A newer revision of the AWS Fargate platform is available. From ${healthTime(spec.startsAt)} the tasks of the services under "Affected resources" are replaced, as the deployment configuration of each service allows.${boundaryText(spec)}\\n\\nTo replace them at a time of your choice, update the service with a forced new deployment before then.`;

const tasksText = (spec: NoticeSpec): string =>
  `The tasks under "Affected resources" do not belong to a service. They are stopped on or after ${healthTime(spec.startsAt)} and are not started again.${boundaryText(spec)}`;
