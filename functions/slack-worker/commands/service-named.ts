import type { AnnouncedRecord } from '../../../shared/domain/incident.ts';
import { nameFrom, type Place, type ServiceRef, serviceArn } from '../../../shared/domain/place.ts';
import { parseServiceArn } from '../../../shared/parse/arn.ts';
import type { Misuse } from './command.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const NAME = /^[\w-]{1,255}$/;

/** A name elsewhere may take 500 characters, and mostly takes 60. */
const MOST_NAMES = 8;

/** `111122223333/eu-west-1/` before a name. */
const ELSEWHERE = /^(\d{12})\/([a-z\d-]{1,32})\//;

/**
 * The service of `CLUSTER/SERVICE`, which is at home, of `ACCOUNT/REGION/CLUSTER/SERVICE` or of an ARN; `undefined` for
 * anything else. Names hold no pattern.
 */
export function serviceIn(text: string, home: Place): ServiceRef | undefined {
  const ref = text.startsWith('arn:') ? parseServiceArn(text) : serviceByName(text, home);
  return ref !== undefined && NAME.test(ref.cluster) && NAME.test(ref.service) ? ref : undefined;
}

function serviceByName(text: string, home: Place): ServiceRef | undefined {
  const [there = '', account = home.account, region = home.region] = ELSEWHERE.exec(text) ?? [];
  const [cluster = '', service = '', ...rest] = text.slice(there.length).split('/');
  return rest.length === 0 ? { partition: home.partition, account, region, cluster, service } : undefined;
}

/**
 * The service that somebody means by its whole name, an ARN, or the name alone where only one of `records` is about a service
 * of that name. `CLUSTER/SERVICE` is at home unless `records` are about one elsewhere; about several it has to be said which.
 */
export function serviceNamed(text: string, home: Place, records: readonly AnnouncedRecord[]): ServiceRef | Misuse {
  const whole = serviceIn(text, home);
  if (whole !== undefined) return isNamedWhole(text) ? whole : (oneOf(sameName(whole, records), home) ?? whole);
  if (!NAME.test(text)) return { misuse: `“${text}” is not the name of a service: give it as CLUSTER/SERVICE.` };
  const same = distinct(records).filter(({ service }) => service === text);
  return (
    oneOf(same, home) ?? {
      misuse: `Nothing open is about a service called ${text}: give its cluster too, as CLUSTER/${text}.`,
    }
  );
}

const isNamedWhole = (text: string): boolean => text.startsWith('arn:') || ELSEWHERE.test(text);

const sameName = ({ cluster, service }: ServiceRef, records: readonly AnnouncedRecord[]): readonly ServiceRef[] =>
  distinct(records).filter((ref) => ref.cluster === cluster && ref.service === service);

const distinct = (records: readonly AnnouncedRecord[]): readonly ServiceRef[] => [
  ...new Map(records.flatMap(servicesOf).map((ref) => [serviceArn(ref), ref])).values(),
];

/** The one that there is; of several, which to choose from; `undefined` of none. */
function oneOf(same: readonly ServiceRef[], home: Place): ServiceRef | Misuse | undefined {
  const [only, ...others] = same;
  if (only === undefined || others.length === 0) return only;
  const names = same.map((ref) => nameFrom(home, ref)).toSorted();
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return {
    misuse: `There are several services called ${only.service}: give one of ${names.slice(0, MOST_NAMES).join(', ')}${more}.`,
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
