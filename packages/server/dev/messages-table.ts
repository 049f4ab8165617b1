import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { ACTIVITY_INDEX } from '../src/dynamo/keys.ts';

/** The SDK requires credentials, though the emulators check none. */
export const LOCAL_KEYS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** `LOCAL_KEYS` as the environment variables that the SDK reads. */
export const LOCAL_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: LOCAL_KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_KEYS.secretAccessKey,
};

export const localClient = (endpoint: string) =>
  new DynamoDBClient({ region: 'local', endpoint, credentials: LOCAL_KEYS });

/** Creates the table unless it exists. `docs/deploy.md` has the corresponding AWS CLI command. */
export async function createMessagesTable(endpoint: string, TableName: string): Promise<void> {
  const client = localClient(endpoint);
  const { name, partitionKey, sortKey } = ACTIVITY_INDEX;
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: name,
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  await client.send(command).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName });
  client.destroy();
}
