import * as v from 'valibot';
import { DESTINATIONS, MENTIONS } from './configuration-audience.ts';
import { SELECTOR, SEVERITY } from './configuration-selector.ts';
import { MUTE, QUIET_HOURS } from './configuration-times.ts';
import { exact, listUpTo, step, textUpTo, wholeBetween } from './document-shape.ts';

const ROUTE = exact({
  name: textUpTo(80),
  when: v.exactOptional(SELECTOR),
  to: DESTINATIONS,
  mention: v.exactOptional(MENTIONS),
  lowestSeverity: v.exactOptional(SEVERITY),
  last: v.exactOptional(v.boolean('true or false')),
});

const ROUTES = v.pipe(
  listUpTo(100, ROUTE),
  v.rawCheck(({ dataset, addIssue }) => {
    const routes: unknown = dataset.value;
    if (!Array.isArray(routes)) return;
    const seen = new Set<string>();
    for (const [index, entry] of routes.entries()) {
      const name: unknown = entry?.name;
      if (typeof name !== 'string') continue;
      if (seen.has(name)) addIssue({ message: 'a name that no route before has', path: [step(index), step('name')] });
      seen.add(name);
    }
  }),
);

/** The whole document, as docs/configuration.md tells it. Keys are public. */
export const DOCUMENT = exact({
  version: v.literal(1, 'the number 1'),
  defaults: v.exactOptional(exact({ to: DESTINATIONS, mention: v.exactOptional(MENTIONS) })),
  lowestSeverity: v.exactOptional(SEVERITY),
  routes: v.exactOptional(ROUTES),
  // Each is looked at for every problem of low severity, and asks for the local time.
  quietHours: v.exactOptional(listUpTo(20, QUIET_HOURS)),
  mutes: v.exactOptional(listUpTo(200, MUTE)),
  storm: v.exactOptional(
    exact({ incidents: v.exactOptional(wholeBetween(1, 1_000)), minutes: v.exactOptional(wholeBetween(1, 60)) }),
  ),
  repeatAfterHours: v.exactOptional(wholeBetween(0, 168)),
  quietAfterHours: v.exactOptional(wholeBetween(1, 168)),
  holdDownMinutes: v.exactOptional(wholeBetween(0, 60)),
});

export type ConfigurationDocument = v.InferOutput<typeof DOCUMENT>;
