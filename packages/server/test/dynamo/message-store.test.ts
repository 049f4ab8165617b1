import { describeMessageStore } from '../../../core/test/ports/message-store-contract.ts';
import { onEveryEngine } from '../support/dynamo-engines.ts';
import { dynamoStores } from '../support/dynamo-stores.ts';

onEveryEngine('DynamoDB', dynamoStores, describeMessageStore);
