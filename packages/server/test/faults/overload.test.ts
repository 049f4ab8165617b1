/** More work than the server can do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished } from 'vitest';
import { bystander } from '../support/faults/bystander.ts';
import { faultRow } from '../support/faults/fault-row.ts';
import { growth, milliseconds, percent, seconds, timed } from '../support/faults/figures.ts';
import { CONNECTIONS, openLoop } from '../support/faults/open-loop.ts';
import { HUNG_MS } from '../support/faults/outage.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');

const FACTOR = 3;
const CAPACITY_MS = 3000;
const OVERLOAD_MS = 8000;
/** Of the capacity, which varies on a machine that also runs the clients. */
const MIN_GOODPUT = 0.5;
/** A client that waits longer has given up. */
const PATIENCE_MS = 1000;

const p99Of = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;

faultRow(
  'F15',
  {
    fault: `${FACTOR} times as many sends as the server can process`,
    criterion: `at least ${100 * MIN_GOODPUT}% of the capacity gets 201 within ${PATIENCE_MS} ms; the rest gets 201 later, or 503 with Retry-After; no connection breaks; /health responds`,
  },
  async (open) => {
    const product = await open({
      environment: {
        // Without the proxy, which would share a thread with the clients.
        AWS_ENDPOINT_URL_DYNAMODB: dynalite,
        // As by default with this bot. With quotas, the emulator would be slower than the server.
        QUOTA_MESSAGES_PER_DAY: '0',
        QUOTA_TOKENS_PER_DAY: '0',
      },
      countersMayDrift: true,
    });
    const server = await product.start();
    const users = await Promise.all(Array.from({ length: 20 }, () => product.newUser(server)));
    const owners = new Map(users.map((user) => [user.id, user]));
    const load = openLoop({
      url: `${server.baseUrl}/messages`,
      cookies: users.map(({ jar }) => [...jar].map((pair) => pair.join('=')).join('; ')),
      onAccepted(body) {
        for (const { id_user, id_message } of Object.values<Record<string, string>>(JSON.parse(body)))
          owners.get(id_user ?? '')?.acknowledged.add(id_message ?? '');
      },
    });
    onTestFinished(load.close);
    // Opens all connections.
    await load.saturate(CONNECTIONS, 1000);
    await load.saturate(32, CAPACITY_MS);
    const before = await load.saturate(32, CAPACITY_MS);
    const capacity = (before.accepted.length * 1000) / CAPACITY_MS;
    const other = bystander(server);
    const { accepted, refused, faulty } = await load.flood(FACTOR * capacity, OVERLOAD_MS);
    const { failed } = await other.stop();
    const recovery = await timed(() => users[0]?.send() ?? Promise.reject());
    load.close();

    expect([faulty, failed, recovery.result.status]).toEqual([0, 0, 201]);
    expect(refused.length).toBeGreaterThan(0);
    const inTime = accepted.filter((ms) => ms < PATIENCE_MS).length;
    const possible = (capacity * OVERLOAD_MS) / 1000;
    expect(inTime).toBeGreaterThan(MIN_GOODPUT * possible);
    return [
      `${percent(inTime, possible)} of the capacity of ${Math.round(capacity)}/s in time`,
      `p99 ${milliseconds(p99Of(accepted))} for 201, ${milliseconds(p99Of(refused))} for ${refused.length} × 503`,
      `normal after ${milliseconds(recovery.ms)}`,
    ].join('; ');
  },
);

const SOAK_MS = 30_000;
const PER_SECOND = 50;
const MAX_GROWTH_BYTES = 10_000_000;

faultRow(
  'F23',
  {
    fault: `${SOAK_MS / 1000} seconds of sends, lists, abandoned streams and errors, ${PER_SECOND} per second`,
    criterion: 'no unexpected status; memory does not grow',
  },
  async (open) => {
    const product = await open();
    const server = await product.start();
    const ada = server.user;
    const statuses = new Map<number, number>();
    const count = ({ status }: { status: number }) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const requests = [
      () => ada.send(),
      () => ada.call('GET', '/messages?limit=5'),
      () => ada.call('GET', '/messages/01a2185b-2dea-70a5-a680-ab74a42694d1'),
      () => ada.call('POST', '/messages', { json: { content: '' } }),
      () => product.client(server).call('GET', '/users/me'),
    ];
    const half: number[] = [];
    const pending: Promise<unknown>[] = [];
    const startedAt = performance.now();
    for (let sent = 0; performance.now() - startedAt < SOAK_MS; sent += 1) {
      const request = requests[sent % requests.length];
      if (request) pending.push(request().then(count));
      if (sent % 25 === 0) {
        const stream = await ada.stream();
        stream.ended.catch(() => undefined);
        count(stream);
        stream.leave();
      }
      if (half.length === 0 && performance.now() - startedAt > SOAK_MS / 2)
        half.push((await server.vitals()).liveBytes);
      await sleep(1000 / PER_SECOND);
    }
    await Promise.all(pending);
    const grownBytes = (await server.vitals()).liveBytes - (half[0] ?? 0);
    expect([...statuses.keys()].toSorted()).toEqual([200, 201, 401, 404, 422]);
    expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);
    const total = [...statuses.values()].reduce((sum, each) => sum + each, 0);
    return `${total} requests; memory ${growth(grownBytes)} in the second half`;
  },
);

const BLOCK_MS = 300;
const BLOCKED_MS = 5000;

faultRow(
  'F24',
  {
    fault: `The event loop is blocked for ${BLOCK_MS} ms at a time`,
    criterion: 'new replies get 503, reads get 200; 201 again afterwards',
  },
  async (open) => {
    const product = await open();
    const server = await product.start();
    const ada = server.user;
    server.command({ blockMs: BLOCK_MS, forMs: BLOCKED_MS });
    const { ms } = await timed(() =>
      expect.poll(async () => (await ada.send()).status, { timeout: HUNG_MS, interval: 100 }).toBe(503),
    );
    expect((await ada.call('GET', '/users/me')).status).toBe(200);
    const recovery = await timed(() =>
      expect.poll(async () => (await ada.send()).status, { timeout: HUNG_MS, interval: 100 }).toBe(201),
    );
    return `503 after ${seconds(ms)}; 201 again ${seconds(Math.max(0, ms + recovery.ms - BLOCKED_MS))} after the last block`;
  },
);
