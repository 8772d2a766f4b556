import { createMemoryRecordStore } from '../../../shared/effects/stores/memory-record-store.ts';
import { describeRecordStore } from './record-store-contract.ts';

describeRecordStore('memory', async (clock) => createMemoryRecordStore({ clock }));
