import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { allowedOf, newKey, START_MS } from '../../../core/test/ports/rate-limit-samples.ts';
import { createMessagesTable } from '../../dev/messages-table.ts';
import type { RateLimiterOptions } from '../../src/dynamo/rate-limiter.ts';
import { CLIENTS } from '../support/dynamo/clients.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { refusingProxy } from '../support/proxies/refusing-proxy.ts';
import { rateLimiterAt } from './rate-limiters.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');
const table = `Limits-${randomUUID()}`;

/** Nothing listens on the port of the discard protocol. */
const NOWHERE = 'http://127.0.0.1:9';

const opened: { close: () => Promise<void> }[] = [];
beforeAll(() => createMessagesTable(dynalite, table));
afterAll(() => Promise.all(opened.map(({ close }) => close())));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function closedAtEnd<T extends { close: () => Promise<void> }>(opening: Promise<T>): Promise<T> {
  const resource = await opening;
  opened.push(resource);
  return resource;
}

describe.each(CLIENTS)('an outage of DynamoDB with the %s client', (client) => {
  /** A limiter at an endpoint, and the outages it reports. */
  function limiterBehind(endpoint: string, options: Partial<RateLimiterOptions> = {}) {
    const outages: unknown[] = [];
    const limiter = rateLimiterAt({ endpoint, table }, { client, ...options }, (error) => outages.push(error));
    const key = newKey('email', 'loginUser');
    return { take: () => limiter.take(key), outages };
  }

  it('makes each process count for itself', async () => {
    const [one, other] = [limiterBehind(NOWHERE), limiterBehind(NOWHERE)];
    expect(await allowedOf(30, one.take)).toBe(5);
    expect(await allowedOf(30, other.take)).toBe(5);
    expect(one.outages).toStrictEqual([expect.objectContaining({ code: 'ECONNREFUSED' })]);
  });

  it('ends the window of that count after a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START_MS });
    const { take } = limiterBehind(NOWHERE);
    expect(await allowedOf(9, take)).toBe(5);
    vi.setSystemTime(START_MS + 59_999);
    expect(await allowedOf(9, take)).toBe(0);
    vi.setSystemTime(START_MS + 60_000);
    expect(await take()).toMatchObject({ remaining: 4 });
  });

  // With the limiter's own deadline; without one, these calls would never end.
  it('without responses delays one call, and not those after it', async () => {
    const proxy = await closedAtEnd(faultProxy(dynalite));
    const { take, outages } = limiterBehind(proxy.endpoint, { deadlineMs: undefined });
    proxy.set('blackhole');
    for (const remaining of [4, 3, 2, 1, 0]) expect(await take()).toMatchObject({ isAllowed: true, remaining });
    expect(await allowedOf(9, take)).toBe(0);
    expect(proxy.accepted()).toBe(1);
    expect(outages).toHaveLength(1);
  });

  it('without responses leaves no open connection', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connected = once(server, 'connection');
    // The cast: a server that listens on a port has such an address.
    const { take } = limiterBehind(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { deadlineMs: 200 });
    await take();
    const [socket] = await connected;
    socket.on('error', () => undefined).resume();
    await once(socket, 'close');
    server.close();
  });

  it('with broken connections is detected at the first one', async () => {
    const proxy = await closedAtEnd(faultProxy(dynalite));
    const { take, outages } = limiterBehind(proxy.endpoint);
    proxy.set('reset');
    for (const _call of [1, 2, 3]) await take();
    expect(proxy.accepted()).toBe(1);
    expect(outages).toStrictEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });

  it.for([
    'InternalServerError',
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'AccessDeniedException',
    'ResourceNotFoundException',
    'ValidationException',
  ])('by %s is reported once', async (error) => {
    const proxy = await closedAtEnd(refusingProxy(dynalite, { error, times: Number.POSITIVE_INFINITY }));
    const { take, outages } = limiterBehind(proxy.endpoint);
    for (const _call of [1, 2, 3]) await take();
    expect(await allowedOf(20, take)).toBe(2);
    expect(proxy.requests()).toBe(1);
    expect(outages).toStrictEqual([expect.objectContaining({ name: error })]);
  });

  it('has no effect once it is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START_MS });
    const proxy = await closedAtEnd(refusingProxy(dynalite, { error: 'InternalServerError', times: 2 }));
    const { take, outages } = limiterBehind(proxy.endpoint);
    await take();
    vi.setSystemTime(START_MS + 1999);
    await take();
    expect(proxy.requests()).toBe(1);
    vi.setSystemTime(START_MS + 2000);
    await take();
    expect([proxy.requests(), outages.length]).toStrictEqual([2, 2]);
    vi.setSystemTime(START_MS + 4000);
    // The table has counted nothing yet.
    expect(await take()).toMatchObject({ remaining: 4 });
    expect(outages).toHaveLength(2);
  });

  it('may be a credential provider that does not respond', async () => {
    const proxy = await closedAtEnd(faultProxy(dynalite));
    proxy.set('blackhole');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', proxy.endpoint);
    const { take, outages } = limiterBehind(dynalite, { deadlineMs: 200 });
    expect(await take()).toMatchObject({ remaining: 4 });
    expect(outages).toStrictEqual([expect.objectContaining({ name: 'TimeoutError' })]);
    expect(proxy.accepted()).toBe(1);
  });
});
