import { describeConversationStore } from '../../../core/test/ports/conversation-store-contract.ts';
import { onEveryEngine } from '../support/dynamo/dynamo-engines.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';

onEveryEngine('DynamoDB', dynamoStores, describeConversationStore);
