import { describeMessageStore } from '../ports/message-store-contract.ts';
import { memoryStores } from '../support/memory-stores.ts';

const stores = memoryStores();

describeMessageStore('memory', async () => stores);
