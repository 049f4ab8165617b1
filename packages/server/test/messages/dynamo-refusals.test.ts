import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoStore } from '../../src/dynamo/message-store.ts';
import { causeOfOutage } from './outage.ts';
import { refusing } from './refusing.ts';
import { messageOf, newId, newUser } from './samples.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const storeAt = (endpoint: string) =>
  dynamoStore(dynamoClient({ region: 'local', endpoint }), { table }, () => new Date());

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** The SDK waits for a random part of 1 s, then of 2 s, when it is throttled: here for three quarters of it. */
beforeAll(() => void vi.spyOn(Math, 'random').mockReturnValue(0.75));

/** A store on a DynamoDB that refuses the first requests. */
async function refused(error: string, times: number) {
  const dynamo = await refusing(dynalite, { error, times });
  opened.push(dynamo);
  return { dynamo, store: storeAt(dynamo.endpoint) };
}

describe.concurrent('a DynamoDB that refuses', () => {
  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException'])(
    '%s twice is waited out',
    async (error) => {
      const { dynamo, store } = await refused(error, 2);
      const message = messageOf(newUser());
      await store.put([message]);
      expect(dynamo.requests()).toBe(3);
      expect(await store.get({ userId: message.id_user }, message.id_message)).toStrictEqual(message);
    },
  );

  it('throttling without end is an outage after three attempts', async () => {
    const { dynamo, store } = await refused('ProvisionedThroughputExceededException', Number.POSITIVE_INFINITY);
    await causeOfOutage(store.put([messageOf(newUser())]));
    expect(dynamo.requests()).toBe(3);
  });

  it('any other error of its own is an outage', async () => {
    const { store } = await refused('ResourceNotFoundException', 1);
    expect(await causeOfOutage(store.get({ userId: newUser() }, newId()))).toHaveProperty(
      'name',
      'ResourceNotFoundException',
    );
  });

  it('a request of ours that is wrong rises as what it is', async () => {
    const tooLarge = messageOf(newUser(), { content: 'x'.repeat(410_000) });
    const store = storeAt(dynalite);
    await expect(store.put([tooLarge])).rejects.toHaveProperty('name', 'ValidationException');
    await expect(store.get({ userId: '' }, newId())).rejects.toHaveProperty('name', 'ValidationException');
  });
});
