import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { createMessagesTable } from '../../../dev/messages-table.ts';
import { dynamoClient } from '../../../src/dynamo/client.ts';
import { CLIENTS, type ClientName } from './clients.ts';
import { dynamodbLocal } from './dynamodb-local.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

type Client = ReturnType<typeof dynamoClient>;

/** Runs the contract suite of an adapter on dynalite with both clients, and on DynamoDB Local if it is available. */
export function onEveryEngine<Port>(
  name: string,
  adapter: (client: Client, table: string) => Port,
  describePort: (name: string, open: () => Promise<Port>) => void,
): void {
  const portAt = (endpoint: string, client?: ClientName) =>
    adapter(dynamoClient({ region: 'local', endpoint, client }), table);

  for (const client of CLIENTS) {
    const onDynalite = portAt(dynalite, client);
    describePort(`${name} on dynalite with the ${client} client`, async () => onDynalite);
  }

  describe('connected', () => {
    let local: Awaited<ReturnType<typeof dynamodbLocal>> = { reason: 'not started' };
    let port: Port;

    beforeAll(async () => {
      local = await dynamodbLocal();
      if ('engine' in local) {
        console.log(`DynamoDB contract suite served by: ${local.engine}`);
        await createMessagesTable(local.endpoint, table);
        port = portAt(local.endpoint);
      } else console.warn(`DynamoDB contract suite NOT RUN on DynamoDB Local: ${local.reason}`);
    }, 180_000);
    beforeEach(({ skip }) => skip('reason' in local, 'reason' in local ? local.reason : ''));
    afterAll(async () => {
      if ('close' in local) await local.close();
    });

    describePort(`${name} on DynamoDB Local`, async () => port);
  });
}
