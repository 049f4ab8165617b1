import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import pino from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { type AdmissionOptions, admissionGate } from '../../src/http/admission-gate.ts';
import { requestRecords } from '../../src/http/request-record.ts';
import { http } from '../support/requests/raw-request.ts';

const PATIENT: Partial<AdmissionOptions> = { maxRunning: 1, maxQueued: 2, maxQueuedMs: 60_000, maxHeldMs: 60_000 };

const recordOf = requestRecords(() => []);

/** A server whose requests end when the test releases them. */
async function gated(options: Partial<AdmissionOptions>) {
  const started: string[] = [];
  const releases: (() => void)[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { gate, onWait } = admissionGate(log, recordOf, options);
  const app = express()
    .use(gate)
    .use((req, res) => {
      started.push(`${req.method} ${req.path}`);
      if (req.path === '/waiting') onWait(res);
      releases.push(() => void res.json({}));
    });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    started,
    lines,
    /** Sends a request, and resolves when it has reached the gate. */
    async send(method: string, path: string) {
      const seen = started.length;
      const response = fetch(`http://127.0.0.1:${port}${path}`, { method });
      await Promise.race([response, expect.poll(() => started.length).toBeGreaterThan(seen), sleep(100)]).catch(
        () => undefined,
      );
      return { status: () => response.then(({ status }) => status), response };
    },
    release: () => releases.shift()?.(),
  };
}

it('lets a request wait until another one ends', async () => {
  const { send, started, release } = await gated(PATIENT);
  const first = await send('GET', '/messages');
  const second = await send('GET', '/conversations');
  expect(started).toEqual(['GET /messages']);
  release();
  expect(await first.status()).toBe(200);
  await expect.poll(() => started).toEqual(['GET /messages', 'GET /conversations']);
  release();
  expect(await second.status()).toBe(200);
});

it('503 with Retry-After when too many wait, and when one has waited too long', async () => {
  const { send, lines } = await gated({ ...PATIENT, maxQueued: 1, maxQueuedMs: 300 });
  await send('GET', '/messages');
  const waiting = await send('GET', '/messages');
  const refused = await (await send('GET', '/messages')).response;
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await refused.json()).toMatchObject({
    code: 'service-unavailable',
    detail: expect.stringContaining('overloaded'),
  });
  expect(refused.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(await waiting.status()).toBe(503);
  await expect.poll(() => lines, { timeout: 2000 }).toMatchObject([{ refused: 2, msg: 'overloaded' }]);
});

it('sessions come before reads, reads before messages, and health checks never wait', async () => {
  const { send, started, release } = await gated({ ...PATIENT, maxQueued: 3 });
  await send('GET', '/first');
  await send('POST', '/messages');
  await send('GET', '/messages');
  await send('POST', '/users/login');
  const health = await send('GET', '/health');
  expect(started).toEqual(['GET /first', 'GET /health']);
  release();
  release();
  expect(await health.status()).toBe(200);
  for (const count of [3, 4, 5]) {
    await expect.poll(() => started.length).toBe(count);
    release();
  }
  expect(started.slice(2)).toEqual(['POST /users/login', 'GET /messages', 'POST /messages']);
});

it('a more important request takes the place of another in a full queue', async () => {
  const { send } = await gated({ ...PATIENT, maxQueued: 1 });
  await send('GET', '/first');
  const message = await send('POST', '/messages');
  await send('POST', '/users/login');
  expect(await message.status()).toBe(503);
  expect(await (await send('GET', '/messages')).status()).toBe(503);
});

it('a client that leaves frees its place, whether its request runs or waits', async () => {
  const { port, send, started } = await gated(PATIENT);
  const leaving = async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(http('GET /leaving HTTP/1.1', 'Host: canary'));
    await sleep(100);
    return socket;
  };
  const running = await leaving();
  const waiting = await leaving();
  await send('GET', '/next');
  waiting.destroy();
  await sleep(100);
  running.destroy();
  await expect.poll(() => started).toEqual(['GET /leaving', 'GET /next']);
});

it('a request that waits for a bot does not count', async () => {
  const { send, started } = await gated(PATIENT);
  await send('GET', '/waiting');
  await send('GET', '/waiting');
  await send('GET', '/messages');
  await expect.poll(() => started).toEqual(['GET /waiting', 'GET /waiting', 'GET /messages']);
});

it('a burst is served on an idle server, and a slow phase does not shorten the queue later', async () => {
  const { send, release, started } = await gated({ maxRunning: 2, maxHeldMs: 60_000, maxQueuedMs: 1000 });
  const slow = await Promise.all(Array.from({ length: 3 }, () => send('GET', '/slow')));
  await sleep(900);
  for (let count = 1; count <= 3; count += 1) {
    release();
    await expect.poll(() => started.length).toBeGreaterThanOrEqual(Math.min(3, count + 2));
  }
  expect(await Promise.all(slow.map(({ status }) => status()))).toEqual([200, 200, 200]);
  const burst = await Promise.all(Array.from({ length: 50 }, () => send('GET', '/burst')));
  for (let count = 1; count <= 50; count += 1) {
    await expect.poll(() => started.length, { interval: 1 }).toBeGreaterThanOrEqual(3 + count);
    release();
  }
  expect(new Set(await Promise.all(burst.map(({ status }) => status())))).toEqual(new Set([200]));
});

it('requests longer than `maxHeldMs` no longer count', async () => {
  const { send, started } = await gated({ ...PATIENT, maxRunning: 2, maxHeldMs: 100 });
  for (const path of ['/slow', '/slow', '/next', '/next']) await send('GET', path);
  await expect.poll(() => started).toEqual(['GET /slow', 'GET /slow', 'GET /next', 'GET /next']);
});

it('starts no replies while the event loop is delayed, but still reads', async () => {
  const { send, started } = await gated({ maxDelayMs: 50 });
  const busy = setInterval(() => {
    const end = performance.now() + 150;
    while (performance.now() < end);
  }, 1);
  onTestFinished(() => clearInterval(busy));
  await sleep(2500);
  expect(await (await send('POST', '/messages')).status()).toBe(503);
  await send('GET', '/messages');
  await expect.poll(() => started).toEqual(['GET /messages']);
  clearInterval(busy);
  await sleep(2500);
  await send('POST', '/messages');
  await expect.poll(() => started).toEqual(['GET /messages', 'POST /messages']);
});
