import type { KnownBlock } from '@slack/types';
import { serviceArn } from '../domain/place.ts';
import { nameOf, type Plan, type PlannedService } from '../domain/plan/plan.ts';
import { shortHash } from '../domain/short-hash.ts';
import { utcMinute } from '../domain/utc.ts';
import { groupList } from './blocks.ts';
import { inWords } from './duration.ts';
import { plural } from './listing.ts';
import type { Option } from './modal-inputs.ts';

/** An ARN is longer than the value of an option may be. */
export const serviceValue = ({ at }: Pick<PlannedService, 'at'>): string => shortHash(serviceArn(at));

/** The services that `values` stand for. */
export const servicesOfValues = (
  services: readonly PlannedService[],
  values: readonly string[],
): readonly PlannedService[] => services.filter((service) => values.includes(serviceValue(service)));

export const serviceOption = (service: PlannedService): Option => ({
  value: serviceValue(service),
  text: nameOf(service),
  ...(service.work && {
    more: `${service.work.old} of ${plural(service.work.of, 'task')} old, ${service.verdict.kind}`,
  }),
});

/** So many are described; the others can be chosen all the same. */
const DESCRIBED = 25;

/**
 * What somebody agrees to who agrees to these services: what runs, what would be released in its place, when it may
 * begin, and what preflight has to say.
 */
export function termsBlocks(services: readonly PlannedService[], plan: Pick<Plan, 'id'>): readonly KnownBlock[] {
  const left = services.length - DESCRIBED;
  const more = `${plural(left, 'more service')}: "slackwater plan show ${plan.id}" has their terms`;
  return [
    ...services
      .slice(0, DESCRIBED)
      .map((service) => groupList({ title: nameOf(service), entries: entriesOf(service) })),
    ...(left > 0 ? [groupList({ title: 'Further services', entries: [{ text: more }] })] : []),
  ];
}

function entriesOf({ work, verdict }: PlannedService) {
  if (work === undefined) return [{ text: verdict.because }];
  const { old, of, strategy, revision, expected, digests, checks, slot } = work;
  const runs = Object.entries(digests).map(([container, digest]) => ({
    term: `${container} runs`,
    text: digest.slice(0, DIGEST_LENGTH),
  }));
  return [
    { text: `${old} of ${plural(of, 'task')} replaced by ${revision}, ${strategy}, about ${inWords(expected.length)}` },
    ...(slot === undefined
      ? []
      : [{ term: 'opens', text: `${utcMinute(slot.opens)} (${slot.windows.join(' and ')})` }]),
    ...runs,
    ...checks.map(({ answer, because }) => ({ term: answer, text: because })),
  ];
}

/** As long as preflight says digests, so that the two can be compared. */
const DIGEST_LENGTH = 'sha256:'.length + 12;
