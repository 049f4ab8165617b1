import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatEvent } from '@async-chatbot/shared/event-stream';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { get, manualBody, received, serve } from '../support/requests/stream-connections.ts';

// Fake intervals let a test trigger heartbeats and count remaining timers; sockets use real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
});

it('200 with headers before the first event, each event at once, and an end', async () => {
  const { body, write, writer } = manualBody();
  const { port, ended } = await serve(body);
  const res = await get({ port });
  expect(res.statusCode).toBe(200);
  expect(res.headers['content-type']).toBe('text/event-stream');

  const text = received(res);
  await write({ id: '1', event: 'canary', data: '{"a":1}' });
  await text.grownTo('id: 1\nevent: canary\ndata: {"a":1}\n\n');
  await write({ data: 'canary' });
  await text.grownTo('id: 1\nevent: canary\ndata: {"a":1}\n\ndata: canary\n\n');
  await writer.close();
  await once(res, 'end');
  expect(res.complete).toBe(true);
  expect((await ended).locals.problem).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('200 that ends at once for HEAD, before any event', async () => {
  const { body, next } = manualBody();
  const { port, ended } = await serve(body);
  const res = await get({ port, method: 'HEAD' });
  expect(res.headers['content-type']).toBe('text/event-stream');
  await ended;
  expect(next).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('200 with a heartbeat after every 15 s without an event', async () => {
  const { body, write } = manualBody();
  const { port } = await serve(body);
  const text = received(await get({ port }));
  vi.advanceTimersByTime(15_000);
  await text.grownTo(':\n\n');
  vi.advanceTimersByTime(29_999 - 15_000);
  await write({ data: 'canary' });
  await text.grownTo(':\n\ndata: canary\n\n');
  vi.advanceTimersByTime(14_999);
  await write({ data: 'canary' });
  await text.grownTo(':\n\ndata: canary\n\ndata: canary\n\n');
  vi.advanceTimersByTime(15_000);
  await text.grownTo(':\n\ndata: canary\n\ndata: canary\n\n:\n\n');
});

it('200 that leaves the connection reusable', async () => {
  const { port } = await serve(
    async function* () {
      yield formatEvent({ data: 'canary' });
    },
    { stalledMs: 50 },
  );
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const first = await get({ port, agent });
  const { localPort } = first.socket;
  await received(first).end;
  await sleep(200);
  const second = await get({ port, agent });
  expect(second.socket.localPort).toBe(localPort);
  await received(second).end;
});

describe('the connection is closed', () => {
  it('when an event fails, with the reason in the log', async () => {
    const { body, write, writer } = manualBody();
    const { port, ended } = await serve(body);
    const text = received(await get({ port }));
    await write({ data: 'canary' });
    await text.grownTo('data: canary\n\n');
    const cause = new Error('canary');
    await writer.abort(cause);
    await expect(text.end).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ended).locals.problem).toMatchObject({ code: 'internal-error', cause });
    expect(vi.getTimerCount()).toBe(0);
  });
});
