/** What a request takes (streams, reply slots, locks, quota, keys) is released, however the request ends. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable } from '../support/faults/outage.ts';
import type { User } from '../support/faults/user.ts';
import { partialBatchProxy } from '../support/proxies/partial-batch-proxy.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import type { Send } from '../support/requests/client.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

/** Sends a message, and disconnects after a while. */
async function leaveAfter(ms: number, accept: string, user: User, baseUrl: string, send: Send): Promise<void> {
  const [key, content] = [randomUUID(), `canary leaving ${randomUUID()}`];
  user.unacknowledged.set(key, { key, content });
  const cookie = [...user.jar].map((pair) => pair.join('=')).join('; ');
  const headers = { accept, cookie, 'content-type': 'application/json', 'idempotency-key': key };
  const request = { method: 'POST', headers, body: JSON.stringify({ content }), signal: AbortSignal.timeout(ms) };
  await send(`${baseUrl}/messages`, request).catch(() => undefined);
}

faultRow(
  'C1',
  {
    fault: 'Clients disconnect while their send waits for a slow DynamoDB, at each of its steps',
    criterion: 'the user can open three streams, and send in the same conversation',
  },
  async (open) => {
    let left = 0;
    const figures: string[] = [];
    for (const bot of ['keyword', 'model'] as const) {
      const product = await open({ bot });
      const { user: ada, baseUrl } = await product.start();
      product.dynamo.set('latency', { latencyMs: 400 });
      for (const ms of [100, 500, 900, 1300]) {
        const leave = (accept: string) => leaveAfter(ms, accept, ada, baseUrl, product.clients.send);
        await Promise.all(['text/event-stream', 'application/json', 'text/event-stream'].map(leave));
        left += 3;
      }
      product.dynamo.set('pass');
      const conversations = await Promise.all([1, 2, 3].map(ada.newConversation));
      const streams = async () => {
        const opened = await Promise.all(conversations.map((conversation) => ada.stream({ conversation })));
        await Promise.all(opened.map(({ ended }) => ended));
        return opened.map(({ status }) => status);
      };
      const { ms } = await timed(async () => {
        await expect.poll(streams, { timeout: 5000 }).toEqual([201, 201, 201]);
        await expect.poll(async () => (await ada.send()).status, { timeout: 5000 }).toBe(201);
      });
      figures.push(`${bot} ${seconds(ms)}`);
    }
    return `${left} clients left; three streams, their replies and a send after ${figures.join(', ')}`;
  },
);

faultRow(
  'C8',
  {
    fault: 'Writing a message fails after its key, quota and lock were taken',
    criterion: '503, and no quota is used; the next send gets 201; the first, retried after its Retry-After, gets 201',
  },
  async (open) => {
    const front = await refusingProxy(dynalite, { error: '', times: 0 });
    onTestFinished(front.close);
    const product = await open({ bot: 'model', dynamo: front.endpoint });
    const { user: ada } = await product.start();
    const usage = async () => (await ada.call('GET', '/users/me/usage')).body;
    const before = await usage();
    const repeated = { key: randomUUID(), content: 'canary repeated' };
    front.refuse({ error: 'ThrottlingException', times: Number.POSITIVE_INFINITY, operation: 'BatchWriteItem' });
    expectUnavailable(await ada.send(repeated));
    front.refuse({ error: '', times: 0 });
    expect(await usage()).toEqual(before);
    expect((await ada.send()).status).toBe(201);

    const waits: number[] = [];
    const { ms, result } = await timed(async () => {
      for (;;) {
        const { status, body, headers } = await ada.send(repeated);
        if (status !== 409) return status;
        expect(body.code).toBe('reply-in-progress');
        waits.push(Number(headers.get('retry-after')));
        await sleep(1000 * (waits.at(-1) ?? 0));
      }
    });
    expect(result).toBe(201);
    // Soon, the server knows how long the key stays taken.
    expect(waits.filter((wait) => wait > 1).length, `waits: ${waits}`).toBeLessThanOrEqual(1);
    expect(Math.min(...waits)).toBeGreaterThan(0);
    return `next send 201 at once; repeated with its key 201 after ${seconds(ms)}, in ${waits.length + 1} attempts`;
  },
);

const QUOTA = 8;

faultRow(
  'C9',
  {
    fault: `40 parallel sends in a conversation whose bot replies to one at a time, with a quota of ${QUOTA}`,
    criterion: `one gets 201; the others are rejected without using the quota, so ${QUOTA - 1} more sends get 201, and the next gets 429`,
  },
  async (open) => {
    const product = await open({ bot: 'model', environment: { QUOTA_MESSAGES_PER_DAY: String(QUOTA) } });
    const ada = await product.newUser(await product.start());
    const responses = await Promise.all(Array.from({ length: 40 }, () => ada.send()));
    const outcomes = responses.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.code}`));
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    const figures = ['201', '409 reply-in-progress', '429 too-many-replies'].map((name) => `${count(name)} × ${name}`);
    expect(count('201'), figures.join()).toBe(1);
    expect(count('409 reply-in-progress') + count('429 too-many-replies'), `${new Set(outcomes)}`).toBe(39);
    for (let sent = 1; sent < QUOTA; sent += 1) expect((await ada.send()).status).toBe(201);
    const { status, body } = await ada.send();
    expect([status, body.code]).toEqual([429, 'quota-exceeded']);
    return figures.join(', ');
  },
);

faultRow(
  'C11',
  {
    fault: 'A server stores a message without its reply, and crashes',
    criterion: 'retried on another server, the send gets 201 with the reply, and both are listed once',
  },
  async (open) => {
    let isCut = false;
    const front = await partialBatchProxy(dynalite, (items) => (isCut ? items - 1 : items));
    onTestFinished(front.close);
    const product = await open({ dynamo: front.endpoint });
    const crashing = await product.start();
    const { user: ada } = crashing;
    const other = await product.start();
    const sent = { key: randomUUID(), content: 'canary half stored' };
    isCut = true;
    const calls = front.calls();
    const lost = ada.send(sent).catch(() => undefined);
    await expect.poll(() => front.calls() - calls).toBeGreaterThan(1);
    await crashing.crash();
    expect(await lost).toBeUndefined();
    isCut = false;

    const half = (await ada.at(other).call('GET', '/messages')).body.messages[0];
    expect(half).toMatchObject({ content: sent.content, is_bot: false });
    const { ms, result } = await timed(() => ada.at(other).send(sent));
    expect(result.status).toBe(201);
    expect(result.body.user_message.id_message).toBe(half.id_message);
    expect(result.body.bot_response).toMatchObject({ reply_to: half.id_message, status: 'completed' });
    return `201 with the reply after ${seconds(ms)}`;
  },
);
