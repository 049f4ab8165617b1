import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { onEveryEngine } from '../support/engines.ts';
import { describeMessageStore } from './store-contract.ts';

onEveryEngine('dynamoStore', (client, table) => dynamoStore(client, { table }, () => new Date()), describeMessageStore);
