import { createMemoryPlanStore } from '../../../shared/effects/stores/memory-plan-store.ts';
import { describePlanStore } from './plan-store-contract.ts';

describePlanStore('memory', async (clock) => createMemoryPlanStore({ clock }));
