import * as v from 'valibot';
import { ACCOUNTS } from './configuration-accounts.ts';
import { DESTINATIONS, MENTIONS } from './configuration-audience.ts';
import { CHAT } from './configuration-chat.ts';
import { SELECTOR, SEVERITY } from './configuration-selector.ts';
import { MUTE, QUIET_HOURS } from './configuration-times.ts';
import { FREEZES, MAINTENANCE, WINDOWS } from './configuration-windows.ts';
import { exact, listUpTo, oneOf, partsOf, step, textUpTo, wholeBetween } from './document-shape.ts';

const ROUTE = exact({
  name: textUpTo(80),
  when: v.exactOptional(SELECTOR),
  to: DESTINATIONS,
  mention: v.exactOptional(MENTIONS),
  lowestSeverity: v.exactOptional(SEVERITY),
  last: v.exactOptional(v.boolean('true or false')),
});

/** The list, and a problem for every name, or whatever else tells entries apart, that an entry before has. */
const named = <const Entries extends v.GenericSchema<unknown, readonly unknown[]>>(
  entries: Entries,
  what: string,
  key: 'name' | 'id' = 'name',
) =>
  v.pipe(
    entries,
    v.rawCheck(({ dataset, addIssue }) => {
      const list: unknown = dataset.value;
      if (!Array.isArray(list)) return;
      const seen = new Set<string>();
      for (const [index, entry] of list.entries()) {
        const name = partsOf(entry)[key];
        if (typeof name !== 'string') continue;
        if (seen.has(name))
          addIssue({
            message: `${key === 'id' ? 'an id' : 'a name'} that no ${what} before has`,
            path: [step(index), step(key)],
          });
        seen.add(name);
      }
    }),
  );

/** The whole document, as docs/configuration.md tells it. Keys are public. */
export const DOCUMENT = exact({
  version: v.literal(1, 'the number 1'),
  defaults: v.exactOptional(exact({ to: DESTINATIONS, mention: v.exactOptional(MENTIONS) })),
  lowestSeverity: v.exactOptional(SEVERITY),
  accounts: v.exactOptional(named(ACCOUNTS, 'account', 'id')),
  routes: v.exactOptional(named(listUpTo(100, ROUTE), 'route')),
  // Each is looked at for every problem of low severity, and asks for the local time.
  quietHours: v.exactOptional(listUpTo(20, QUIET_HOURS)),
  mutes: v.exactOptional(listUpTo(200, MUTE)),
  windows: v.exactOptional(named(WINDOWS, 'window')),
  freezes: v.exactOptional(named(FREEZES, 'freeze')),
  maintenance: v.exactOptional(MAINTENANCE),
  redeploy: v.exactOptional(
    exact({
      votes: v.exactOptional(wholeBetween(1, 10)),
      approverIsNotRequester: v.exactOptional(v.boolean('true or false')),
      onDeadline: v.exactOptional(oneOf(['handover', 'autoIfGreen'])),
      bakeMinutes: v.exactOptional(wholeBetween(0, 120)),
    }),
  ),
  chat: v.exactOptional(CHAT),
  storm: v.exactOptional(
    exact({ incidents: v.exactOptional(wholeBetween(1, 1_000)), minutes: v.exactOptional(wholeBetween(1, 60)) }),
  ),
  repeatAfterHours: v.exactOptional(wholeBetween(0, 168)),
  quietAfterHours: v.exactOptional(wholeBetween(1, 168)),
  holdDownMinutes: v.exactOptional(wholeBetween(0, 60)),
});

export type ConfigurationDocument = v.InferOutput<typeof DOCUMENT>;
