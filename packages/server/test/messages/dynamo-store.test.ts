import { onEveryEngine } from '../support/engines.ts';
import { dynamoStores } from '../turns/ports.ts';
import { describeMessageStore } from './store-contract.ts';

onEveryEngine('DynamoDB', dynamoStores, describeMessageStore);
