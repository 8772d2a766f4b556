import { expect, it } from 'vitest';
import { createMemoryAuditStore } from '../../../shared/effects/stores/memory-audit-store.ts';
import { anEntry, describeAuditStore, NOW } from './audit-store-contract.ts';

describeAuditStore('memory', async (clock) => createMemoryAuditStore({ clock }));

it('hands out copies: changing one changes nothing kept', async () => {
  const store = createMemoryAuditStore({ clock: () => NOW });
  await store.append(anEntry());
  Object.assign((await store.listRecent(1))[0] ?? {}, { by: 'U0EVE' });
  expect(await store.listRecent(1)).toEqual([anEntry()]);
});
