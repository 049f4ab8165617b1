import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { messageOf, newId, newUser, store } from '../../../core/test/support/messages.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { causeOfOutage } from '../support/checks/outage.ts';
import { CLIENTS, type ClientName } from '../support/dynamo/clients.ts';
import { dynamoStores } from '../support/dynamo/dynamo-stores.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const storesAt = (endpoint: string, client?: ClientName) =>
  dynamoStores(dynamoClient({ region: 'local', endpoint, client }), table)();

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** When throttled, the SDK waits for a random part of 1 s, then of 2 s: here, three quarters. */
beforeAll(() => void vi.spyOn(Math, 'random').mockReturnValue(0.75));

/** The stores on a DynamoDB that rejects the first requests. */
async function storesRejecting(client: ClientName, error: string, times: number) {
  const dynamo = await refusingProxy(dynalite, { error, times });
  opened.push(dynamo);
  return { dynamo, ...storesAt(dynamo.endpoint, client) };
}

describe.concurrent.each(CLIENTS)('DynamoDB errors with the %s client', (client) => {
  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException'])('%s twice is retried', async (error) => {
    const { dynamo, messages, turns } = await storesRejecting(client, error, 2);
    const message = messageOf(newUser());
    await store(turns, message);
    expect(dynamo.requests()).toBe(3);
    expect(await messages.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
  });

  it('endless throttling is an outage after three attempts', async () => {
    const { dynamo, turns } = await storesRejecting(
      client,
      'ProvisionedThroughputExceededException',
      Number.POSITIVE_INFINITY,
    );
    await causeOfOutage(store(turns, messageOf(newUser())));
    expect(dynamo.requests()).toBe(3);
  });

  it('any other error of DynamoDB is an outage', async () => {
    const { messages } = await storesRejecting(client, 'ResourceNotFoundException', 1);
    expect(await causeOfOutage(messages.get({ userId: newUser() }, newId()))).toHaveProperty(
      'name',
      'ResourceNotFoundException',
    );
  });

  it('an invalid request throws its own error', async () => {
    const tooLarge = messageOf(newUser(), { content: 'x'.repeat(410_000) });
    const { messages, turns } = storesAt(dynalite, client);
    await expect(store(turns, tooLarge)).rejects.toHaveProperty('name', 'ValidationException');
    await expect(messages.get({ userId: '' }, newId())).rejects.toHaveProperty('name', 'ValidationException');
  });
});
