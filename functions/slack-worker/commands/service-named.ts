import type { AnnouncedRecord } from '../../../shared/domain/incident.ts';
import { type Place, type ServiceRef, serviceArn } from '../../../shared/domain/place.ts';
import { parseServiceArn } from '../../../shared/parse/arn.ts';
import { listing } from '../../../shared/render/listing.ts';
import type { Misuse } from './command.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const NAME = /^[\w-]{1,255}$/;

/** The service of `CLUSTER/SERVICE` or of an ARN; `undefined` for anything else. Names hold no pattern. */
export function serviceIn(text: string, home: Place): ServiceRef | undefined {
  const [cluster = '', service = '', ...rest] = text.split('/');
  const ref = text.startsWith('arn:') ? parseServiceArn(text) : { ...home, cluster, service };
  const isWhole = ref !== undefined && NAME.test(ref.cluster) && NAME.test(ref.service);
  return isWhole && (text.startsWith('arn:') || rest.length === 0) ? ref : undefined;
}

/**
 * The service that somebody means by `CLUSTER/SERVICE`, an ARN, or the name alone where only one of `records` is about a
 * service of that name.
 */
export function serviceNamed(text: string, home: Place, records: readonly AnnouncedRecord[]): ServiceRef | Misuse {
  const whole = serviceIn(text, home);
  if (whole !== undefined) return whole;
  if (!NAME.test(text)) return { misuse: `“${text}” is not the name of a service: give it as CLUSTER/SERVICE.` };
  const known = new Map(records.flatMap(servicesOf).map((ref) => [serviceArn(ref), ref]));
  const same = [...known.values()].filter(({ service }) => service === text);
  const [only] = same;
  if (only !== undefined && same.length === 1) return only;
  return {
    misuse:
      same.length > 1
        ? `There are several services called ${text}: give one of ${listing(same.map(({ cluster }) => `${cluster}/${text}`))}.`
        : `Nothing open is about a service called ${text}: give its cluster too, as CLUSTER/${text}.`,
  };
}

function servicesOf(record: AnnouncedRecord): readonly ServiceRef[] {
  if (record.kind === 'notice') return record.entities.flatMap((one) => (one.kind === 'service' ? [one.at] : []));
  if (record.kind !== 'incident') return [];
  const { subject } = record;
  return subject.kind === 'service' || subject.kind === 'deployment'
    ? [{ ...subject.at, service: subject.service }]
    : [];
}

export const subjectOf = ({ service, ...at }: ServiceRef) => ({ kind: 'service', at, service }) as const;

export const nameOf = ({ cluster, service }: ServiceRef): string => `${cluster}/${service}`;
