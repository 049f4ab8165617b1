import { describeTurnStore } from '../ports/turn-store-contract.ts';
import { memoryStores } from '../support/memory-stores.ts';

const stores = memoryStores();

describeTurnStore('memory', async () => stores);
