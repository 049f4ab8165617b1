import { describeConversationStore } from '../../../core/test/ports/conversation-store-contract.ts';
import { onEveryEngine } from '../support/dynamo-engines.ts';
import { dynamoStores } from '../support/dynamo-stores.ts';

onEveryEngine('DynamoDB', dynamoStores, describeConversationStore);
