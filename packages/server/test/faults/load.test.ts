/** More work than one user may cause, or than the server can do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '@async-chatbot/shared/deferred';
import { expect, vi } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { milliseconds, percent, seconds, timed } from '../support/faults/figures.ts';
import { loadGenerator, type Outcome } from '../support/faults/load-generator.ts';
import type { User } from '../support/faults/user.ts';
import { HOST } from '../support/requests/bad-http.ts';
import { http } from '../support/requests/raw-request.ts';
import { deltaEvent, end, stream } from '../support/servers/model-server.ts';

const SENDS = 200;
const WORKERS = 20;
const REPLIES_PER_USER = 3;
const LISTS = 40;

/** The median of this many lists, in a row. */
async function listMs({ call }: User): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < LISTS; count += 1) {
    const { ms, result } = await timed(() => call('GET', '/messages'));
    expect(result.status).toBe(200);
    times.push(ms);
  }
  return percentile(times, 50);
}

faultRow(
  'C3',
  {
    fault: `One user sends ${SENDS} messages with slow replies, without streaming, each in its own conversation`,
    criterion: `${REPLIES_PER_USER} replies run, all other sends get 429 with Retry-After; another user's lists take at most twice their usual time`,
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const server = await product.start();
    const [ada, bob] = [server.user, await product.newUser(server)];
    const conversations: string[] = [];
    while (conversations.length < SENDS)
      conversations.push(...(await Promise.all(Array.from({ length: WORKERS }, ada.newConversation))));
    await bob.send();
    await listMs(bob);
    const idleMs = await listMs(bob);

    const released = deferred<void>();
    product.model.respond(async (res) => {
      stream(res);
      const writing = setInterval(() => res.write(deltaEvent('slowly ')), 100);
      await released.promise;
      clearInterval(writing);
      res.end(end({ prompt_tokens: 30, completion_tokens: 12 }));
    });
    const before = product.model.requests.length;
    const responses: Awaited<ReturnType<User['send']>>[] = [];
    const worker = async () => {
      for (let conversation = conversations.pop(); conversation; conversation = conversations.pop())
        responses.push(await ada.send({ conversation }));
    };
    const burst = timed(() => Promise.all(Array.from({ length: WORKERS }, worker)));
    const burstMs = await listMs(bob);
    await expect.poll(() => responses.length, { timeout: 60_000 }).toBe(SENDS - REPLIES_PER_USER);
    for (const { status, body, headers } of responses) {
      expect([status, body.code]).toEqual([429, 'too-many-replies']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(product.model.requests.length - before).toBe(REPLIES_PER_USER);
    // Repeated, since other programs on the machine slow it down for a moment.
    const runningMs = await vi.waitFor(async () => {
      const ms = await listMs(bob);
      expect(ms).toBeLessThanOrEqual(2 * idleMs);
      return ms;
    }, 20_000);
    released.resolve();
    await burst;
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(REPLIES_PER_USER);
    const medians = [idleMs, burstMs, runningMs].map((ms) => `${ms.toFixed(1)} ms`);
    return `${SENDS - REPLIES_PER_USER} × 429; median list of another user ${medians.join(', ')} (idle, during the burst, while ${REPLIES_PER_USER} run)`;
  },
);

/** Limits the server to what it can do on any machine: 64 lists at a time. */
const LIST_MS = 200;
const CONNECTIONS = 80;
const MAX_CONNECTIONS = 1000;
const CAPACITY_MS = 4000;
const OVERLOAD_MS = 10_000;
const FACTOR = 3;
const PATIENCE_MS = 1000;
const MIN_IN_TIME = 0.8;
const ROUNDS = 3;

faultRow(
  'C4',
  {
    fault: `${FACTOR} times as many lists per second as the server can process, for ${seconds(OVERLOAD_MS)}; DynamoDB takes ${LIST_MS} ms`,
    criterion: `at least 80% of the capacity gets 200 within a second; the rest gets 200 later, or 503 with Retry-After; no connection breaks; lists take at most twice their usual time again within 2 s`,
  },
  async (open) => {
    const product = await open({ environment: { LIMIT_USER_PER_MINUTE: '1000000' } });
    const server = await product.start();
    const cookie = [...server.user.jar].map((pair) => pair.join('=')).join('; ');
    const request = http('GET /messages?limit=1 HTTP/1.1', HOST, `Cookie: ${cookie}`);
    const { send: list, take, close } = loadGenerator(server.baseUrl, request, MAX_CONNECTIONS);
    const saturate = async () => {
      const until = performance.now() + CAPACITY_MS;
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          while (performance.now() < until) await list();
        }),
      );
      return (times(take(), 200).length * 1000) / CAPACITY_MS;
    };
    product.dynamo.set('latency', { latencyMs: LIST_MS });
    const overload = async () => {
      const capacity = await saturate();
      for (let count = 0; count < 20; count += 1) await list();
      const usualMs = percentile(times(take(), 200), 90);

      const pending: Promise<void>[] = [];
      const startedAt = performance.now();
      for (let elapsedMs = 0; elapsedMs < OVERLOAD_MS; elapsedMs = performance.now() - startedAt) {
        while (pending.length < (elapsedMs * FACTOR * capacity) / 1000) pending.push(list());
        await sleep(5);
      }
      await Promise.all(pending);
      const results = take();
      const { ms: recoveryMs } = await timed(async () => {
        do await list();
        while (Math.max(...times(take(), 200), 0) > 2 * usualMs);
      });

      const [accepted, refused] = [times(results, 200), times(results, 503)];
      const inTime = (accepted.filter((ms) => ms < PATIENCE_MS).length * 1000) / OVERLOAD_MS;
      const figures = [
        `${percent(inTime, capacity)} of the capacity of ${Math.round(capacity)}/s in time`,
        `200 p50 ${milliseconds(percentile(accepted, 50))}, p99 ${milliseconds(percentile(accepted, 99))}`,
        `${refused.length} × 503 p50 ${milliseconds(percentile(refused, 50))}, p99 ${milliseconds(percentile(refused, 99))}`,
        `usual after ${seconds(recoveryMs)}`,
      ].join('; ');
      expect(accepted.length + refused.length, figures).toBe(results.length);
      expect(results.filter(({ hasRetryAfter }) => hasRetryAfter)).toHaveLength(refused.length);
      expect(refused.length).toBeGreaterThan(0);
      return { figures, inTimeRatio: inTime / capacity, recoveryMs };
    };
    await saturate();
    const rounds = [await overload()];
    // Again, if other programs on the machine took its time.
    while (rounds.length < ROUNDS && (rounds.at(-1)?.inTimeRatio ?? 0) < MIN_IN_TIME) rounds.push(await overload());
    close();
    const { figures = '', inTimeRatio, recoveryMs } = rounds.at(-1) ?? {};
    expect(inTimeRatio, figures).toBeGreaterThanOrEqual(MIN_IN_TIME);
    expect(recoveryMs, figures).toBeLessThan(2000);
    return figures;
  },
);

const times = (results: Outcome[], status: number): number[] =>
  results.filter((result) => result.status === status).map(({ ms }) => ms);

const percentile = (values: readonly number[], percent: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length * percent) / 100)] ?? 0;
