import { onEveryEngine } from '../support/engines.ts';
import { dynamoStores } from '../turns/ports.ts';
import { describeConversationStore } from './conversations-contract.ts';

onEveryEngine('DynamoDB', dynamoStores, describeConversationStore);
