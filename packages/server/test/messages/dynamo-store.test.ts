import { dynamoStore } from '../../src/messages/dynamo-store.ts';
import { onEveryEngine } from '../support/engines.ts';
import { describeMessageStore } from './store-contract.ts';

onEveryEngine('dynamoStore', (client, table) => dynamoStore(client, { table }, () => new Date()), describeMessageStore);
