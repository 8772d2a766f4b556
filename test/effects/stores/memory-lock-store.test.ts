import { expect, it } from 'vitest';
import { createMemoryLockStore } from '../../../shared/effects/stores/memory-lock-store.ts';
import { DELIVERED } from '../../support/plans.ts';
import { aLock, describeLockStore } from './lock-store-contract.ts';

describeLockStore('memory', async () => createMemoryLockStore());

it('hands out copies: changing one changes nothing kept', async () => {
  const store = createMemoryLockStore();
  await store.take(aLock(), DELIVERED);
  Object.assign((await store.load())[0] ?? {}, { fence: 99 });
  expect(await store.load()).toEqual([aLock()]);
});
