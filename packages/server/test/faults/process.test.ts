/** Servers are killed, stopped, and run into errors of their own. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { allMessages } from '../support/faults/invariants.ts';
import { HUNG_MS } from '../support/faults/outage.ts';
import { thoughtful } from '../support/faults/product.ts';
import type { User } from '../support/faults/user.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import { typesOf } from '../support/requests/open-stream.ts';
import { sendUntilClosed } from '../support/requests/send-until-closed.ts';
import { stream } from '../support/servers/model-server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

const newSends = (conversations: (string | undefined)[]) =>
  conversations.map((conversation) => ({
    key: randomUUID(),
    content: `canary ${randomUUID()}`,
    ...(conversation && { conversation }),
  }));

faultRow(
  'F7',
  {
    fault: 'A server is killed (SIGKILL) between a message and its reply, four times',
    criterion:
      'every message is listed; its reply is `interrupted` when its lease ends; a retry with the same key completes it',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada } = await product.start();
    product.model.respond((res) => stream(res));
    const sends: ReturnType<typeof newSends> = [];
    for (let round = 0; round < 4; round += 1) {
      const server = await product.startCold();
      // A conversation has one reply at a time.
      const sent = newSends(await Promise.all([1, 2, 3].map(ada.newConversation)));
      const streams = await Promise.all(sent.map((send) => ada.at(server).stream(send)));
      await expect
        .poll(() => streams.map(({ events }) => events.length > 1), { timeout: HUNG_MS })
        .toEqual(sent.map(() => true));
      const broken = streams.map(({ ended }) => ended.catch(() => undefined));
      await server.crash();
      await Promise.all(broken);
      sends.push(...sent);
    }
    product.model.respond(thoughtful);
    const statuses = async () => {
      const listed = await allMessages(ada);
      const ofSends = listed.filter(({ content }) => sends.some((send) => send.content === content));
      expect(ofSends).toHaveLength(sends.length);
      const replies = listed.filter(({ reply_to }) => ofSends.some(({ id_message }) => id_message === reply_to));
      return new Set(replies.map(({ status }) => status));
    };
    const { ms } = await timed(() =>
      expect.poll(statuses, { timeout: HUNG_MS, interval: 500 }).toEqual(new Set(['interrupted'])),
    );
    for (const send of sends) expect((await ada.send(send)).body.bot_response.status).toBe('completed');
    return `${sends.length} messages listed; interrupted ${seconds(ms)} after the last kill; ${sends.length} × 201`;
  },
);

const CLIENTS = 10;

faultRow(
  'F13',
  {
    fault: 'SIGTERM under traffic; a second SIGTERM',
    criterion:
      'no request is cut off; streams end with an event; exit code 0 within 25 s; a second signal exits with 1 at once',
  },
  async (open) => {
    const product = await open();
    await product.start();
    const server = await product.start();
    const ada = server.user;
    const seen = await ada.stream();
    let acknowledged = 0;
    const record = (exchange: { user_message: { id_message: string }; bot_response: { id_message: string } }) => {
      acknowledged += 1;
      for (const { id_message } of Object.values(exchange)) ada.acknowledged.add(id_message);
    };
    const clients = Array.from({ length: CLIENTS }, () => sendUntilClosed({ ...server, jar: ada.jar }, record));
    await sleep(500);
    server.signal('SIGTERM');
    const { ms, result } = await timed(() => server.ended);
    await Promise.all(clients);
    await seen.ended;
    expect(['reply-completed', 'stream-paused']).toContain(typesOf(seen.events).at(-1));
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(ms).toBeLessThan(25_000);

    const second = await product.startCold();
    // A shutdown waits for open connections.
    await ada.at(second).call('GET', '/messages');
    second.signal('SIGTERM');
    await second.prints(/"draining"/);
    second.signal('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 1 });
    return `${acknowledged} × 201 on ${CLIENTS} connections, 0 cut off; exit code 0 after ${seconds(ms)}`;
  },
);

const ROUNDS = 10;

faultRow(
  'F14',
  {
    fault: `A server is killed during sends and started again, ${ROUNDS} times`,
    criterion: 'every acknowledged message is listed once; every other send gets 201 when retried with its key',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada } = await product.start();
    const keyword = { BOT: 'keyword', BOT_MODEL: '', BOT_BASE_URL: '' };
    let sent = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await product.startCold(round % 2 ? keyword : {});
      const here = ada.at(server);
      const conversations = await Promise.all([1, 2, 3].map(here.newConversation));
      const clients = conversations.map(async (conversation) => {
        while (server.isAlive()) {
          sent += 1;
          await here.send(newSends([conversation])[0]).catch(() => undefined);
        }
      });
      await sleep(300 + Math.random() * 700);
      await server.crash();
      await Promise.all(clients);
    }
    const left = ada.unacknowledged.size;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(sent);
    return `${sent} sends, ${sent - left} acknowledged before a kill, ${left} repeated`;
  },
);

faultRow(
  'F21',
  {
    fault: 'An unexpected error in a handler, a stream, a timer or a promise',
    criterion:
      '500 for the request; the stream ends; or the process logs it, ends the streams in progress with an event, and exits with 1',
  },
  async (open) => {
    const front = await refusingProxy(dynalite, { error: '', times: 0 });
    onTestFinished(front.close);
    const product = await open({ bot: 'model', dynamo: front.endpoint });
    const [server, other] = [await product.start(), await product.start()];
    const ada = server.user;
    const { user_message } = (await ada.send()).body;
    front.refuse({ error: 'ValidationException', times: 1, operation: 'GetItem' });
    const failed = await ada.call('GET', `/messages/${user_message.id_message}`);
    expect([failed.status, failed.body.code]).toEqual([500, 'internal-error']);

    const seen = await ada.stream();
    await expect.poll(() => typesOf(seen.events)).toContain('reply-started');
    const id_reply = seen.events.find(({ bot_response }) => bot_response)?.bot_response.id_message;
    const followed = await ada.at(other).follow(id_reply);
    front.refuse({ error: 'ValidationException', times: 1, operation: 'GetItem' });
    await followed.ended.catch(() => undefined);
    await seen.ended;
    expect(typesOf(seen.events).at(-1)).toBe('reply-completed');

    const exitsMs: number[] = [];
    for (const error of ['throw', 'reject'] as const) {
      const failing = await product.startCold();
      const begun = await ada.at(failing).stream({ conversation: await ada.newConversation() });
      failing.command(error);
      const { ms, result } = await timed(() => failing.ended);
      expect(result).toMatchObject({ code: 1, stderr: '' });
      expect(result.stdout).toMatch(/"reason":"TypeError","frames":\[.*"msg":"uncaught error"/);
      await begun.ended;
      expect(typesOf(begun.events).at(-1)).toBeOneOf(['reply-completed', 'stream-paused']);
      exitsMs.push(ms);
    }
    return `500 once; exit code 1 after ${exitsMs.map(seconds).join(', ')}`;
  },
);

const REQUESTS = 1500;

faultRow(
  'F22',
  {
    fault: 'Nothing reads the log',
    criterion: 'requests still get 200, in at most three times the usual time; SIGTERM still ends the process',
  },
  async (open) => {
    const product = await open();
    await product.start();
    const server = await product.start();
    const ada = server.user;
    const ask = () =>
      timed(async () => {
        for (let sent = 0; sent < REQUESTS; sent += 10)
          for (const { status } of await Promise.all(Array.from({ length: 10 }, () => ada.call('GET', '/users/me'))))
            expect(status).toBe(200);
      });
    const { ms: readMs } = await ask();
    server.child.stdout?.pause();
    const { ms } = await ask();
    expect((await ada.send()).status).toBe(201);
    expect(ms).toBeLessThan(3 * readMs);
    const exit = once(server.child, 'exit');
    server.signal('SIGTERM');
    expect(await exit).toEqual([0, null]);
    server.child.stdout?.resume();
    return `${REQUESTS} × 200 in ${seconds(ms)}, with a reader in ${seconds(readMs)}`;
  },
);

faultRow(
  'F25',
  {
    fault: 'Two servers receive sends with the same key at the same time',
    criterion: 'one message, one reply, one model request; every client gets the same ids',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const [here, there] = [await product.start(), await product.start()];
    const ada = here.user;
    const before = product.model.requests.length;
    const [send] = newSends([undefined]);
    const clients = Array.from({ length: 20 }, (_, n) => ada.at(n % 2 ? here : there));
    const bodies = await Promise.all(clients.map((client) => acknowledgedBody(client, send)));
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect(product.model.requests.length - before).toBe(1);
    return `${clients.length} × 201 with the same ids, 1 call of the model`;
  },
);

/** Repeats a send as a client does, while another server still works on it. */
async function acknowledgedBody(user: User, send: Parameters<User['send']>[0]) {
  for (;;) {
    const { status, body } = await user.send(send);
    expect(status).toBeOneOf([201, 409]);
    if (status === 201) return body;
    await sleep(200);
  }
}
