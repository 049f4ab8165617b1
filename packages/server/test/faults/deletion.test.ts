/** Messages that are sent while their conversation or account is deleted. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished } from 'vitest';
import { clockAhead } from '../support/faults/clock-ahead.ts';
import { faultRow, type Open } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import type { Product } from '../support/faults/product.ts';
import { itemsOf } from '../support/faults/stored-items.ts';
import { newUser } from '../support/faults/user.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { operationProxy } from '../support/proxies/operation-proxy.ts';
import type { TestResponse } from '../support/requests/client.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

/** After a minute, deletions are repeated, every 15 s. */
const SWEPT = { timeout: 60_000, interval: 500 };
const MORE_THAN_A_MINUTE_MS = 70_000;

/** Starts a server whose clock is a minute ahead, and waits until the user has no such items. */
async function expectSwept(product: Product, userId: string, prefix = ''): Promise<number> {
  const server = await product.startCold(clockAhead(MORE_THAN_A_MINUTE_MS));
  const left = async () => (await itemsOf(userId)).map(({ sk }) => sk).filter((sk) => sk.startsWith(prefix));
  const { ms } = await timed(() => expect.poll(left, SWEPT).toEqual([]));
  server.signal('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0 });
  return ms;
}

/** Two servers, one of which reaches DynamoDB through a proxy of its own. */
async function withSlowServer(open: Open, target = dynalite) {
  const slow = await faultProxy(target);
  onTestFinished(slow.close);
  const product = await open();
  const server = await product.start();
  const other = await product.startCold({ AWS_ENDPOINT_URL_DYNAMODB: slow.endpoint });
  return { product, server, other, slow };
}

function expectLoggedOut({ status, headers }: TestResponse): void {
  expect(status).toBe(200);
  const cookies = headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toContain('Expires=Thu, 01 Jan 1970');
}

const ROUNDS = 60;

faultRow(
  'C5',
  {
    fault: `A message is sent while its conversation is deleted, ${ROUNDS} times`,
    criterion: '201 or 404; a minute later, no item of these conversations remains',
  },
  async (open) => {
    // The turn is written while its conversation is moved up, so only a delayed write can come after the deletion.
    const lateTurns = await operationProxy(dynalite, async (operation) => {
      if (operation === 'BatchWriteItem') await sleep(40);
      return undefined;
    });
    const { product, server, other, slow } = await withSlowServer(open, lateTurns);
    const ada = await newUser(server, product.clients.send);
    let acknowledged = 0;
    slow.set('latency', { latencyMs: 20 });
    for (let round = 0; round < ROUNDS; round += 1) {
      const conversation = await ada.newConversation();
      const sent = [{ key: randomUUID() }, {}].map((options) => ada.at(other).send({ conversation, ...options }));
      // At another step of the sends in each round.
      await sleep(5 * (round % 20));
      expect((await ada.call('DELETE', `/conversations/${conversation}`)).status).toBe(200);
      for (const { status } of await Promise.all(sent)) {
        expect([201, 404]).toContain(status);
        acknowledged += Number(status === 201);
      }
    }
    expect((await ada.call('GET', '/conversations')).body).toEqual({ conversations: [] });
    const left = (await itemsOf(ada.id)).filter(({ sk }) => sk.startsWith('M#')).length;
    expect(left, 'messages that were written too late').toBeGreaterThan(0);
    const ms = await expectSwept(product, ada.id, 'M#');
    return `${acknowledged} of ${2 * ROUNDS} acknowledged; ${left} messages left, none ${seconds(ms)} after the minute`;
  },
);

faultRow(
  'C6',
  {
    fault:
      'An account is deleted while its user sends messages to a slow server; DynamoDB fails after Cognito has deleted the account',
    criterion: '200 and cleared cookies; a minute later, no item of the user remains',
  },
  async (open) => {
    const { product, server, other, slow } = await withSlowServer(open);
    const ada = await newUser(server, product.clients.send);
    await ada.send();
    // Before it is slow, the other server learns of no deletion.
    expect((await ada.at(other).send()).status).toBe(201);
    slow.set('latency', { latencyMs: 700 });
    const sending = Promise.all([1, 2, 3].map(() => ada.at(other).send({ key: randomUUID() })));
    expectLoggedOut(await ada.call('DELETE', '/users/me'));
    const statuses = (await sending).map(({ status }) => status);
    const left = (await itemsOf(ada.id)).length;
    expect(left, 'items that were written too late').toBeGreaterThan(0);

    const bob = await newUser(server, product.clients.send);
    await bob.send();
    product.cognito.set('latency', { latencyMs: 400 });
    const deletions = product.cognito.counter('.DeleteUser');
    const deleting = bob.call('DELETE', '/users/me');
    await expect.poll(deletions, { interval: 5, timeout: 5000 }).toBe(1);
    product.dynamo.set('reset');
    expectLoggedOut(await deleting);
    product.dynamo.set('pass');
    product.cognito.set('pass');
    expect(await itemsOf(bob.id)).toEqual([]);

    const ms = await expectSwept(product, ada.id);
    return `late sends: ${statuses}; ${left} items left, none ${seconds(ms)} after the minute`;
  },
);
