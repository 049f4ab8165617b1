import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { createMessagesTable } from '../../dev/messages-table.ts';
import { dynamoClient } from '../../src/messages/dynamo-client.ts';
import { dynamoStore } from '../../src/messages/dynamo-store.ts';
import type { MessageStore } from '../../src/messages/store.ts';
import { dynamodbLocal } from '../support/dynamodb-local.ts';
import { describeMessageStore } from './store-contract.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const storeAt = (endpoint: string) =>
  dynamoStore(dynamoClient({ region: 'local', endpoint }), { table }, () => new Date());

const onDynalite = storeAt(dynalite);
describeMessageStore('dynamoStore on dynalite', async () => onDynalite);

describe('connected', () => {
  let local: Awaited<ReturnType<typeof dynamodbLocal>> = { reason: 'not started' };
  let store: MessageStore;

  beforeAll(async () => {
    local = await dynamodbLocal();
    if ('engine' in local) {
      console.log(`DynamoDB contract suite served by: ${local.engine}`);
      await createMessagesTable(local.endpoint, table);
      store = storeAt(local.endpoint);
    } else console.warn(`DynamoDB contract suite NOT RUN on DynamoDB Local: ${local.reason}`);
  }, 180_000);
  beforeEach(({ skip }) => skip('reason' in local, 'reason' in local ? local.reason : ''));
  afterAll(async () => {
    if ('close' in local) await local.close();
  });

  describeMessageStore('dynamoStore on DynamoDB Local', async () => store);
});
