import { MODE_TAG } from '../../shared/domain/plan/allowance.ts';
import { nameOf } from '../../shared/domain/plan/plan.ts';
import { ALERTS_TAG, CHANNEL_TAG } from '../../shared/domain/routing.ts';
import type { SweptService } from '../../shared/domain/watchdog-service.ts';
import { WINDOW_TAG } from '../../shared/domain/windows/audience.ts';
import { type Maintenance, MODES } from '../../shared/domain/windows/maintenance.ts';
import { suggestion } from '../../shared/parse/nearest.ts';
import { shorten } from '../../shared/render/escape.ts';
import { listing, plural } from '../../shared/render/listing.ts';
import { type Finding, notChecked, ok, warn } from './finding.ts';
import type { ReadServices } from './services.ts';

/** Tags of ours begin so. */
const OWN = 'slackwater:';

/** What each tag of a service may say: what is wrong with a value, or nothing. Windows by name, where they are known. */
const RULES: Readonly<Record<string, (value: string, windows: readonly string[] | undefined) => string | undefined>> = {
  [CHANNEL_TAG]: (value) => (/^[CGD][A-Z0-9]{2,}$/.test(value) ? undefined : 'is not the id of a channel (C0123ABCD)'),
  [ALERTS_TAG]: (value) => (/^(on|off)$/i.test(value) ? undefined : 'is neither on nor off, and so counts as on'),
  [MODE_TAG]: (value) =>
    MODES.some((mode) => mode === value)
      ? undefined
      : `is none of ${MODES.join(', ')}, and so counts as approve${suggestion(value, MODES)}`,
  [WINDOW_TAG]: (value, windows) =>
    value === '' || windows === undefined || windows.includes(value)
      ? undefined
      : `names no window, so that nothing is replaced${suggestion(value, windows)}`,
};

const KNOWN = Object.keys(RULES);

/** Whether the tags by which owners decide for their services are understood. The same slip on many services is one line. */
export function checkTags({ services }: ReadServices, maintenance: Maintenance | undefined): readonly Finding[] {
  const windows = maintenance?.windows.map(({ name }) => name);
  const tagged = services.flatMap(ownTags);
  if (services.length === 0) return [notChecked('service-tags', 'no service was read')];
  const slips = Map.groupBy(
    tagged.flatMap((tag) => slipIn(tag, windows)),
    ({ sentence }) => sentence,
  );
  if (slips.size === 0)
    return [ok('service-tags', `${plural(tagged.length, 'tag')} of Slackwater on services, none misunderstood`)];
  return [...slips].map(([sentence, same]) =>
    warn('service-tags', `${sentence}: ${listing(same.map(({ on }) => on))}`, 'mend the tag of the service in ECS'),
  );
}

interface Tag {
  readonly on: string;
  readonly name: string;
  readonly value: string;
}

const ownTags = (service: SweptService): readonly Tag[] =>
  Object.entries(service.facts.tags)
    .filter(([name]) => name.toLowerCase().startsWith(OWN))
    .map(([name, value]) => ({ on: nameOf(service), name, value: value.trim() }));

function slipIn({ on, name, value }: Tag, windows: readonly string[] | undefined) {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule === undefined)
    return [{ on, sentence: `there is no tag ${shorten(name, 80)} for services${suggestion(name, KNOWN)}` }];
  const problem = rule(value, windows);
  return problem === undefined ? [] : [{ on, sentence: `${name} "${shorten(value, 60)}" ${problem}` }];
}
