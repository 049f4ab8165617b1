import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { byHand, get, received, serve } from '../support/event-connections.ts';

// The test says when time for a heartbeat has come, and counts the intervals that are left; sockets keep real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
});

it('200 and the head before the first event, each event at once, and an end', async () => {
  const { events, writer } = byHand();
  const { port, ended } = await serve(() => events);
  const res = await get({ port });
  expect(res.statusCode).toBe(200);
  expect(res.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });

  const body = received(res);
  await writer.write({ id: '1', event: 'canary', data: '{"a":1}' });
  await body.grownTo('id: 1\nevent: canary\ndata: {"a":1}\n\n');
  await writer.write({ data: 'canary' });
  await body.grownTo('id: 1\nevent: canary\ndata: {"a":1}\n\ndata: canary\n\n');
  await writer.close();
  await once(res, 'end');
  expect(res.complete).toBe(true);
  expect((await ended).locals.problem).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('200 and an end at once for HEAD, though no event has come', async () => {
  const { events, iterator } = byHand();
  const { port, ended } = await serve(() => events);
  const res = await get({ port, method: 'HEAD' });
  expect(res.headers['content-type']).toBe('text/event-stream');
  await ended;
  expect(iterator.next).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('200 and a heartbeat whenever no event came for 15 s', async () => {
  const { events, writer } = byHand();
  const { port } = await serve(() => events);
  const body = received(await get({ port }));
  vi.advanceTimersByTime(15_000);
  await body.grownTo(':\n\n');
  vi.advanceTimersByTime(29_999 - 15_000);
  await writer.write({ data: 'canary' });
  await body.grownTo(':\n\ndata: canary\n\n');
  vi.advanceTimersByTime(14_999);
  await writer.write({ data: 'canary' });
  await body.grownTo(':\n\ndata: canary\n\ndata: canary\n\n');
  vi.advanceTimersByTime(15_000);
  await body.grownTo(':\n\ndata: canary\n\ndata: canary\n\n:\n\n');
});

it('200 and nothing that outlasts it: the connection is there for the next request', async () => {
  const { port } = await serve(
    async function* () {
      yield { data: 'canary' };
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

describe('the connection is cut', () => {
  it('when the events break off, and the log has the reason', async () => {
    const { events, writer } = byHand();
    const { port, ended } = await serve(() => events);
    const body = received(await get({ port }));
    await writer.write({ data: 'canary' });
    await body.grownTo('data: canary\n\n');
    const cause = new Error('canary');
    await writer.abort(cause);
    await expect(body.end).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ended).locals.problem).toMatchObject({ code: 'internal-error', cause });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('when an event has no frame, and the iterator is told to stop', async () => {
    const { events, writer, iterator } = byHand();
    const { port, ended } = await serve(() => events);
    const body = received(await get({ port }));
    await writer.write({ id: 'canary\n', data: 'canary' });
    await expect(body.end).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ended).locals.problem).toMatchObject({ code: 'internal-error', cause: expect.any(TypeError) });
    expect(iterator.return).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
