/** A user may have three streams at once; a client that disconnects frees its slot. */
import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, type ExpectStatic, inject, it } from 'vitest';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { type Client, loggedIn, sendMessage } from '../support/requests/client.ts';
import { openStream } from '../support/requests/open-stream.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const LATENCY_MS = 150;

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');
type FaultProxy = Awaited<ReturnType<typeof faultProxy>>;
const proxies: FaultProxy[] = [];
afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

/** From this age on, a request waits until the list of ended sessions is reloaded. */
const STALE_MS = 950;

/** A server that reaches DynamoDB through a proxy, and the requests of a user with a message. */
async function setUp() {
  const proxy = await faultProxy(dynalite);
  proxies.push(proxy);
  const baseUrl = await startServer(testDeps({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint }));
  const ada = await loggedIn(baseUrl);
  const path = `/messages/${(await sendMessage(ada)).user_message.id_message}/events`;
  return {
    proxy,
    port: Number(new URL(baseUrl).port),
    send: requestOf(ada, 'POST', '/messages', JSON.stringify({ content: 'canary' })),
    resume: requestOf(ada, 'GET', path),

    async expectFreeSlots(expect: ExpectStatic) {
      proxy.set('pass');
      const streams = async () => {
        const opened = await Promise.all([1, 2, 3].map(() => openStream(ada, 'GET', path)));
        await Promise.all(opened.map(({ ended }) => ended));
        return opened.map(({ status }) => status);
      };
      await expect.poll(streams).toEqual([200, 200, 200]);
    },
  };
}

/** A request as sent over the wire. */
function requestOf({ jar, baseUrl }: Client, method: string, path: string, json?: string): string {
  const headers = {
    Host: new URL(baseUrl).host,
    Accept: 'text/event-stream',
    Cookie: [...jar].map((pair) => pair.join('=')).join('; '),
    ...(json && { 'Content-Type': 'application/json', 'Content-Length': `${json.length}` }),
  };
  const lines = Object.entries(headers).map((pair) => `${pair.join(': ')}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json ?? ''}`;
}

/** Sends a request and resets the connection after a while. */
async function leaveAfter(ms: number, port: number, request: string): Promise<void> {
  const socket = connectTo(port, '127.0.0.1').resume();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(request, resolve));
  await sleep(ms);
  socket.resetAndDestroy();
}

/** Disconnects as many clients as a user has slots, one after the other, each of which waits for the sessions to load. */
async function leaveThrice(proxy: FaultProxy, leave: () => Promise<void>): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    proxy.set('pass');
    await sleep(STALE_MS);
    proxy.set('latency', { latencyMs: LATENCY_MS });
    await leave();
    // Requests in progress continue after the client has left.
    await sleep(LATENCY_MS * 5);
  }
}

// Before the session is verified, while the message is stored, and while the reply is streamed.
it.concurrent.for([
  [0, 'send'],
  [100, 'send'],
  [100, 'resume'],
  [300, 'send'],
] as const)('a client that leaves %i ms after its %s frees its slot', async ([ms, name], { expect }) => {
  const { proxy, port, expectFreeSlots, ...requests } = await setUp();
  await leaveThrice(proxy, () => leaveAfter(ms, port, requests[name]));
  await expectFreeSlots(expect);
});

it.concurrent('a client that leaves frees its slot even if DynamoDB fails then', async ({ expect }) => {
  const { proxy, port, send, expectFreeSlots } = await setUp();
  await leaveThrice(proxy, async () => {
    await leaveAfter(LATENCY_MS / 2, port, send);
    await sleep(LATENCY_MS);
    proxy.set('reset');
  });
  await expectFreeSlots(expect);
});
