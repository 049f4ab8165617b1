import { onEveryEngine } from '../support/engines.ts';
import { dynamoStores } from './ports.ts';
import { describeTurnStore } from './turn-store-contract.ts';

onEveryEngine('DynamoDB', dynamoStores, describeTurnStore);
