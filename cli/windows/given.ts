import { days, type Instant } from '../../shared/domain/instant.ts';
import type { WindowSubject } from '../../shared/domain/windows/audience.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import { parseDuration } from '../../shared/parse/configuration-windows-duration.ts';
import { parseIsoInstant } from '../../shared/parse/instant-text.ts';
import { policyIn, readDocument } from '../config/file.ts';
import { type Terminal, UsageError } from '../terminal.ts';

/** What was given on the command line, as text. */
export interface Given {
  readonly config?: string | undefined;
  readonly service?: string | undefined;
  readonly select?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly days?: string | undefined;
  readonly at?: string | undefined;
  readonly json?: boolean | undefined;
  readonly 'wait-days'?: string | undefined;
  readonly expected?: string | undefined;
  readonly 'event-windows'?: boolean | undefined;
  readonly window?: string | undefined;
  readonly target?: readonly string[] | undefined;
  readonly 'with-aws'?: boolean | undefined;
  readonly region?: string | undefined;
}

export type ReadMaintenance =
  | { readonly status: 'valid'; readonly maintenance: Maintenance }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

export async function readMaintenance(file: string, terminal: Terminal): Promise<ReadMaintenance> {
  const read = await readDocument(file, terminal);
  return read.status === 'valid' ? { status: 'valid', maintenance: policyIn(read.document).maintenance } : read;
}

/** An ISO 8601 instant, of which seconds may be left out, or a day in UTC. Throws a UsageError for anything else. */
export function instantIn(text: string, option: string): Instant {
  const whole = text.replace(/^(.{10})$/, '$1T00:00:00Z').replace(/^(.{10}T\d\d:\d\d)(?=Z|[+-])/, '$1:00');
  const at = parseIsoInstant(whole);
  if (at === undefined) throw new UsageError(`${option} takes an instant such as 2026-11-25T01:00:00Z`);
  return at;
}

export function countIn(text: string, option: string, most: number): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= most)) throw new UsageError(`${option} takes a whole number, at most ${most}`);
  return count;
}

/** Milliseconds. */
export function durationIn(text: string, option: string): number {
  const duration = parseDuration(text);
  if (duration === undefined || duration > days(7))
    throw new UsageError(`${option} takes a duration such as 30m or PT1H`);
  return duration;
}

/** The service that was asked about, or `undefined` for none. Throws a UsageError where an answer could be wrong. */
export function subjectIn({ service, select = [] }: Given, maintenance: Maintenance): WindowSubject | undefined {
  if (service === undefined && select.length === 0) return undefined;
  const [cluster, name, ...rest] = service?.split('/') ?? [];
  if (service !== undefined && (!cluster || !name || rest.length > 0)) {
    throw new UsageError('--service takes CLUSTER/SERVICE');
  }
  const subject = select.reduce(withField, {
    account: '',
    region: '',
    cluster: cluster ?? '',
    tags: {},
    ...(name && { service: name }),
  });
  const selectors = [...maintenance.windows, ...maintenance.freezes].map((rule) => rule.select);
  if (subject.account === '' && selectors.some(({ accounts }) => accounts !== undefined)) throw missing('account');
  if (subject.region === '' && selectors.some(({ regions }) => regions !== undefined)) throw missing('region');
  return subject;
}

const missing = (field: string): UsageError =>
  new UsageError(`the document asks for the ${field}: give --select ${field}=…`);

/** `tag:team=payments`, or `region=eu-west-1`. */
function withField(subject: WindowSubject, pair: string): WindowSubject {
  const [, tag, field, value = ''] = /^(?:tag:([^=]+)|(account|region|cluster|service))=(.*)$/.exec(pair) ?? [];
  if (tag !== undefined) return { ...subject, tags: { ...subject.tags, [tag]: value } };
  if (field === undefined) throw new UsageError('--select takes account=, region=, cluster=, service= or tag:NAME=');
  return { ...subject, [field]: value };
}
