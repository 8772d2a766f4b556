import type { Routing } from './routing.ts';
import type { Selector } from './selector.ts';

/** Tags by which owners decide for themselves begin so. */
const OWN = 'slackwater:';

/** Of a service's tags those that a decision about who is told may ask for again: few, where a service may have fifty. */
export function routingTags(
  tags: Readonly<Record<string, string>>,
  { rules, quietHours, mutes }: Routing,
): Readonly<Record<string, string>> {
  const selectors: readonly Selector[] = [...rules, ...quietHours, ...mutes].map(({ when }) => when);
  const asked = new Set(selectors.flatMap((selector) => Object.keys(selector.tags ?? {})));
  return Object.fromEntries(Object.entries(tags).filter(([name]) => name.startsWith(OWN) || asked.has(name)));
}
