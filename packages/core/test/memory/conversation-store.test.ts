import { describeConversationStore } from '../ports/conversation-store-contract.ts';
import { memoryStores } from '../support/memory-stores.ts';

const stores = memoryStores();

describeConversationStore('memory', async () => stores);
