import { describeTurnStore } from '../../../core/test/ports/turn-store-contract.ts';
import { onEveryEngine } from '../support/dynamo/dynamo-engines.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';

onEveryEngine('DynamoDB', dynamoStores, describeTurnStore);
